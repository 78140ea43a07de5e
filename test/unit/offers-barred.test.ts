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

  const link = { id: id(70), guest: 'representative' } as const;
  const back = play(limits, [
    [1, removed(CAS)],
    [2, (r) => rules.invite(r, { id: ANNA, epoch: r.epoch }, link)],
    [3, offered()],
    [4, (r, now) => rules.assist(r, { id: OTHER, name: CAS, agent: agent(CAS), invitation: link.id }, now, limits)],
  ]);
  expect(acceptBy(OTHER, [agent(CAS)])(back, 5000, limits).offer?.state).toMatchObject({
    is: 'accepted',
    by: { id: OTHER },
  });
});

test('EN2 of an agent who is in with two browsers, one can be removed and the other stays', () => {
  const one = play(limits, [
    [1, byNumber(OTHER)],
    [2, removed(CAS)],
    [3, byNumber(CAS)],
  ]);
  expect([roles(one)[CAS], roles(one)[OTHER]]).toEqual(['assistant', 'assistant']);
  const none = removed(OTHER)(removed(CAS)(one, 4000, limits), 4000, limits);
  for (const device of [CAS, OTHER]) expect(code(() => byNumber(device)(none, 5000, limits))).toBe('forbidden');
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
