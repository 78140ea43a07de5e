import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkActor, newId, newIds, newKey } from '../support/link-actor.ts';
import { type LinkRelay, startLinkRelay } from '../support/link-relay.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { launchChromium, launchFirefox } from '../support/plain-browsers.ts';

const LIMIT = 60_000;
let chromium: Browser;
let site: LinkSite;
let relay: LinkRelay;
const rosters = Array.from({ length: 10 }, () => newIds(3));
let used = 0;

beforeAll(async () => {
  [chromium, site, relay] = await Promise.all([launchChromium(), startLinkSite(), startLinkRelay(rosters)]);
}, LIMIT);
afterAll(async () => {
  await Promise.all([chromium?.close(), site?.close(), relay?.close()]);
});

/** Primary and guest of one invitation, in a session of their own. */
async function pair({ guestKnowsKey = true } = {}) {
  const [guestId, primaryId] = rosters[used++] ?? [];
  if (!guestId || !primaryId) throw new Error('not enough rosters');
  const session = newId();
  const key = newKey();
  const primary = await LinkActor.start(chromium, site, relay, {
    id: primaryId,
    session,
    peers: [{ peer: guestId, trust: { kind: 'invitation', key, required: false } }],
  });
  const guest = await LinkActor.start(chromium, site, relay, {
    id: guestId,
    session,
    peers: [{ peer: primaryId, trust: guestKnowsKey ? { kind: 'invitation', key, required: true } : { kind: 'none' } }],
  });
  return { primary, guest, session, key };
}

test(
  'SE1 both hold the key of the invitation: the link is proven and carries kept and passed texts',
  async () => {
    const { primary, guest } = await pair();
    await Promise.all([primary.untilLive(guest), guest.untilLive(primary)]);
    const [there, here] = [await primary.status(guest), await guest.status(primary)];
    expect(there?.assurance).toBe('proven');
    expect(here?.assurance).toBe('proven');
    expect(here?.them).toEqual(await primary.do((actor) => actor.identity()));
    const seq = await guest.post('hallo\nwereld 👋', primary);
    await primary.untilHeard(guest, 1);
    expect(await primary.from(guest)).toEqual(['hallo\nwereld 👋']);
    await guest.until((actor, n) => actor.acknowledged().some((done) => done.seq === n), seq);
    await primary.do((actor, id) => actor.pass(id, 'typing'), guest.id);
    await guest.until((actor) => actor.passed().some(({ text }) => text === 'typing'));
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'RE1 what is posted before there is a link waits, and a reload of either page loses nothing',
  async () => {
    const { primary, guest, key } = await pair();
    await guest.reopen([]);
    await primary.post('waits', guest);
    await primary.reload();
    await primary.post('waits too', guest);
    await guest.want(primary, { kind: 'invitation', key, required: true });
    await guest.untilHeard(primary, 2);
    expect(await guest.from(primary)).toEqual(['waits', 'waits too']);
    await guest.reload();
    expect(await guest.from(primary)).toEqual(['waits', 'waits too']);
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'RE1 a side that lost its store says so: the other is told, and what follows arrives once and in order',
  async () => {
    const { primary, guest } = await pair();
    await guest.untilLive(primary);
    for (const line of ['1', '2', '3']) await primary.post(line, guest);
    await guest.post('from the guest', primary);
    await guest.untilHeard(primary, 3);
    await primary.untilHeard(guest, 1);
    await guest.do((actor) => actor.forget());
    await primary.post('while away', guest);
    await guest.reload();
    await guest.untilHeard(primary, 1);
    await guest.post('from the guest again', primary);
    await primary.untilHeard(guest, 2);
    expect(await guest.from(primary)).toEqual(['while away']);
    expect(await primary.from(guest)).toEqual(['from the guest', 'from the guest again']);
    expect(await primary.do((actor) => actor.lostStores())).toEqual([guest.id]);
    expect(await guest.do((actor) => actor.lostStores())).toEqual([]);
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'RE2 a live link goes on while the relay is dead, and a broken one heals when it is back',
  async () => {
    const { primary, guest } = await pair();
    await Promise.all([guest.untilLive(primary), primary.untilLive(guest)]);
    await relay.kill();
    await guest.until((actor) => actor.signalling() === 'connecting');
    await guest.post('without relay', primary);
    await primary.untilHeard(guest, 1);
    expect((await guest.status(primary))?.state).toBe('live');
    await guest.do((actor) => actor.cut());
    await primary.until((actor, id) => actor.status(id)?.state === 'lost', guest.id);
    await primary.post('waits', guest);
    await relay.restart();
    await guest.untilHeard(primary, 1);
    expect((await guest.status(primary))?.assurance).toBe('proven');
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'SE2 before any link is wanted the socket is open and nobody is dialled',
  async () => {
    const { primary, guest, key } = await pair();
    await primary.reopen([]);
    await guest.reopen([]);
    await guest.until((actor) => actor.signalling() === 'open');
    expect(await guest.do((actor) => actor.made())).toBe(0);
    // The primary's dials are not answered either.
    await primary.want(guest, { kind: 'invitation', key, required: false });
    await primary.until((actor) => actor.made() > 0);
    await guest.until((actor) => actor.made() > 0); // it came, waits a moment, and is turned away
    await guest.until((actor) => actor.connections() === 0);
    expect(await primary.status(guest)).toBeUndefined();
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'RE1 a connection that comes before its participant is known here is used when it is, instead of another one',
  async () => {
    const { primary, guest, key } = await pair();
    await primary.reopen([]);
    await guest.reopen([]);
    await guest.until((actor) => actor.signalling() === 'open');
    await primary.want(guest, { kind: 'invitation', key, required: false });
    await guest.do(
      async (actor, peer, trust) => {
        while (actor.made() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
        await actor.want(peer, trust);
      },
      primary.id,
      { kind: 'invitation', key, required: true } as const,
    );
    await Promise.all([primary.untilLive(guest), guest.untilLive(primary)]);
    expect((await guest.status(primary))?.assurance).toBe('proven');
    expect(await guest.do((actor) => actor.made())).toBe(1);
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'SE1 when the trust changes on a live link, only the assurance changes if it fits; if not, the link closes',
  async () => {
    const [a = '', b = ''] = rosters[used++] ?? [];
    const session = newId();
    const none = { kind: 'none' } as const;
    const ann = await LinkActor.start(chromium, site, relay, { id: a, session, peers: [{ peer: b, trust: none }] });
    const bob = await LinkActor.start(chromium, site, relay, { id: b, session, peers: [{ peer: a, trust: none }] });
    await Promise.all([ann.untilLive(bob), bob.untilLive(ann)]);
    expect((await ann.status(bob))?.assurance).toBe('not compared');
    const made = await ann.do((actor) => actor.made());
    const identity = await bob.do((actor) => actor.identity());
    await ann.want(bob, { kind: 'introduced', identity, proven: true });
    expect(await ann.status(bob)).toMatchObject({ state: 'live', assurance: 'proven' });
    await ann.want(bob, { kind: 'introduced', identity, proven: false });
    expect(await ann.status(bob)).toMatchObject({ state: 'live', assurance: 'not compared' });
    expect(await ann.do((actor) => actor.made())).toBe(made);
    await ann.want(bob, { kind: 'introduced', identity: { ...identity, signingKey: 'A'.repeat(87) }, proven: true });
    expect(await ann.status(bob)).toMatchObject({ state: 'lost', assurance: 'mismatch' });
    await bob.until((actor, id) => actor.status(id)?.state === 'lost', a);
    await ann.want(bob, { kind: 'introduced', identity, proven: true });
    await Promise.all([ann.untilLive(bob), bob.untilLive(ann)]);
    expect((await ann.status(bob))?.assurance).toBe('proven');
    await Promise.all([ann.close(), bob.close()]);
  },
  LIMIT,
);

test(
  'SE1 a primary lets in a guest whose link carried no key, as "not compared"; a guest with a key demands it',
  async () => {
    const { primary, guest } = await pair({ guestKnowsKey: false });
    await Promise.all([guest.untilLive(primary), primary.untilLive(guest)]);
    expect((await primary.status(guest))?.assurance).toBe('not compared');
    await guest.reopen([{ peer: primary.id, trust: { kind: 'invitation', key: newKey(), required: true } }]);
    await guest.until((actor, id) => actor.status(id)?.assurance === 'mismatch', primary.id);
    await primary.until((actor, id) => actor.status(id)?.assurance === 'mismatch', guest.id);
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'EN1 closing the hub or dropping the peer tells the other at once; certificate and key outlive the page',
  async () => {
    const { primary, guest, key } = await pair();
    await Promise.all([guest.untilLive(primary), primary.untilLive(guest)]);
    const before = await guest.do((actor) => actor.identity());
    await guest.do((actor) => actor.closeHub());
    await primary.until((actor, id) => actor.status(id)?.state === 'lost', guest.id);
    await guest.reload();
    await Promise.all([guest.untilLive(primary), primary.untilLive(guest)]);
    expect(await guest.do((actor) => actor.identity())).toEqual(before);
    await primary.do((actor, id) => actor.drop(id), guest.id);
    await guest.until((actor, id) => actor.status(id)?.state === 'lost', primary.id);
    expect(await primary.do((actor) => actor.connections())).toBe(0);
    await primary.want(guest, { kind: 'invitation', key, required: false });
    await Promise.all([guest.untilLive(primary), primary.untilLive(guest)]);
    await Promise.all([primary.close(), guest.close()]);
  },
  LIMIT,
);

test(
  'RE1 with hidden local addresses, as people have it, Chromium and Firefox find each other',
  async () => {
    const [a = '', b = ''] = rosters[used++] ?? [];
    const session = newId();
    const key = newKey();
    const [one, other] = await Promise.all([launchChromium({ mdns: true }), launchFirefox({ mdns: true })]);
    const trust = { kind: 'invitation', key, required: true } as const;
    const ann = await LinkActor.start(one, site, relay, { id: a, session, peers: [{ peer: b, trust }] });
    const bob = await LinkActor.start(other, site, relay, { id: b, session, peers: [{ peer: a, trust }] });
    await Promise.all([ann.untilLive(bob), bob.untilLive(ann)]);
    await ann.post('hello', bob);
    await bob.untilHeard(ann, 1);
    await bob.reload();
    await ann.post('hello again', bob);
    await bob.untilHeard(ann, 2);
    await Promise.all([one.close(), other.close()]);
  },
  LIMIT,
);

test(
  'SE1 certificate and signing key are made once for a seat and last, in both browsers',
  async () => {
    const firefox = await launchFirefox();
    for (const browser of [chromium, firefox]) {
      const actor = await LinkActor.start(browser, site, relay, { id: newId(), session: newId(), peers: [] });
      const before = await actor.do((page) => page.identity());
      expect(before.fingerprints).toHaveLength(1);
      await actor.reload();
      expect(await actor.do((page) => page.identity())).toEqual(before);
      await actor.close();
    }
    await firefox.close();
  },
  LIMIT,
);
