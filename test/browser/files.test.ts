import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Customer } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import type { Screen } from '../support/screen.ts';
import { talking } from '../support/talking.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hulplijn-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, size: number): Promise<{ path: string; sha256: string }> {
  const bytes = randomBytes(size);
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** As with the browser's own picker. */
async function chooses(page: Page, ...paths: string[]): Promise<void> {
  const input = await until('the place for files', () => page.$('input[type=file]'));
  if (!('uploadFile' in input)) throw new Error('no field for files');
  await (input as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(...paths);
}

/** The button beside that file. */
async function accepts(screen: Screen, name: string): Promise<void> {
  const pressed = `(() => {
    const item = [...document.querySelectorAll('.file')].find((one) => one.innerText.includes(${JSON.stringify(name)}));
    const button = [...(item?.querySelectorAll('button') ?? [])].find((one) => one.innerText === 'Accept');
    button?.click();
    return button !== undefined;
  })()`;
  await until(`an offer of ${name}`, async () => (await screen.evaluate(pressed)) === true, { doing: true });
}

/** Waits until a file is whole; the hash as both ends have computed it. */
async function whole(screen: Screen, name: string): Promise<string> {
  return until(`${name} whole`, async () => {
    const found = await screen.evaluate(`(() => {
      const item = [...document.querySelectorAll('.file')].find((one) => one.innerText.includes(${JSON.stringify(name)}));
      return item?.querySelector('[role=status][title]')?.title ?? '';
    })()`);
    return String(found).replace('SHA-256: ', '') || undefined;
  });
}

for (const browser of BROWSERS) {
  describe(`files in ${browser}`, () => {
    const world = useWorld(browser);

    async function atFiles(): Promise<{ mia: Customer; page: Page; dashboard: Screen }> {
      const { ann, mia } = await talking(world);
      const dashboard = await ann.looksAtDashboard();
      await dashboard.press('tab', 'Tools');
      await dashboard.reads('Send a file');
      return { mia, dashboard, page: await ann.browser.extensionPage('dashboard.html') };
    }

    test('SH4 a file from the agent, accepted before it flows, arrives equal; one back as well', async () => {
      const { mia, page, dashboard } = await atFiles();
      const large = await fileOf('manual.pdf.exe', 12 * 1024 * 1024 + 1);
      await chooses(page, large.path);
      await mia.reads('Ann offers a file');
      await mia.reads('ends in .exe');
      await mia.screen.press('button', 'Accept');
      expect(await whole(mia.screen, 'manual.pdf.exe')).toBe(large.sha256);
      expect(await whole(dashboard, 'manual.pdf.exe')).toBe(large.sha256);
      expect(await mia.screen.has('button', 'Save')).toBe(true);

      const [empty, small] = await Promise.all([fileOf('empty.txt', 0), fileOf('one.bin', 1)]);
      await chooses(mia.page, empty.path, small.path);
      await accepts(dashboard, 'empty.txt');
      await accepts(dashboard, 'one.bin');
      expect(await whole(dashboard, 'empty.txt')).toBe(empty.sha256);
      expect(await whole(dashboard, 'one.bin')).toBe(small.sha256);
    });

    test('SH4 refused and cancelled: nothing flows any more, and both read it', async () => {
      const { mia, page, dashboard } = await atFiles();
      const one = await fileOf('one.bin', 1000);
      await chooses(page, one.path);
      await mia.screen.press('button', 'Decline');
      await dashboard.reads('Mia did not accept it');
      await chooses(page, one.path);
      await mia.reads('Ann offers a file');
      await dashboard.press('button', 'Cancel');
      await mia.reads('Cancelled');
    });

    test('SH4 RE1 a reload of the receiver in the middle: it goes on by itself, and arrives equal', async () => {
      const { mia, page, dashboard } = await atFiles();
      const large = await fileOf('large.bin', 60 * 1024 * 1024);
      await chooses(page, large.path);
      await mia.screen.press('button', 'Accept');
      await until(
        'some of it',
        async () => Number(await mia.screen.evaluate(`document.querySelector('progress')?.value ?? 0`)) > 1024 * 1024,
      );
      await mia.reloads();
      expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
      expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
    });
  });
}
