import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openOffer } from '../../relay/offer-record.ts';
import { forgive, nextDue, tick } from '../../relay/session-clock.ts';
import { SessionRecord } from '../../relay/session-record.ts';
import * as rules from '../../relay/sessions.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { OfferLapsed, type SiteLimits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';
import {
  AGENTS,
  ANNA,
  accept,
  away,
  BOB,
  CAS,
  type Change,
  closes,
  control,
  DAN,
  decline,
  here,
  leave,
  MIA,
  offered,
  PIET,
  roles,
  session,
  sign,
  site,
  takeBack,
} from '../support/offer-acts.ts';

const anybody = fc.constantFrom(ANNA, BOB, CAS, DAN, MIA, PIET);
const anAgent = fc.constantFrom(...AGENTS);
/** What ends a session, or an offer, is rare: else little would happen before. */
const rare: fc.Arbitrary<Change> = fc.oneof(
  anybody.map(closes),
  fc.constantFrom(BOB, CAS, DAN, PIET, MIA).map(leave),
  anAgent.map(
    (who): Change =>
      (r, now, limits) =>
        rules.signedOut(r, who, now, limits),
  ),
  anAgent.map(
    (who): Change =>
      (r, now, limits) =>
        rules.dismissed(r, who, now, limits),
  ),
  anAgent.map(
    (who): Change =>
      (r, now) =>
        rules.end(r, { id: who, epoch: r.epoch }, now),
  ),
);
const handOver = fc.tuple(anAgent, anAgent).map(
  ([by, to]): Change =>
    (r, now, limits) =>
      rules.control(r, by, control(r, 'handed over', by, to), now, limits),
);
/** The keeper, whom the relay named. */
const signs: Change = (r, now, limits) =>
  r.offer?.state.is === 'accepted' ? sign(r.offer.keeper, r.offer.state.by.id)(r, now, limits) : r;
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: anAgent.chain((by) => anybody.map((keeper) => offered(by, keeper))) },
  { weight: 8, arbitrary: anAgent.map(accept) },
  { weight: 2, arbitrary: anAgent.map(takeBack) },
  { weight: 2, arbitrary: anAgent.map(decline) },
  { weight: 8, arbitrary: fc.constantFrom(MIA, PIET).chain((by) => anAgent.map((to) => sign(by, to))) },
  { weight: 2, arbitrary: fc.constant<Change>(signs) },
  { weight: 12, arbitrary: anybody.map(here) },
  { weight: 2, arbitrary: anybody.map(away) },
  { weight: 1, arbitrary: handOver },
  { weight: 1, arbitrary: fc.constant<Change>(forgive) },
  { weight: 1, arbitrary: rare },
);
const passes = fc.oneof({ weight: 24, arbitrary: fc.nat(1000) }, { weight: 1, arbitrary: fc.nat(90_000) });
const steps = fc.array(fc.tuple(change, passes), { maxLength: 120, size: 'max' });
const policy = fc.constantFrom(...OfferLapsed.options);

/** Every act, or its refusal, and what time did before it; `seen` is told each state with the one before. */
function run(
  limits: SiteLimits,
  acts: [Change, number][],
  seen: (record: SessionRecord, before: SessionRecord, now: number) => void,
): { record: SessionRecord; now: number } {
  let record = session(limits);
  let now = 0;
  for (const [act, passes] of acts) {
    now += passes;
    for (const step of [(r: SessionRecord) => tick(r, now, limits), (r: SessionRecord) => act(r, now, limits)]) {
      const before = record;
      try {
        record = step(record);
      } catch (error) {
        expect(error).toBeInstanceOf(HulplijnError);
      }
      seen(record, before, now);
    }
  }
  return { record, now };
}

test('TC6 TS5 whatever races with what: at most one acceptor, at most one primary, none only while it is offered', () => {
  let accepted = 0;
  let signed = 0;
  fc.assert(
    fc.property(policy, steps, (offerLapsed, acts) => {
      const limits = site(offerLapsed);
      const { record, now: last } = run(limits, acts, (after, before, now) => {
        const open = openOffer(after);
        const primaries = after.participants.filter(({ role }) => role === 'primary');
        if (after.phase === 'ended') expect(open).toBeUndefined();
        else expect([primaries.length, open !== undefined]).toEqual(open ? [0, true] : [1, false]);
        expect(after.epoch).toBe(after.controls.length + 1);
        expect(after.epoch - before.epoch).toBeLessThanOrEqual(1);
        expect(after === before || after.version > before.version).toBe(true);
        if (before.phase === 'ended') expect(after.phase).toBe('ended');
        if (open)
          expect(after.participants.some((one) => one.id === open.keeper && one.role === 'customer')).toBe(true);
        if (open?.state.is === 'accepted') {
          const { id: acceptor } = open.state.by;
          expect(roles(after)[acceptor]).toBe('assistant');
          expect(now - open.state.since).toBeLessThanOrEqual(limits.primaryLost * 1000);
          const was = openOffer(before);
          // Who has it, has it, until they are lost.
          if (was?.state.is === 'accepted' && was.id === open.id) expect(acceptor).toBe(was.state.by.id);
          else accepted += 1;
        }
        const primary = primaries[0];
        if (primary && openOffer(before)) {
          signed += 1;
          expect(openOffer(before)?.state).toMatchObject({ is: 'accepted', by: { id: primary.id } });
        }
      });
      expect(z.safeParse(SessionRecord, JSON.parse(JSON.stringify(record))).success).toBe(true);
      // Nothing waits for ever: with everybody gone it ends.
      const quiet = [ANNA, BOB, CAS, DAN, MIA, PIET].reduce((r, who) => away(who)(r, last, limits), record);
      const late = tick(quiet, last + 86_400_000, limits);
      expect(late.phase).toBe('ended');
      expect(nextDue({ ...late, tidied: true }, limits)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(50); // it did happen
  expect(signed).toBeGreaterThan(20);
});

test('TS5 ticking at every date in turn is ticking once', () => {
  fc.assert(
    fc.property(policy, steps, fc.nat(5_000_000), (offerLapsed, acts, later) => {
      const limits = site(offerLapsed);
      const { record, now } = run(limits, acts, () => {});
      const until = now + later;
      let step = record;
      for (;;) {
        const due = nextDue(step, limits);
        if (due === undefined || due > until || step.phase === 'ended') break;
        step = tick(step, Math.max(due, now), limits);
      }
      expect(tick(step, until, limits)).toEqual(tick(record, until, limits));
    }),
    { numRuns: 200 },
  );
});
