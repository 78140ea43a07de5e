import { expect, test } from 'vitest';
import * as offers from '../../relay/session-offer.ts';
import * as rules from '../../relay/sessions.ts';
import {
  ANNA,
  accept,
  agent,
  BOB,
  CAS,
  type Change,
  code,
  decline,
  here,
  id,
  keyOf,
  MIA,
  offered,
  play,
  roles,
  site,
  taker,
} from '../support/offer-acts.ts';

const OTHER = id(12); // another browser of Cas'
const limits = site();
const removed =
  (who: string): Change =>
  (r) =>
    rules.remove(r, { id: ANNA, epoch: r.epoch }, who);
const byNumber =
  (device: string): Change =>
  (r, now, site) =>
    rules.assist(r, { id: device, name: CAS, agent: agent(CAS) }, now, site);
const to = (...agents: string[]) => ({
  is: 'agents' as const,
  agents: agents.map((who) => ({ id: agent(who), name: who })),
});
const acceptBy =
  (device: string, members: string[]): Change =>
  (r, now, site) =>
    offers.accept(r, r.offer?.id ?? '', { ...taker(CAS), id: device }, members, now, site);

const link = (n: number) => ({ id: id(n), guest: 'representative' as const });
const makes =
  (n: number): Change =>
  (r) =>
    rules.invite(r, { id: ANNA, epoch: r.epoch }, link(n));
const byLink =
  (n: number, device: string): Change =>
  (r, now, site) =>
    rules.assist(r, { ...taker(CAS), id: device, signingKey: keyOf(CAS), invitation: link(n).id }, now, site);

test('EN2 TS5 whom the primary removed may not accept the session, in whichever browser; invited anew they may', () => {
  const waiting = play(limits, [
    [1, removed(CAS)],
    [2, offered()],
  ]);
  expect(code(() => accept(CAS)(waiting, 3000, limits))).toBe('not-found');
  expect(code(() => acceptBy(OTHER, [agent(CAS)])(waiting, 3000, limits))).toBe('not-found');
  expect(code(() => byNumber(OTHER)(waiting, 3000, limits))).toBe('forbidden');
  expect(decline(CAS)(waiting, 3000, limits)).toBe(waiting); // it is not theirs to decline either
  expect(accept(BOB)(waiting, 3000, limits).offer?.state.is).toBe('accepted');

  const back = play(limits, [
    [1, removed(CAS)],
    [2, makes(70)],
    [3, offered()],
    [4, byLink(70, OTHER)],
  ]);
  expect(acceptBy(OTHER, [agent(CAS)])(back, 5000, limits).offer?.state).toMatchObject({
    is: 'accepted',
    by: { id: OTHER },
  });
});

test('EN2 an agent who is in with two browsers is removed from both, and by a link made before comes back in none', () => {
  const none = play(limits, [
    [1, byNumber(OTHER)],
    [2, makes(70)],
    [3, removed(CAS)],
    [4, makes(71)],
  ]);
  expect([roles(none)[CAS], roles(none)[OTHER]]).toEqual([undefined, undefined]);
  for (const device of [CAS, OTHER])
    for (const act of [byNumber(device), byLink(70, device)])
      expect(code(() => act(none, 5000, limits))).toBe('forbidden');

  const back = byLink(71, OTHER)(none, 5000, limits);
  expect(roles(back)[OTHER]).toBe('assistant');
  expect(roles(byLink(70, CAS)(back, 6000, limits))[CAS]).toBe('assistant'); // in again, they are as anybody
  const again = removed(OTHER)(byNumber(CAS)(back, 6000, limits), 7000, limits);
  expect(code(() => byLink(70, CAS)(again, 8000, limits))).toBe('forbidden');
  expect(code(() => byLink(71, OTHER)(again, 8000, limits))).toBe('invitation-over');
});

test('EN2 a link that one browser of an agent has used brings it not back, when the agent was removed in another', () => {
  const none = play(limits, [
    [1, makes(70)],
    [2, byLink(70, OTHER)],
    [3, (r, now, site) => rules.leave(r, OTHER, now, site)],
    [4, removed(CAS)],
  ]);
  expect(code(() => byLink(70, OTHER)(none, 5000, limits))).toBe('forbidden');
});

test('EN2 the primary removes another browser of their own, and is in charge as before', () => {
  const second = id(13);
  const record = play(limits, [
    [1, (r, now) => rules.assist(r, { id: second, name: ANNA, agent: agent(ANNA) }, now, limits)],
    [2, removed(second)],
  ]);
  expect([roles(record)[ANNA], roles(record)[second], record.barred]).toEqual(['primary', undefined, []]);
});

test('PA1 an agent who is one no more invites and removes nobody, though nobody else is in charge yet', () => {
  const record = rules.dismissed(play(limits, []), ANNA, 2000, limits);
  expect(roles(record)[ANNA]).toBe('primary');
  expect(code(() => removed(CAS)(record, 3000, limits))).toBe('not-found');
});

test('EN2 TS2 a session is not offered by name to whom it removed: nothing is given up for nobody', () => {
  const record = play(limits, [[1, removed(CAS)]]);
  expect(code(() => offered(ANNA, MIA, to(BOB, CAS))(record, 2000, limits))).toBe('removed-before');
  expect(offered(ANNA, MIA, to(BOB))(record, 2000, limits).offer?.state.is).toBe('waiting');
});

test('TS1 TS5 an offer by name is for those alone whom the site lists by then, also where all of them declined', () => {
  const waiting = play(limits, [[1, offered(ANNA, MIA, to(BOB, CAS))]]);
  expect(code(() => acceptBy(CAS, [agent(BOB)])(waiting, 2000, limits))).toBe('not-found');
  const declined = (members: string[]) =>
    offers.decline(waiting, waiting.offer?.id ?? '', agent(BOB), { all: members, available: [] }, 3000, limits);
  expect(declined([agent(BOB), agent(CAS)]).offer?.state.is).toBe('waiting');
  expect(declined([agent(BOB)]).offer?.state.is).toBe('nobody');
  expect(here(CAS)(acceptBy(CAS, [agent(CAS)])(waiting, 2000, limits), 2000, limits).offer?.state.is).toBe('accepted');
});
