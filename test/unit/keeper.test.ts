import { expect, test } from 'vitest';
import { primaryOf } from '../../relay/session-change.ts';
import { forgive, tick } from '../../relay/session-clock.ts';
import {
  accept,
  away,
  BOB,
  type Change,
  closes,
  code,
  here,
  leave,
  MIA,
  offered,
  PIET,
  play,
  sign,
  site,
} from '../support/offer-acts.ts';

const limits = site();
const nothing: Change = (r) => r;
/** Mia keeps the session from 1 s on; Piet waits in it too. */
const kept = (...acts: [number, Change][]) => play(limits, [[1, offered()], ...acts]);
const [byMia, byPiet] = [
  { phase: 'open', offer: { keeper: MIA, customer: MIA } },
  { phase: 'open', offer: { keeper: PIET, customer: PIET } },
];
const closed = (at: number) => ({ ended: { why: 'closed', at }, offer: { state: { is: 'over' } } });

test('TS5 the keeper leaves, closes their page or is away: another customer keeps the session', () => {
  expect(kept([5, leave(MIA)])).toMatchObject(byPiet);
  expect(kept([5, closes(MIA)], [14, nothing])).toMatchObject(byMia); // it may only be reloaded
  expect(kept([5, closes(MIA)], [14, here(MIA)], [60, nothing])).toMatchObject(byMia);
  expect(kept([5, closes(MIA)], [15, nothing])).toMatchObject(byPiet);
  expect(kept([5, away(MIA)], [64, nothing])).toMatchObject(byMia);
  const passed = kept([5, away(MIA)], [65, nothing]);
  expect(passed).toMatchObject(byPiet);
  // Once is once: who is back takes nothing back.
  expect(tick(here(MIA)(passed, 70_000, limits), 200_000, limits)).toMatchObject(byPiet);
  // And whoever keeps it is kept it from, when another goes.
  expect(kept([5, leave(PIET)], [700, nothing])).toMatchObject(byMia);
});

test('TS5 it passes to who is here, else to who may come back; with no customer left the session ends', () => {
  expect(kept([4, away(PIET)], [5, leave(MIA)])).toMatchObject(byPiet);
  expect(kept([4, away(PIET)], [5, away(MIA)], [400, nothing])).toMatchObject(byMia);
  expect(kept([4, away(PIET)], [5, away(MIA)], [400, here(PIET)], [401, nothing])).toMatchObject(byPiet);
  expect(kept([4, away(MIA)], [300, here(PIET)], [301, nothing])).toMatchObject(byPiet);
  expect(kept([5, leave(PIET)], [6, leave(MIA)])).toMatchObject(closed(6_000));
  expect(kept([5, leave(MIA)], [6, leave(PIET)])).toMatchObject(closed(6_000));
  expect(kept([5, closes(PIET)], [16, leave(MIA)])).toMatchObject(closed(16_000));
  expect(kept([5, closes(MIA)], [7, closes(PIET)], [17, nothing])).toMatchObject(closed(17_000));
  // All of them away for so long: from the last on.
  const crashed = kept([5, away(MIA)], [50, away(PIET)], [649, nothing]);
  expect(crashed.phase).toBe('open');
  expect(tick(crashed, 650_000, limits)).toMatchObject(closed(650_000));
});

test('TC6 TS5 who keeps it signs who accepted, nobody else; who accepted has their whole time again', () => {
  const accepted = kept([100, accept(BOB)], [101, here(BOB)]);
  expect(code(() => sign(PIET, BOB)(accepted, 102_000, limits))).toBe('forbidden');
  const passed = leave(MIA)(accepted, 150_000, limits);
  expect(passed.offer).toMatchObject({ keeper: PIET, state: { is: 'accepted', by: { id: BOB }, since: 150_000 } });
  expect(passed.epoch).toBe(2);
  expect(tick(passed, 209_999, limits).offer?.state.is).toBe('accepted');
  expect(tick(passed, 210_000, limits).offer?.state.is).toBe('waiting');
  const taken = sign(PIET, BOB)(passed, 160_000, limits);
  expect([primaryOf(taken)?.id, taken.epoch]).toEqual([BOB, 3]);
});

test('TC6 TS5 the keeper signs in the moment in which their place passes on: one record is in force, whichever was first', () => {
  const accepted = kept([102, away(MIA)], [104, accept(BOB)], [105, here(BOB)]);
  const [mias, piets] = [sign(MIA, BOB)(accepted, 161_999, limits), tick(accepted, 162_000, limits)];
  expect(mias).toMatchObject({ epoch: 3, controls: [{ why: 'offered' }, { why: 'accepted', by: MIA }] });
  expect(tick(mias, 162_000, limits).epoch).toBe(3);
  expect(code(() => sign(PIET, BOB)(mias, 162_000, limits))).toBe('forbidden');
  expect(piets).toMatchObject({ epoch: 2, ...byPiet });
  expect(code(() => sign(MIA, BOB)(piets, 162_000, limits))).toBe('forbidden');
  expect(sign(PIET, BOB)(piets, 162_000, limits)).toMatchObject({
    epoch: 3,
    controls: [{ why: 'offered' }, { why: 'accepted', by: PIET }],
  });
});

test('TS5 the time in which no relay ran counts for nobody who keeps a session', () => {
  const crashed = kept([5, away(MIA)]);
  expect(tick(forgive(crashed, 1_000_000), 1_059_999, limits)).toMatchObject(byMia);
});
