import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK, CHUNK } from '../../shared/files/frames.ts';
import { MEMORY_BYTES } from '../../shared/files/sink.ts';
import { FileEnd, startFilesSite } from '../support/file-ends.ts';
import type { LinkSite } from '../support/link-site.ts';
import { launchChromium, launchFirefox } from '../support/plain-browsers.ts';
import { until } from '../support/until.ts';

const MIB = 1024 * 1024;
const browsers: Record<string, Browser> = {};
let site: LinkSite;

beforeAll(async () => {
  [browsers.Chromium, browsers.Firefox, site] = await Promise.all([
    launchChromium(),
    launchFirefox(),
    startFilesSite(),
  ]);
});
afterAll(async () => {
  await Promise.all([...Object.values(browsers).map((browser) => browser.close()), site?.close()]);
});

const PAIRS: [string, string][] = [
  ['Chromium', 'Chromium'],
  ['Chromium', 'Firefox'],
  ['Firefox', 'Chromium'],
  ['Firefox', 'Firefox'],
];

async function ends(from: string, to: string): Promise<[FileEnd, FileEnd]> {
  const [one, other] = [browsers[from], browsers[to]];
  if (!one || !other) throw new Error('no browser');
  return Promise.all([FileEnd.open(one, site), FileEnd.open(other, site)]);
}
const done = async (one: FileEnd, other: FileEnd) => void (await Promise.all([one.close(), other.close()]));

/** Both ends agree, and so do the bytes themselves. */
async function arrived(sender: FileEnd, receiver: FileEnd, id: number): Promise<void> {
  const sent = await sender.result(`send ${id}`);
  expect(sent).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), own: expect.any(String) });
  expect('own' in sent && sent.own === sent.sha256).toBe(true);
  expect(await receiver.result(`receive ${id}`)).toEqual(sent);
}

describe.each(PAIRS)('%s to %s', (from, to) => {
  test('SH4 files of every awkward size arrive equal, with equal hashes', async () => {
    const [sender, receiver] = await ends(from, to);
    await sender.connect(receiver);
    const sizes = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, BLOCK, BLOCK + 1, 12 * MIB];
    for (const [id, size] of sizes.entries()) {
      await receiver.receive(id, size);
      await sender.send(id, size);
      await arrived(sender, receiver, id);
    }
    await done(sender, receiver);
  });

  test('SH4 a transfer goes on over a new connection, and after a reload of the receiver from what is verified', async () => {
    const [sender, receiver] = await ends(from, to);
    const size = 32 * MIB;
    const cut = () => until('the break', () => receiver.do((files) => files.standing() === 0));
    await sender.connect(receiver);
    await receiver.do((files, bytes) => files.cutAt(bytes), 4 * MIB);
    await sender.send(1, size);
    await receiver.receive(1, size);
    await cut();
    await sender.cut();
    await receiver.do((files, bytes) => files.cutAt(bytes), 14 * MIB);
    await sender.connect(receiver);
    await receiver.until('receive 1', 14 * MIB);
    await cut();
    await receiver.reload();
    await sender.cut();
    await receiver.receive(1, size);
    await sender.connect(receiver);
    await arrived(sender, receiver, 1);
    const [first = 0] = await receiver.progress('receive 1');
    expect(first).toBeGreaterThan(10 * MIB);
    await done(sender, receiver);
  });

  test('SH4 two transfers at once in both directions share the channel', async () => {
    const [one, other] = await ends(from, to);
    await one.connect(other);
    for (const id of [1, 2]) {
      for (const [sender, receiver] of [
        [one, other],
        [other, one],
      ] as const) {
        await sender.send(id, 5 * MIB + id);
        await receiver.receive(id, 5 * MIB + id);
      }
    }
    for (const id of [1, 2]) {
      await arrived(one, other, id);
      await arrived(other, one, id);
    }
    await done(one, other);
  });
});

test.each(['Chromium', 'Firefox'])(
  'SH4 where channels cannot be moved to the worker, in %s, it goes by the page',
  async (name) => {
    const browser = browsers[name];
    if (!browser) throw new Error('no browser');
    const unmoved = { unmoved: true };
    const [sender, receiver] = [await FileEnd.open(browser, site, unmoved), await FileEnd.open(browser, site, unmoved)];
    await receiver.do((files, bytes) => files.cutAt(bytes), 3 * MIB);
    await sender.connect(receiver);
    await sender.send(1, 12 * MIB);
    await receiver.receive(1, 12 * MIB);
    await until('the break', () =>
      receiver.do((files) => files.job('receive 1').progress.length > 0 && files.standing() === 0),
    );
    await sender.cut();
    await sender.connect(receiver);
    await arrived(sender, receiver, 1);
    await done(sender, receiver);
  },
);

test('SH4 either side cancels, and the other is told', async () => {
  const [sender, receiver] = await ends('Chromium', 'Firefox');
  await sender.connect(receiver);
  for (const id of [1, 2]) {
    await sender.send(id, 64 * MIB);
    await receiver.receive(id, 64 * MIB);
    await receiver.until(`receive ${id}`, 1);
  }
  await sender.cancel('send 1');
  expect(await sender.result('send 1')).toEqual({ why: 'cancelled', by: 'us' });
  expect(await receiver.result('receive 1')).toEqual({ why: 'cancelled', by: 'them' });
  await receiver.cancel('receive 2');
  expect(await receiver.result('receive 2')).toEqual({ why: 'cancelled', by: 'us' });
  expect(await sender.result('send 2')).toEqual({ why: 'cancelled', by: 'them' });
  expect(await receiver.do((files) => files.hasDisk())).toBe(true);
  expect((await receiver.do((files) => files.kept())).sort()).toEqual(['file-1', 'file-2']);
  for (const id of [1, 2]) await receiver.do((files, name) => files.forget(name), `file-${id}`);
  expect(await receiver.do((files) => files.kept())).toEqual([]);
  await done(sender, receiver);
});

test('SH4 a small file can be kept in memory where there is nothing better, a large one not', async () => {
  const [sender, receiver] = await ends('Firefox', 'Chromium');
  await sender.connect(receiver);
  await receiver.receive(1, 3 * MIB, { kind: 'memory' });
  await sender.send(1, 3 * MIB);
  await arrived(sender, receiver, 1);
  await receiver.receive(2, MEMORY_BYTES + 1, { kind: 'memory' });
  expect(await receiver.result('receive 2')).toEqual({ why: 'storage', by: 'us' });
  await done(sender, receiver);
});

test('SH4 a sender that sends outside the agreed size is cut off, and nothing of it is kept', async () => {
  const [liar, receiver] = await ends('Chromium', 'Chromium');
  await liar.connect(receiver, { lying: true });
  for (const [id, frame] of [
    { is: 'ask' as const, transfer: 0, size: 5 },
    { is: 'data' as const, transfer: 1, block: 0, offset: 0, fill: 5 },
    { is: 'data' as const, transfer: 2, block: 1, offset: 0, fill: 1 },
  ].entries()) {
    await receiver.receive(id, 4);
    await until('the receiver', () => liar.do((files, number) => files.waiting(number), id));
    await liar.do((files, said) => files.lie(said), frame);
    expect(await receiver.result(`receive ${id}`)).toEqual({ why: 'size', by: 'us' });
  }
  expect(await receiver.do((files) => files.kept())).toEqual([]);
  await done(liar, receiver);
});
