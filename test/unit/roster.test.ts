import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forgive, nextDue, tick } from '../../relay/session-clock.ts';
import * as presence from '../../relay/session-presence.ts';
import { SessionRecord, startSession } from '../../relay/session-record.ts';
import * as rules from '../../relay/sessions.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { SiteLimits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';

const limits = z.parse(SiteLimits, {});
const id = (n: number) => String(n).padStart(32, '0');
const PRIMARY = id(0);

function fresh(mode: 'multi' | 'single'): SessionRecord {
  return startSession({ id: id(99), number: '1', mode, device: PRIMARY, agent: 'a', name: 'Anna' }, 0);
}

type Change = (record: SessionRecord, now: number) => SessionRecord;

const who = fc.integer({ min: 0, max: 12 }).map(id);
const link = fc.integer({ min: 20, max: 24 }).map(id);
const page = fc.constantFrom(id(50), id(51));
const by = fc.record({ id: fc.oneof({ weight: 4, arbitrary: fc.constant(PRIMARY) }, { weight: 1, arbitrary: who }) });
const epoch = { epoch: 1 };

/** Anything anybody may try. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(by, link).map(
    ([b, one]): Change =>
      (r) =>
        rules.invite(r, { ...b, ...epoch }, { id: one, guest: 'customer' }),
  ),
  fc.tuple(by, link).map(
    ([b, one]): Change =>
      (r) =>
        rules.revoke(r, { ...b, ...epoch }, one),
  ),
  link.map(
    (one): Change =>
      (r) =>
        rules.report(r, one),
  ),
  fc.tuple(who, link).map(
    ([w, one]): Change =>
      (r, now) =>
        rules.useInvitation(r, { invitation: one, id: w, name: 'C', elsewhere: id(98) }, now, limits),
  ),
  who.map(
    (w): Change =>
      (r, now) =>
        rules.knock(r, { id: w, name: 'K', way: 'number' }, now, limits),
  ),
  fc.tuple(by, who).map(
    ([b, w]): Change =>
      (r, now) =>
        rules.admit(r, { ...b, ...epoch }, w, now, limits),
  ),
  fc.tuple(by, who).map(
    ([b, w]): Change =>
      (r) =>
        rules.decline(r, { ...b, ...epoch }, w),
  ),
  fc.tuple(by, who).map(
    ([b, w]): Change =>
      (r) =>
        rules.remove(r, { ...b, ...epoch }, w),
  ),
  who.map(
    (w): Change =>
      (r, now) =>
        rules.assist(r, { id: w, name: 'A', agent: w }, now, limits),
  ),
  who.map(
    (w): Change =>
      (r, now) =>
        rules.leave(r, w, now, limits),
  ),
  fc.tuple(who, page).map(
    ([w, p]): Change =>
      (r, now) =>
        presence.hold(r, w, { run: 'r', stream: `${w}${now}`, page: p }, now),
  ),
  who.map(
    (w): Change =>
      (r, now) =>
        presence.hold(r, w, undefined, now),
  ),
  fc.tuple(who, page).map(
    ([w, p]): Change =>
      (r, now) =>
        presence.gone(r, w, p, now),
  ),
  fc.constant<Change>(forgive),
  // Anybody but the primary now and then, the primary seldom: what they lead would be over at once, mostly.
  fc.oneof({ weight: 9, arbitrary: who }, { weight: 1, arbitrary: fc.constant(PRIMARY) }).map(
    (w): Change =>
      (r, now) =>
        rules.dismissed(r, w, now, limits),
  ),
);
const end: Change = (r, now) => rules.end(r, { id: PRIMARY, ...epoch }, now);
const steps = fc.array(
  fc.tuple(fc.oneof({ weight: 40, arbitrary: change }, { weight: 1, arbitrary: fc.constant(end) }), fc.nat(20_000)),
  {
    maxLength: 60,
  },
);

test('TC6 PA1 JO4 whatever anybody does, a roster keeps its shape', () => {
  fc.assert(
    fc.property(fc.constantFrom<'multi' | 'single'>('multi', 'single'), steps, (mode, acts) => {
      let record = fresh(mode);
      let now = 0;
      for (const [act, passes] of acts) {
        now += passes;
        const before = record;
        try {
          record = tick(record, now, limits);
          record = act(record, now);
        } catch (error) {
          // A refusal is one of ours, and changes nothing.
          expect(error).toBeInstanceOf(HulplijnError);
        }
        expect(z.safeParse(SessionRecord, JSON.parse(JSON.stringify(record))).success).toBe(true);
        const { participants, knocks, phase } = record;
        expect(participants.filter(({ role }) => role === 'primary').map((one) => one.id)).toEqual([PRIMARY]);
        expect(participants.length).toBeLessThanOrEqual(limits.participants);
        expect(knocks.length).toBeLessThanOrEqual(limits.knocksWaiting);
        const ids = [...participants, ...knocks].map((one) => one.id);
        expect(new Set(ids).size).toBe(ids.length);
        if (mode === 'multi')
          expect(participants.filter(({ role }) => role === 'customer').length).toBeLessThanOrEqual(1);
        for (const one of participants) expect(one.held !== undefined).toBe(one.state === 'present');
        expect(record === before || record.version > before.version).toBe(true);
        if (before.phase === 'ended') {
          expect(phase).toBe('ended');
          expect(participants).toEqual(before.participants);
        }
        if (phase === 'ended') expect(knocks).toEqual([]);
        else expect(nextDue(record, limits) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now - passes);
      }
    }),
    { numRuns: 300 },
  );
});

test('ST5 ticking at every date in turn is ticking once', () => {
  fc.assert(
    fc.property(steps, fc.nat(5_000_000), (acts, later) => {
      let record = fresh('single');
      let now = 0;
      for (const [act, passes] of acts) {
        now += passes;
        try {
          record = act(tick(record, now, limits), now);
        } catch {
          // refused
        }
      }
      const until = now + later;
      let step = record;
      for (;;) {
        const due = nextDue(step, limits);
        if (due === undefined || due > until || step.phase === 'ended') break;
        const ticked = tick(step, Math.max(due, now), limits);
        expect(ticked).not.toBe(step);
        step = ticked;
      }
      expect(step).toEqual(tick(record, until, limits));
    }),
    { numRuns: 200 },
  );
});
