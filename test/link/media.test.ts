import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkActor, newId, newIds } from '../support/link-actor.ts';
import { type LinkRelay, startLinkRelay } from '../support/link-relay.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { launchChromium, launchFirefox } from '../support/plain-browsers.ts';

const LIMIT = 120_000;
const BLOCKS = 128; // of 64 KiB
let chromium: Browser;
let firefox: Browser;
/** Of two pages in one Firefox one is in the background, and paints once a second. */
let firefoxToo: Browser;
let site: LinkSite;
let relay: LinkRelay;
const rosters = Array.from({ length: 14 }, () => newIds(2));
let used = 0;

beforeAll(async () => {
  [chromium, firefox, firefoxToo, site, relay] = await Promise.all([
    launchChromium(),
    launchFirefox(),
    launchFirefox(),
    startLinkSite(),
    startLinkRelay(rosters),
  ]);
}, LIMIT);
afterAll(async () => {
  await Promise.all([chromium?.close(), firefox?.close(), firefoxToo?.close(), site?.close(), relay?.close()]);
});

/** Two participants who do not want each other yet. */
async function two(one: Browser, other: Browser) {
  const [a, b] = rosters[used++] ?? [];
  if (!a || !b) throw new Error('not enough rosters');
  const session = newId();
  const ann = await LinkActor.start(one, site, relay, { id: a, session, peers: [] });
  const bob = await LinkActor.start(other, site, relay, { id: b, session, peers: [] });
  const both = [
    [ann, bob],
    [bob, ann],
  ] as const;
  return {
    ann,
    bob,
    both,
    each: (act: (actor: LinkActor, peer: LinkActor) => Promise<unknown>) =>
      Promise.all(both.map(([actor, peer]) => act(actor, peer))),
    connect: () => Promise.all(both.map(([actor, peer]) => actor.want(peer, { kind: 'none' }))),
    close: () => Promise.all([ann.close(), bob.close()]),
  };
}

const PAIRINGS = [
  ['Chromium and Chromium', () => [chromium, chromium]],
  ['Chromium and Firefox', () => [chromium, firefox]],
  ['Firefox and Chromium', () => [firefox, chromium]],
  ['Firefox and Firefox', () => [firefox, firefoxToo]],
] as const;

const hasMedia = (actor: LinkActor, peer: LinkActor) => actor.until((page, id) => page.hasMedia(id), peer.id);
const watch = (actor: LinkActor, peer: LinkActor) => actor.do((page, id) => page.watch(id, 'screen'), peer.id);
const start = (actor: LinkActor, peer: LinkActor) => actor.do((page, id) => page.start(id, 'screen'), peer.id);
const stop = (actor: LinkActor, peer: LinkActor) => actor.do((page, id) => page.stop(id, 'screen'), peer.id);
/** Pictures of the peer's screen are moving, from now on. */
async function moves(actor: LinkActor, peer: LinkActor): Promise<void> {
  await actor.do((page, id) => page.forgetColours(id, 'screen'), peer.id);
  await actor.until((page, id) => page.colours(id, 'screen') > 5, peer.id);
}
for (const [name, browsers] of PAIRINGS) {
  test(
    `SH1 both show something in the same moment, stop, show again; after a new connection it goes on by itself: ${name}`,
    async () => {
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, each, connect, close } = await two(one, other);
      await connect();
      await each(watch);
      await each(start); // before there are slots: they take it when they are there
      await each(hasMedia);
      expect(await ann.do((page, id) => page.kinds(id), bob.id)).toEqual(['audio', 'video', 'video', 'audio']);
      await each(moves);
      const words = () => Promise.all([ann, bob].map((actor) => actor.do((page) => page.mediaWords().join())));
      const agreed = await words();
      await each(stop);
      await each((actor, peer) => actor.until((page, id) => page.still(id, 'screen'), peer.id));
      await each(start);
      await each(moves);
      expect(await words()).toEqual(agreed); // no negotiation ever again
      const made = await ann.do((page) => page.made());
      await ann.do((page) => page.cut());
      await ann.until((page, count) => page.made() > count, made);
      await each(hasMedia);
      await each(moves);
      expect((await words()).join()).not.toContain('refused');
      await close();
    },
    LIMIT,
  );

  test(
    `SH4 8 MiB of bulk data arrive as they were: ${name}`,
    async () => {
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, each, connect, close } = await two(one, other);
      await connect();
      // Both may have dialled, and move over to one of the two.
      await each((actor, peer) => actor.until((page, id) => page.hasBulk(id) && page.connections() === 1, peer.id));
      const sent = await ann.do((page, id, blocks) => page.sendBulk(id, blocks), bob.id, BLOCKS);
      await bob.until((page, bytes) => page.gotBulk() >= bytes, BLOCKS * 65_536);
      expect(await bob.do((page) => page.bulkDigest())).toBe(sent);
      await close();
    },
    LIMIT,
  );
}

for (const [name, browsers] of PAIRINGS.slice(0, 3)) {
  test(
    `SE1 media on another certificate than the proven one are refused, and the line lives: ${name}`,
    async () => {
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, connect, close } = await two(one, other);
      await ann.do((page) => page.forgeFingerprint());
      await connect();
      await bob.until((page) => page.mediaWords().includes('refused'));
      await ann.post('still here', bob);
      await bob.untilHeard(ann, 1);
      await bob.post('here too', ann);
      await ann.untilHeard(bob, 1);
      expect((await bob.status(ann))?.state).toBe('live');
      expect(await bob.do((page, id) => page.hasMedia(id), ann.id)).toBe(false);
      expect(await ann.do((page, id) => page.hasMedia(id), bob.id)).toBe(false);
      await close();
    },
    LIMIT,
  );
}

for (const [name, browsers] of PAIRINGS.slice(0, 3)) {
  test(
    `SE1 while a media offer is out, an answer of the relay's own is not heard: ${name}`,
    async () => {
      const [one, other] = browsers() as [Browser, Browser];
      const { ann, bob, each, connect, close } = await two(one, other);
      await each((actor) => actor.do((page) => page.muteMedia()));
      await connect();
      await each((actor, peer) => actor.untilLive(peer));
      const waits = (page: NonNullable<Window['actor']>) => page.signalingStates().includes('have-local-offer');
      await Promise.race([ann.until(waits), bob.until(waits)]);
      await each((actor) => actor.until((page) => page.connections() === 1)); // both may have dialled
      const answers = await Promise.all(
        [ann, bob].map((actor) => actor.do((page, id) => page.relayAnswers(id), actor === ann ? bob.id : ann.id)),
      );
      expect(Math.max(...answers)).toBeGreaterThan(0);
      await ann.post('still here', bob);
      await bob.untilHeard(ann, 1);
      await bob.post('here too', ann);
      await ann.untilHeard(bob, 1);
      const still = await Promise.all([ann.do(waits), bob.do(waits)]);
      expect(still).toEqual(answers.map((count) => count > 0));
      await close();
    },
    LIMIT,
  );
}
