import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkActor, newId, newIds, newKey } from '../support/link-actor.ts';
import { type LinkRelay, startLinkRelay } from '../support/link-relay.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { launchChromium } from '../support/plain-browsers.ts';

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
