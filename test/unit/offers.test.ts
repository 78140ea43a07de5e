import { expect, test } from 'vitest';
import { primaryOf } from '../../relay/session-change.ts';
import { forgive, tick } from '../../relay/session-clock.ts';
import * as offers from '../../relay/session-offer.ts';
import * as rules from '../../relay/sessions.ts';
import { OfferLapsed } from '../../shared/protocol/limits.ts';
import {
  ANNA,
  accept,
  agent,
  away,
  BOB,
  CAS,
  type Change,
  closes,
  code,
  control,
  DAN,
  decline,
  here,
  id,
  leave,
  MIA,
  offered,
  PIET,
  play,
  QUEUE,
  roles,
  session,
  sign,
  site,
  takeBack,
  taker,
} from '../support/offer-acts.ts';

test('TS4 the sender is out, assistants stay, and nobody is in charge until the keeper has signed who accepted', () => {
  const limits = site();
  const waiting = play(limits, [[1, offered()]]);
  expect(roles(waiting)).toEqual({ [CAS]: 'assistant', [MIA]: 'customer', [PIET]: 'customer' });
  expect(waiting.outs).toEqual([{ id: ANNA, why: 'left' }]);
  expect(waiting).toMatchObject({ epoch: 2, offer: { keeper: MIA, state: { is: 'waiting' }, lapsesAt: 121_000 } });

  expect(code(() => sign(MIA, CAS)(waiting, 2000, limits))).toBe('conflict'); // nobody has accepted
  const accepted = accept(BOB)(waiting, 2000, limits);
  expect(roles(accepted)[BOB]).toBe('assistant');
  expect(code(() => sign(MIA, BOB)(accepted, 3000, limits))).toBe('not-here'); // not connected yet
  const present = here(BOB)(accepted, 3000, limits);
  expect(code(() => sign(PIET, BOB)(present, 3000, limits))).toBe('forbidden'); // not the keeper
  expect(code(() => sign(MIA, CAS)(present, 3000, limits))).toBe('conflict'); // not who accepted
  expect(code(() => sign(BOB, BOB)(present, 3000, limits))).toBe('forbidden');
  const taken = sign(MIA, BOB)(present, 4000, limits);
  expect(primaryOf(taken)?.id).toBe(BOB);
  expect(taken).toMatchObject({ epoch: 3, offer: { state: { is: 'taken', by: { id: BOB }, until: 14_000 } } });
  expect(tick(taken, 14_000, limits).offer).toBeUndefined();
});

test('TS5 the first to accept has it; a sender takes back as long as nobody has', () => {
  const limits = site();
  const waiting = play(limits, [[1, offered()]]);
  const accepted = accept(BOB)(waiting, 2000, limits);
  expect(accept(BOB)(accepted, 2000, limits)).toBe(accepted); // the answer was lost
  expect(code(() => accept(CAS)(accepted, 2000, limits))).toBe('taken');
  expect(code(() => takeBack()(accepted, 2000, limits))).toBe('taken');
  expect(code(() => takeBack(CAS)(waiting, 2000, limits))).toBe('not-found'); // not theirs
  expect(code(() => accept(ANNA)(waiting, 2000, limits))).toBe('not-found'); // one's own is taken back
  const back = here(ANNA)(takeBack()(waiting, 2000, limits), 2000, limits);
  expect(code(() => accept(BOB)(back, 3000, limits))).toBe('taken');
  expect(primaryOf(sign(MIA, ANNA)(back, 3000, limits))?.id).toBe(ANNA);
});

test('TS1 TS4 only the primary offers, to a customer who is here, in the epoch that is', () => {
  const limits = site();
  const record = session(limits);
  expect(code(() => offered(CAS)(record, 0, limits))).toBe('forbidden');
  expect(code(() => offered(ANNA, CAS)(record, 0, limits))).toBe('not-here');
  expect(code(() => offered(ANNA, MIA)(away(MIA)(record, 0, limits), 0, limits))).toBe('not-here');
  const given = { id: id(7), by: taker(ANNA), to: QUEUE, message: undefined, notes: undefined };
  const checked = control(record, 'offered', ANNA, MIA);
  const late = { ...given, checked: { ...checked, control: { ...checked.control, epoch: 3 } } };
  expect(code(() => offers.offer(record, late, 0, limits))).toBe('handed-over');
  // Offered means: by that act alone.
  expect(code(() => rules.control(record, ANNA, control(record, 'offered', ANNA, MIA), 0, limits))).toBe('forbidden');
  const once = { ...given, checked };
  const done = offers.offer(record, once, 0, limits);
  expect(offers.offer(done, { ...once, id: id(8) }, 0, limits)).toBe(done); // said again
});

test.each(OfferLapsed.options)('TS5 nobody accepts in time, or all decline: %s', (policy) => {
  const limits = site(policy);
  const lapsed = play(limits, [
    [1, offered()],
    [50, decline(CAS)],
    [121, (r) => r],
  ]);
  const declined = play(limits, [
    [1, offered()],
    [50, decline(BOB)],
    [51, decline(CAS)],
    [52, decline(DAN)],
  ]);
  switch (policy) {
    case 'back':
      expect(lapsed.offer).toMatchObject({ lapses: 1, state: { is: 'nobody', since: 121_000 } });
      expect(declined.offer).toMatchObject({ lapses: 0, state: { is: 'nobody', since: 52_000 } });
      // It can still be accepted by whoever did not decline, and taken back.
      expect(code(() => accept(CAS)(lapsed, 122_000, limits))).toBe('not-found');
      expect(accept(BOB)(lapsed, 122_000, limits).offer?.state.is).toBe('accepted');
      expect(takeBack()(declined, 60_000, limits).offer?.state.is).toBe('accepted');
      // Though an assistant is here: nobody waits for ever for who does not take it back, or cannot any more (EN3).
      expect(tick(declined, 651_999, limits).phase).toBe('open');
      expect(tick(declined, 652_000, limits).ended).toEqual({ why: 'primary away', at: 652_000 });
      break;
    case 'queue':
      expect(lapsed.offer).toMatchObject({ lapses: 1, declined: [], lapsesAt: 241_000, state: { is: 'waiting' } });
      expect(declined.offer?.state.is).toBe('waiting');
      expect(tick(declined, 121_000, limits).offer).toMatchObject({ declined: [], lapsesAt: 241_000, at: 1000 });
      break;
    case 'end':
      expect(lapsed).toMatchObject({ phase: 'ended', ended: { why: 'nobody took it', at: 121_000 } });
      expect(lapsed.offer).toMatchObject({ state: { is: 'over' }, lapses: 1 });
      expect(declined).toMatchObject({ phase: 'ended', ended: { why: 'nobody took it', at: 52_000 } });
  }
});

test('TS5 offered to agents by name: only they accept, and when all of them declined nobody took it', () => {
  const limits = site();
  const to = { is: 'agents', agents: [BOB, CAS].map((who) => ({ id: agent(who), name: who })) } as const;
  const waiting = play(limits, [[1, offered(ANNA, MIA, { is: 'agents', agents: [...to.agents] })]]);
  expect(code(() => accept(DAN)(waiting, 2000, limits))).toBe('not-found');
  expect(decline(DAN)(waiting, 2000, limits)).toBe(waiting);
  const one = decline(BOB)(waiting, 2000, limits);
  expect(one.offer?.state.is).toBe('waiting');
  expect(decline(BOB)(one, 2000, limits)).toBe(one);
  expect(decline(CAS)(one, 3000, limits).offer?.state.is).toBe('nobody');
});

test('TS5 who accepted and is lost before the keeper signed: it waits again, with its place', () => {
  const limits = site();
  const start: [number, Change][] = [
    [1, offered()],
    [100, accept(BOB)],
  ];
  const waits = { at: 1000, state: { is: 'waiting' } };
  const never = play(limits, [...start, [160, (r) => r]]); // his page never came
  expect(never.offer).toMatchObject({ ...waits, lapsesAt: 280_000 });
  expect(roles(never)[BOB]).toBeUndefined();
  const crashed = play(limits, [...start, [101, here(BOB)], [110, away(BOB)], [160, (r) => r]]);
  expect(crashed.offer).toMatchObject({ ...waits, lapsesAt: 280_000 });
  const closed = play(limits, [...start, [101, here(BOB)], [110, closes(BOB)], [120, (r) => r]]);
  expect(closed.offer).toMatchObject(waits);
  const left = play(limits, [...start, [110, leave(BOB)]]);
  expect(left.offer).toMatchObject(waits);
  const out = play(limits, [...start, [110, (r, now) => rules.signedOut(r, BOB, now, limits)]]);
  expect(out.offer).toMatchObject(waits);
  // Somebody who was here before stays.
  const cas = play(limits, [
    [1, offered()],
    [2, accept(CAS)],
    [3, away(CAS)],
    [62, (r) => r],
  ]);
  expect(cas.offer).toMatchObject(waits);
  expect(roles(cas)[CAS]).toBe('assistant');
  for (const record of [never, crashed, closed, left, out, cas]) {
    expect(code(() => sign(MIA, BOB)(record, 200_000, limits))).toBe('conflict');
    expect(accept(DAN)(record, 200_000, limits).offer?.state.is).toBe('accepted');
  }
});

test('TS5 who accepted and is here, but never linked with the keeper: it waits again, for the others first and the sender', () => {
  const limits = site();
  const start: [number, Change][] = [
    [1, offered()],
    [100, accept(BOB)],
    [101, here(BOB)],
    [130, away(BOB)],
    [131, here(BOB)],
  ];
  expect(play(limits, [...start, [159, (r) => r]]).offer?.state.is).toBe('accepted');
  const waits = play(limits, [...start, [160, (r) => r]]);
  expect(waits.offer).toMatchObject({ at: 1000, lapsesAt: 280_000, state: { is: 'waiting' } });
  expect(roles(waits)[BOB]).toBeUndefined();
  expect(waits.outs.at(-1)).toEqual({ id: BOB, why: 'left' });
  expect(code(() => sign(MIA, BOB)(waits, 160_000, limits))).toBe('conflict'); // too late
  expect(takeBack()(waits, 160_000, limits).offer?.state).toMatchObject({ is: 'accepted', by: { id: ANNA } });
  expect(accept(DAN)(waits, 160_000, limits).offer?.state).toMatchObject({ is: 'accepted', by: { id: DAN } });
  expect(code(() => accept(BOB)(waits, 160_000, limits))).toBe('not-found');
  const lapsed = tick(waits, 280_000, limits);
  expect(accept(BOB)(lapsed, 280_000, limits).offer?.state).toMatchObject({ is: 'accepted', by: { id: BOB } });
  const taken = play(limits, [...start, [159, sign(MIA, BOB)], [160, (r) => r]]);
  expect(primaryOf(taken)?.id).toBe(BOB);
});

test('TS5 the time in which no relay ran counts for nobody', () => {
  const limits = site();
  const waiting = play(limits, [[1, offered()]]);
  expect(forgive(waiting, 1_000_000).offer).toMatchObject({ lapsesAt: 1_120_000, at: 1000 });
  const accepted = accept(BOB)(waiting, 2000, limits);
  expect(tick(forgive(accepted, 1_000_000), 1_059_999, limits).offer?.state.is).toBe('accepted');
});
