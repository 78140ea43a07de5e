import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STRIPES } from '../../shared/files/stripes.ts';
import { FileEnd, startFilesSite } from '../support/file-ends.ts';
import type { LinkSite } from '../support/link-site.ts';
import { launchChromium, launchFirefox } from '../support/plain-browsers.ts';
import { until } from '../support/until.ts';

const MIB = 1024 * 1024;
let chromium: Browser;
let firefox: Browser;
let site: LinkSite;

beforeAll(async () => {
  [chromium, firefox, site] = await Promise.all([launchChromium(), launchFirefox(), startFilesSite()]);
});
afterAll(async () => {
  await Promise.all([chromium?.close(), firefox?.close(), site?.close()]);
});

async function ends(from: Browser, to: Browser): Promise<[FileEnd, FileEnd]> {
  const [sender, receiver] = await Promise.all([FileEnd.open(from, site), FileEnd.open(to, site)]);
  await sender.connect(receiver);
  await until('the line', () => sender.do((files) => files.ready()));
  await until('the line', () => receiver.do((files) => files.ready()));
  return [sender, receiver];
}
const standing = (end: FileEnd) => end.do((files) => files.standing());

describe.each([
  ['Chromium to Chromium', () => ends(chromium, chromium)],
  ['Chromium to Firefox', () => ends(chromium, firefox)],
  ['Firefox to Chromium', () => ends(firefox, chromium)],
] as const)('%s', (_, open) => {
  test('SH4 a file goes over stripes; what a lost one had goes over another, though the first connection is gone', async () => {
    const [sender, receiver] = await open();
    await sender.do((files, count) => files.stripes(count), 3);
    await until('the stripes', async () => (await standing(receiver)) === 4);
    await sender.send(1, 32 * MIB);
    await receiver.receive(1, 32 * MIB);
    await receiver.until('receive 1', 4 * MIB);
    await sender.do((files) => files.cutStripes(1));
    await until('one less', async () => (await standing(receiver)) === 3);
    await receiver.do((files) => files.cutStripes(1));
    await until('one less', async () => (await standing(sender)) === 2);
    await Promise.all([sender.cut(), receiver.cut()]);
    const sent = await sender.result('send 1');
    expect('own' in sent && sent.own === sent.sha256).toBe(true);
    expect(await receiver.result('receive 1')).toEqual(sent);
    expect([await standing(sender), await standing(receiver)]).toEqual([1, 1]);
    await Promise.all([sender.close(), receiver.close()]);
  });
});

test('SH4 no more stripes than carry anything are opened, and they close when nothing moves', async () => {
  const [sender, receiver] = await ends(chromium, chromium);
  // Asked again for those that did not come about: there are never more.
  const asked = async () => {
    await sender.do((files) => files.stripes(100));
    return (await standing(receiver)) === 1 + STRIPES;
  };
  await until('the stripes', asked, { doing: true });
  await receiver.receive(1, MIB);
  await sender.send(1, MIB);
  await receiver.result('receive 1');
  await until('the first connection alone', async () => (await standing(sender)) === 1);
  await until('the first connection alone', async () => (await standing(receiver)) === 1);
  await Promise.all([sender.close(), receiver.close()]);
});

test.each([
  ['is offered', 1, 'offer'],
  ['answers', 0, 'answer'],
] as const)('SH4 SE1 there is no stripe to a certificate that was not proven: who %s one', async (_, side, said) => {
  const both = await Promise.all([FileEnd.open(chromium, site), FileEnd.open(chromium, site)]);
  const [sender, receiver] = both;
  const another = Array.from({ length: 32 }, () => 'AB').join(':');
  await both[side].do((files, print) => files.mistrust(print), another);
  await sender.connect(receiver);
  for (const end of both) await until('the line', () => end.do((files) => files.ready()));
  await sender.do((files) => files.stripes(2));
  await until('the descriptions', () => both[side].do((files, type) => files.heard(type) === 2, said));
  expect(await both[side].do((files) => files.open())).toBe(1);
  expect(await standing(both[1 - side] ?? sender)).toBe(1);
  await Promise.all([sender.close(), receiver.close()]);
});
