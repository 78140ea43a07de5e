import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { FileEnd } from '../support/file-ends.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { program } from '../support/system.ts';
import { until } from '../support/until.ts';
import { farHost, noFarHost } from './far-host.ts';
import { type Figure, inTurns, median, type Unmeasured } from './figure.ts';
import { plainPeerJs } from './plain-peerjs.ts';
import { memoryOf } from './process-memory.ts';

const MIB = 1024 * 1024;
const SIZE = 32 * MIB;
const FAR_SIZE = 32 * MIB;
const ROUND_TRIP = 40; // ms
const LARGE = 256 * MIB;
const HUGE = 5 * 1024 * MIB;
const HUGE_PART = 512 * MIB;
const MEMORY = 80; // MB, an allowance
const TASK = 50; // ms, an allowance
const ARGS = ['--no-sandbox', '--disable-features=WebRtcHideLocalIpsWithMdns'];

type Bench = NonNullable<Window['bench']>;
let transfers = 0;

/** Runs `act` in the page. */
async function inPage<A extends unknown[], R>(page: Page, act: (bench: Bench, ...args: A) => R, ...args: A) {
  const code = `(async (...args) => (${act.toString()})(window.bench, ...args))(...${JSON.stringify(args)})`;
  // What a page answers has the type of the function sent there.
  return (await page.evaluate(code)) as Awaited<R>;
}

/** A file of random bytes, the last of `size` of them a hole. */
function fileOf(folder: string, name: string, size: number, random = size): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  for (let at = 0; at < random; at += MIB) writeSync(file, randomBytes(MIB));
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}

const launch = (executablePath = program('Chromium')): Promise<Browser> =>
  puppeteer.launch({ browser: 'chrome', executablePath, headless: true, pipe: true, args: ARGS });

/** Two browsers with a connection between their pages, and the sender's file picked. */
async function ends(site: LinkSite, from: Browser, to: Browser, path: string): Promise<[FileEnd, FileEnd]> {
  const [sender, receiver] = [await FileEnd.open(from, site), await FileEnd.open(to, site)];
  await sender.connect(receiver);
  for (const end of [sender, receiver]) await until('the line', () => end.do((files) => files.ready()));
  await pick(sender, path);
  return [sender, receiver];
}
async function pick(sender: FileEnd, path: string): Promise<void> {
  const input = await sender.page.$('input');
  if (!input) throw new Error('no input');
  // The page's own type of element is not known here.
  await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(path);
}

/** Seconds that it takes both. */
async function seconds(...works: (() => Promise<unknown>)[]): Promise<number> {
  const began = performance.now();
  await Promise.all(works.map((work) => work()));
  return (performance.now() - began) / 1000;
}

function ours(sender: FileEnd, receiver: FileEnd, size: number, stripes = 0): Promise<number> {
  const id = ++transfers;
  return seconds(
    () => inPage(receiver.page, (bench, number, bytes) => bench.receive(number, bytes), id, size),
    () => inPage(sender.page, (bench, number) => bench.send(number), id),
    () => sender.do((files, count) => files.stripes(count), stripes),
  );
}

/** From disk to disk, beside three other ways; each five times, in turns. */
async function* near(site: LinkSite, folder: string): AsyncGenerator<Figure> {
  const { ports } = await plainPeerJs();
  const [from, to] = await Promise.all([launch(), launch()]);
  const [sender, receiver] = await ends(site, from, to, fileOf(folder, 'random', SIZE));
  const both = [sender, receiver];
  for (const [index, end] of both.entries()) {
    await inPage(end.page, (bench, id, port) => bench.peer(id, port), `end${index}`, ports[0] ?? 0);
  }
  await Promise.all(both.map(({ page }) => inPage(page, (bench) => bench.open())));
  const way = async (receive: (bench: Bench, size: number) => void, send: (bench: Bench, size: number) => unknown) => {
    await inPage(receiver.page, receive, SIZE);
    return seconds(
      () => inPage(receiver.page, (bench) => bench.arrived()),
      () => inPage(sender.page, send, SIZE),
    );
  };
  const ways: Record<string, () => Promise<number>> = {
    ours: () => ours(sender, receiver, SIZE),
    raw: () =>
      way(
        (bench, size) => bench.rawReceive(size),
        (bench, size) => bench.rawSend(size),
      ),
    peerjs: () =>
      way(
        (bench) => bench.peerReceive(),
        (bench) => bench.peerSend('end1'),
      ),
    'stop-and-wait': () =>
      way(
        (bench, size) => bench.waitReceive(size),
        (bench) => bench.waitSend(),
      ),
  };
  const took: Record<string, number[]> = {};
  for (let round = 0; round < 5; round++) {
    for (const [name, measure] of Object.entries(ways)) {
      took[name] = [...(took[name] ?? []), await measure()];
      if (process.env.BENCH_ALL) process.stderr.write(`${name} ${took[name]?.at(-1)?.toFixed(2)} s\n`);
    }
  }
  if (process.env.BENCH_ALL) process.stderr.write(`${JSON.stringify(took)}\n`);
  const value = median(took.ours ?? []);
  for (const [name, goal] of [
    ['raw', 1 / 0.9],
    ['peerjs', 1 / 1.5],
    ['stop-and-wait', 1 / 1.2],
  ] as const) {
    const alternative = { name, value: median(took[name] ?? []) };
    yield { name: `files-${name}`, value, unit: 's', alternative, goal: Number(goal.toFixed(2)) };
  }
  await Promise.all([from.close(), to.close()]);
}

/** Over a long round trip, beside the same on one association. */
async function* far(site: LinkSite, folder: string): AsyncGenerator<Figure | Unmeasured> {
  const name = `files-${ROUND_TRIP}ms`;
  const because = noFarHost();
  if (because) return yield { name, because };
  const host = await farHost(ROUND_TRIP, [Number(new URL(site.url).port)]);
  try {
    const [from, to] = await Promise.all([launch(), launch(host.chromium)]);
    const [sender, receiver] = await ends(site, from, to, fileOf(folder, 'far', FAR_SIZE));
    const [value, other] = await inTurns(
      async () => {
        const took = await ours(sender, receiver, FAR_SIZE, 7);
        await sender.do((files) => files.closeStripes());
        return took;
      },
      () => ours(sender, receiver, FAR_SIZE),
    );
    yield { name, value, unit: 's', alternative: { name: 'one association', value: other }, goal: 0.25 };
    await Promise.all([from.close(), to.close()]);
  } finally {
    await host.close();
  }
}

/** What it costs: memory and the page's time. */
async function* cost(site: LinkSite, folder: string): AsyncGenerator<Figure> {
  const [from, to] = await Promise.all([launch(), launch()]);
  const [sender, receiver] = await ends(site, from, to, fileOf(folder, 'large', LARGE));
  const both = [sender, receiver];
  await pick(sender, fileOf(folder, 'small', MIB));
  await ours(sender, receiver, MIB);
  await pick(sender, fileOf(folder, 'large', LARGE));

  const grows = async (browser: Browser, work: () => Promise<unknown>) => {
    const before = memoryOf(browser.process()?.pid ?? 0);
    let most = before;
    const look = setInterval(() => {
      most = Math.max(most, memoryOf(browser.process()?.pid ?? 0));
    }, 100);
    await work();
    clearInterval(look);
    return (most - before) / MIB;
  };
  for (const { page } of both) await inPage(page, (bench) => bench.longest());
  const growth = await grows(to, () => ours(sender, receiver, LARGE));
  yield { name: 'files-memory', value: growth, unit: 'MB', alternative: allowance(MEMORY), goal: 1 };
  const longest = Math.max(...(await Promise.all(both.map(({ page }) => inPage(page, (bench) => bench.longest())))));
  yield { name: 'files-longest-task', value: longest, unit: 'ms', alternative: allowance(TASK), goal: 1 };

  await pick(sender, fileOf(folder, 'huge', HUGE, MIB));
  const part = async () => {
    const whole = ours(sender, receiver, HUGE).catch(() => undefined);
    for (let through = 0; through < HUGE_PART; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      through = await inPage(receiver.page, (bench) => bench.through);
    }
    await inPage(sender.page, (bench) => bench.stop());
    await whole;
  };
  let there = 0;
  const here = await grows(from, async () => {
    there = await grows(to, part);
  });
  yield {
    name: 'files-5gib-memory',
    value: Math.max(here, there),
    unit: 'MB',
    alternative: allowance(MEMORY),
    goal: 1,
  };
  await Promise.all([from.close(), to.close()]);
}
const allowance = (value: number) => ({ name: 'allowance', value });

/** Files from disk to disk: speed, memory, and the page's time. */
export async function* files(): AsyncGenerator<Figure | Unmeasured> {
  const site = await startLinkSite({ folder: '../bench/files-page', pages: ['index.html'] });
  const folder = mkdtempSync(join(tmpdir(), 'hulplijn-files-'));
  try {
    for (const part of [near, far, cost]) yield* part(site, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await site.close();
  }
}
