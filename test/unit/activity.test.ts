import { expect, test, vi } from 'vitest';
import { obeyActivity, showActivities } from '../../shared/activities/index.ts';
import { ACTIVITIES } from '../../shared/activities/list.ts';
import { z } from '../../shared/protocol/schema.ts';
import { parseMessage } from '../../shared/session/message.ts';
import { openSession, permits, reduce, settle } from '../../shared/session/session.ts';
import { Command } from '../../shared/session/view.ts';
import { id, person, rosterOf } from '../support/activity-desk.ts';

// A trivial activity, whole: this one definition and its place in the list.
vi.mock('../../shared/activities/list.ts', async (original) => {
  const { activity } = await import('../../shared/activities/activity.ts');
  const { z: zod } = await import('../../shared/protocol/schema.ts');
  const wave = activity({
    name: 'wave',
    kept: [zod.object({ v: zod.literal(1), type: zod.literal('wave.hand'), epoch: zod.int() })],
    who: { 'wave.hand': { roles: ['primary', 'assistant'], management: true } },
    start: { waved: [] as string[], until: 0 },
    permits: () => true,
    reduce: ({ waved }, _, from, __, at) => ({ waved: [...waved, from], until: at + 1000 }),
    settle: (state, _, now) => (state.waved.length > 0 && state.until <= now ? { waved: [], until: 0 } : state),
    due: ({ until }) => until || undefined,
    views: {
      commands: [zod.object({ type: zod.literal('wave.hand'), session: zod.string() })],
      obey: (_, { epoch }) => [{ message: { v: 1 as const, type: 'wave.hand' as const, epoch }, to: 'all' }],
      shown: zod.object({ hands: zod.number() }),
      show: ({ waved }) => ({ hands: waved.length }),
    },
  });
  const { ACTIVITIES: listed } = await original<typeof import('../../shared/activities/list.ts')>();
  return { ACTIVITIES: [...listed, wave] };
});

const [ANN, MIA] = [id('a'), id('c')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(MIA, 'customer', 'Mia')];
const roster = rosterOf(MIA, PEOPLE, { epoch: 2 });

test('SH an activity is one definition and its place in the list: parsed, permitted, reduced, shown, obeyed', () => {
  expect(ACTIVITIES.map(({ name }) => name as string)).toContain('wave');
  const mias = openSession(roster, 'f'.repeat(32));
  const hand = parseMessage('{"v":1,"type":"wave.hand","epoch":2}');
  if (!hand) throw new Error('not parsed');
  expect(permits(mias, ANN, hand)).toBe(true);
  expect(permits(mias, MIA, hand)).toBe(false); // who may
  expect(permits({ ...mias, epoch: 3 }, ANN, hand)).toBe(false); // an act of management of an older epoch
  const waved = reduce(mias, ANN, hand, 10);
  const shown = (state: typeof mias) => showActivities(state.activities, state);
  expect(shown(waved)).toMatchObject({ wave: { hands: 1 } });
  expect(shown(settle(waved, 1_010))).toMatchObject({ wave: { hands: 0 } });
  const command = z.parse(Command, { type: 'wave.hand', session: roster.id });
  const anns = openSession({ ...roster, you: ANN }, 'f'.repeat(32));
  const said = obeyActivity(anns.activities, anns, command as Parameters<typeof obeyActivity>[2], () => '');
  expect(said.map(({ message }) => message)).toEqual([hand]);
});
