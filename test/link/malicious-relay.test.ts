import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkActor, newId, newIds, newKey } from '../support/link-actor.ts';
import type { TrustSetup } from '../support/link-page/setup.ts';
import { type LinkRelay, startLinkRelay } from '../support/link-relay.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { launchChromium, launchFirefox } from '../support/plain-browsers.ts';

const LIMIT = 60_000;
const SECRET = 'the door code is 4711';
const rosters = Array.from({ length: 12 }, () => newIds(2));
let used = 0;
let chromium: Browser;
let firefox: Browser;
let site: LinkSite;
let relay: LinkRelay;
let mallory: Page;

beforeAll(async () => {
  [chromium, firefox, site, relay] = await Promise.all([
    launchChromium(),
    launchFirefox(),
    startLinkSite(),
    startLinkRelay(rosters),
  ]);
  mallory = await chromium.newPage();
  const socket = `${relay.url.replace('http', 'ws')}/mallory`;
  await mallory.goto(`${site.url}/mallory.html#${encodeURIComponent(socket)}`);
  await mallory.waitForFunction(() => window.read !== undefined);
}, LIMIT);
afterAll(async () => {
  await Promise.all([chromium?.close(), firefox?.close(), site?.close(), relay?.close()]);
});

type Trusts = (one: LinkActor, other: LinkActor) => Promise<[TrustSetup, TrustSetup]>;

const invited: Trusts = async () => {
  const key = newKey();
  return [
    { kind: 'invitation', key, required: false }, // the primary's side
    { kind: 'invitation', key, required: true },
  ];
};
const introduced: Trusts = async (one, other) => {
  const identity = (actor: LinkActor) => actor.do((page) => page.identity());
  return [
    { kind: 'introduced', identity: await identity(other), proven: true },
    { kind: 'introduced', identity: await identity(one), proven: true },
  ];
};
const unknown: Trusts = async () => [{ kind: 'none' }, { kind: 'none' }];

/** Two participants who do not want each other yet; `connect` lets them. */
async function two(one: Browser, other: Browser, trusts: Trusts) {
  const [a = '', b = ''] = rosters[used++] ?? [];
  const session = newId();
  const [ann, bob] = await Promise.all([
    LinkActor.start(one, site, relay, { id: a, session, peers: [] }),
    LinkActor.start(other, site, relay, { id: b, session, peers: [] }),
  ]);
  const [annHolds, bobHolds] = await trusts(ann, bob);
  return {
    ann,
    bob,
    connect: () => Promise.all([ann.want(bob, annHolds), bob.want(ann, bobHolds)]),
    close: () => Promise.all([ann.close(), bob.close()]),
  };
}

const untilMismatch = (actor: LinkActor, peer: LinkActor) =>
  actor.until((page, id) => page.status(id)?.assurance === 'mismatch', peer.id);
const forge = (how: Window['forge']) =>
  mallory.evaluate((now) => {
    window.forge = now;
  }, how);
const readByMallory = () => mallory.evaluate(() => (window.read ?? []).join('\n'));

async function nothingPassed(ann: LinkActor, bob: LinkActor, lines: number): Promise<void> {
  expect(await readByMallory()).not.toContain(SECRET);
  for (const [actor, peer] of [
    [ann, bob],
    [bob, ann],
  ] as const) {
    expect(await actor.from(peer)).toHaveLength(lines);
    expect(await actor.do((page) => page.passed())).toEqual([]);
    expect((await actor.status(peer))?.state).not.toBe('live');
  }
}

const PAIRINGS = [
  ['by invitation, Chromium and Chromium', () => [chromium, chromium], invited],
  ['by invitation, Firefox and Chromium', () => [firefox, chromium], invited],
  ['by introduction, Chromium and Firefox', () => [chromium, firefox], introduced],
] as const;

for (const [name, browsers, trusts] of PAIRINGS) {
  test(
    `SE1 a relay that swaps session descriptions at the first dial is seen by both ends: ${name}`,
    async () => {
      await relay.evil(true);
      await forge(undefined);
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, connect, close } = await two(one, other, trusts);
      await Promise.all([ann.post(SECRET, bob), bob.post(SECRET, ann)]);
      await connect();
      await Promise.all([untilMismatch(ann, bob), untilMismatch(bob, ann)]);
      await ann.do((page, id, text) => page.pass(id, text), bob.id, SECRET);
      expect(await readByMallory()).toContain('"t":"hello"'); // it did stand between
      await nothingPassed(ann, bob, 0);
      // An honest connection heals it, and what waited arrives.
      await relay.evil(false);
      await Promise.all([ann.untilHeard(bob, 1), bob.untilHeard(ann, 1)]);
      expect((await ann.status(bob))?.assurance).toBe('proven');
      expect((await bob.status(ann))?.assurance).toBe('proven');
      expect(await readByMallory()).not.toContain(SECRET);
      await close();
    },
    LIMIT,
  );

  test(
    `SE1 … and at a re-dial: ${name}`,
    async () => {
      await forge(undefined);
      await relay.evil(false);
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, connect, close } = await two(one, other, trusts);
      await connect();
      await Promise.all([ann.untilLive(bob), bob.untilLive(ann)]);
      expect((await ann.status(bob))?.assurance).toBe('proven');
      await ann.post('before', bob);
      await bob.post('before', ann);
      await Promise.all([ann.untilHeard(bob, 1), bob.untilHeard(ann, 1)]);
      await relay.evil(true);
      await ann.do((page) => page.cut());
      await Promise.all([ann.post(SECRET, bob), bob.post(SECRET, ann)]);
      await Promise.all([untilMismatch(ann, bob), untilMismatch(bob, ann)]);
      await nothingPassed(ann, bob, 1);
      await close();
    },
    LIMIT,
  );
}

for (const [name, browsers, trusts] of PAIRINGS) {
  test(
    `SE1 a relay that speaks in the names of both is seen by both ends: ${name}`,
    async () => {
      await relay.evil(true);
      await forge('bold');
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, connect, close } = await two(one, other, trusts);
      await Promise.all([ann.post(SECRET, bob), bob.post(SECRET, ann)]);
      await connect();
      await Promise.all([untilMismatch(ann, bob), untilMismatch(bob, ann)]);
      await nothingPassed(ann, bob, 0);
      await close();
    },
    LIMIT,
  );
}

test(
  'SE1 who has once shown the key must show it at every re-dial, also after a reload of the primary',
  async () => {
    await relay.evil(false);
    const { ann: primary, bob: guest, connect, close } = await two(chromium, chromium, invited);
    await connect();
    await Promise.all([primary.untilLive(guest), guest.untilLive(primary)]);
    await guest.post('before', primary);
    await primary.post('before', guest);
    await Promise.all([primary.untilHeard(guest, 1), guest.untilHeard(primary, 1)]);
    await relay.evil(true);
    await forge('modest');
    await primary.reload();
    await primary.post(SECRET, guest);
    await connect();
    await Promise.all([untilMismatch(primary, guest), untilMismatch(guest, primary)]);
    await nothingPassed(primary, guest, 1);
    await close();
  },
  LIMIT,
);

test(
  'SE1 with nothing to hold against, the link works through the relay in between and is "not compared"',
  async () => {
    await relay.evil(true);
    await forge('modest');
    const { ann, bob, connect, close } = await two(chromium, chromium, unknown);
    await connect();
    await Promise.all([ann.untilLive(bob), bob.untilLive(ann)]);
    await ann.post('read by the relay', bob);
    await bob.untilHeard(ann, 1);
    expect((await ann.status(bob))?.assurance).toBe('not compared');
    expect((await bob.status(ann))?.assurance).toBe('not compared');
    expect(await readByMallory()).toContain('read by the relay'); // which is why it is marked
    await close();
  },
  LIMIT,
);
