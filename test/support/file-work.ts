import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll } from 'vitest';
import type { Agent, Customer } from './actors.ts';
import type { Screen } from './screen.ts';
import { talking } from './talking.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

const MIB = 1024 * 1024;

export interface Made {
  path: string;
  sha256: string;
}

/** Files of random bytes, in a folder that goes when the tests of the file are done. */
export function useFiles(): (name: string, size: number) => Promise<Made> {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hulplijn-files-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return async (name, size) => {
    const path = join(folder, name);
    const file = await open(path, 'w');
    for (let at = 0; at < size; at += MIB) await file.write(randomBytes(Math.min(MIB, size - at)));
    await file.close();
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return { path, sha256: hash.digest('hex') };
  };
}

/** Ann and Mia, whom she helps, each where files are sent. */
export async function atFiles(world: World): Promise<{ ann: Agent; mia: Customer; page: Page; dashboard: Screen }> {
  const { ann, mia } = await talking(world);
  const dashboard = await ann.looksAtDashboard();
  await dashboard.press('tab', 'Tools');
  await dashboard.reads('Send a file');
  return { ann, mia, dashboard, page: await ann.browser.extensionPage('dashboard.html') };
}

/** As with the browser's own picker. */
export async function chooses(page: Page, ...paths: string[]): Promise<void> {
  const input = await until('the place for files', () => page.$('input[type=file]'));
  if (!('uploadFile' in input)) throw new Error('no field for files');
  await (input as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(...paths);
}

/** The item of that file, as an expression in the page. */
const itemOf = (name: string) =>
  `[...document.querySelectorAll('.file')].find((one) => one.innerText.includes(${JSON.stringify(name)}))`;

/** The button of that name beside that file. */
export async function presses(screen: Screen, name: string, button: string): Promise<void> {
  const pressed = `(() => {
    const found = [...(${itemOf(name)}?.querySelectorAll('button') ?? [])].find((one) => one.innerText === '${button}');
    found?.click();
    return found !== undefined;
  })()`;
  await until(`${button} beside ${name}`, async () => (await screen.evaluate(pressed)) === true, { doing: true });
}

/** Until so many bytes of a file are through, as that screen shows. */
export async function through(screen: Screen, bytes: number): Promise<void> {
  const value = `document.querySelector('progress')?.value ?? 0`;
  await until('some of it', async () => Number(await screen.evaluate(value)) > bytes);
}

/** Waits until a file is whole; the hash as both ends have computed it. */
export async function whole(screen: Screen, name: string): Promise<string> {
  const item = itemOf(name);
  const look = `${item}?.querySelector('[role=status][title]')?.title ?? ${item}?.querySelector('progress')?.value ?? ''`;
  for (let before = ''; ; ) {
    // As long as it moves on it may take its time.
    const more = async () => {
      const found = String(await screen.evaluate(look));
      return found !== before && found;
    };
    before = await until(`more of ${name}`, more).catch(async (cause) => {
      const shown = await screen.evaluate(`${item}?.innerText`);
      throw new Error(`waited in vain for more of ${name}, which shows: ${shown}`, { cause });
    });
    if (before.startsWith('SHA-256: ')) return before.replace('SHA-256: ', '');
  }
}

/** Presses **Save** beside that file: the hash of what the browser would write, and under what name. */
export async function saves(screen: Screen, name: string): Promise<{ sha256: string; as: string }> {
  await screen.evaluate(CAUGHT);
  await presses(screen, name, 'Save');
  const read = `(async () => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await saved.blob.arrayBuffer()));
    return JSON.stringify({ sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''), as: saved.as });
  })()`;
  return JSON.parse(String(await screen.evaluate(read)));
}

/** Presses that button: the text that the browser would write, and under what name. */
export async function savesText(screen: Screen, button: string): Promise<{ text: string; as: string }> {
  await screen.evaluate(CAUGHT);
  await screen.press('button', button);
  const read = `(async () => saved?.as && JSON.stringify({ text: await saved.blob.text(), as: saved.as }))()`;
  return JSON.parse(String(await until('the file', () => screen.evaluate(read))));
}

const CAUGHT = `(() => {
  globalThis.saved = undefined;
  URL.createObjectURL = (blob) => ((globalThis.saved = { blob }), 'blob:nothing');
  HTMLAnchorElement.prototype.click = function () { globalThis.saved.as = this.download; };
})()`;

/** How many files that page's site keeps on the browser's private disk. */
export async function keptFiles(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('files', { create: true });
    let count = 0;
    for await (const _ of folder.keys()) count += 1;
    return count;
  });
}
