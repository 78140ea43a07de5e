import { expect, test } from 'vitest';
import { newsBetween } from '../../extension/entrypoints/dashboard/news.ts';
import { ANN, KNOCKS, MIA, session, snapshot } from '../support/gallery/fixtures.ts';

const line = (mine: boolean) => ({
  kind: 'line' as const,
  id: 'x',
  mine,
  from: mine ? ANN.name : MIA.name,
  to: undefined,
  text: 'a secret',
  at: 1,
  waiting: false,
});
const chat = (unread: number, mine = false) => ({ items: [line(mine)], unread, draft: '', to: [] });
const between = (before: Parameters<typeof session>[0], now: Parameters<typeof session>[0]) =>
  newsBetween(snapshot([session(before)]), snapshot([session(now)]));

test('PA4 PA5 news is who came, asks to, or wrote what no view has shown; not oneself, and nothing that was there', () => {
  const about = { session: session().id };
  expect(between({}, {})).toEqual([]);
  expect(between({ participants: [ANN] }, { participants: [ANN, MIA] })).toEqual([
    { ...about, what: 'joins', name: MIA.name },
  ]);
  expect(between({}, { knocks: KNOCKS })).toEqual([{ ...about, what: 'knocks', name: KNOCKS.at(-1)?.name }]);
  expect(between({ chat: chat(1) }, { chat: chat(2) })).toEqual([{ ...about, what: 'writes', name: MIA.name }]);
  expect(between({ chat: chat(2) }, { chat: chat(0) })).toEqual([]); // seen
  expect(between({ chat: chat(0) }, { chat: chat(0, true) })).toEqual([]); // one's own
  expect(between({ knocks: KNOCKS, participants: [ANN, MIA] }, { participants: [ANN] })).toEqual([]);
});
