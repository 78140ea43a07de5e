import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { FileEnd } from '../support/file-ends.ts';
import type { LinkSite } from '../support/link-site.ts';
import { program } from '../support/system.ts';
import { until } from '../support/until.ts';

export const MIB = 1024 * 1024;
const ARGS = ['--no-sandbox', '--disable-features=WebRtcHideLocalIpsWithMdns'];

export type Bench = NonNullable<Window['bench']>;
let transfers = 0;

/** Runs `act` in the page. */
export async function inPage<A extends unknown[], R>(page: Page, act: (bench: Bench, ...args: A) => R, ...args: A) {
  const code = `(async (...args) => (${act.toString()})(window.bench, ...args))(...${JSON.stringify(args)})`;
  // What a page answers has the type of the function sent there.
  return (await page.evaluate(code)) as Awaited<R>;
}

/** A file of random bytes, the last of `size` of them a hole. */
export function fileOf(folder: string, name: string, size: number, random = size): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  for (let at = 0; at < random; at += MIB) writeSync(file, randomBytes(MIB));
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}

export const launch = (executablePath = program('Chromium')): Promise<Browser> =>
  puppeteer.launch({ browser: 'chrome', executablePath, headless: true, pipe: true, args: ARGS });

/** Two browsers with a connection between their pages, and the sender's file picked. */
export async function ends(site: LinkSite, from: Browser, to: Browser, path: string): Promise<[FileEnd, FileEnd]> {
  const lasting = { lasting: true };
  const [sender, receiver] = [await FileEnd.open(from, site, lasting), await FileEnd.open(to, site, lasting)];
  await sender.connect(receiver);
  for (const end of [sender, receiver]) await until('the line', () => end.do((files) => files.ready()));
  await pick(sender, path);
  return [sender, receiver];
}
export async function pick(sender: FileEnd, path: string): Promise<void> {
  const input = await sender.page.$('input');
  if (!input) throw new Error('no input');
  // The page's own type of element is not known here.
  await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(path);
}

/** Seconds that it takes both. */
export async function seconds(...works: (() => Promise<unknown>)[]): Promise<number> {
  const began = performance.now();
  await Promise.all(works.map((work) => work()));
  return (performance.now() - began) / 1000;
}

export function ours(sender: FileEnd, receiver: FileEnd, size: number, stripes = 0): Promise<number> {
  const id = ++transfers;
  return seconds(
    () => inPage(receiver.page, (bench, number, bytes) => bench.receive(number, bytes), id, size),
    () => inPage(sender.page, (bench, number) => bench.send(number), id),
    () => sender.do((files, count) => files.stripes(count), stripes),
  );
}
