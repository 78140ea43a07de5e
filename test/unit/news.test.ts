import { expect, test } from 'vitest';
import { newsBetween } from '../../extension/entrypoints/dashboard/news.ts';
import { ANN, KNOCKS, MIA, session, snapshot } from '../support/gallery/fixtures.ts';
import { NOBODY, OFFERED, SENT, TAKEN } from '../support/gallery/offers.ts';

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
/** So many lines of Mia's, the last ones unread, and one of Ann's after them. */
const chat = (lines: number, unread: number) => ({
  items: [...Array.from({ length: lines }, () => line(false)), line(true)],
  unread,
  draft: '',
  to: [],
});
const between = (before: Parameters<typeof session>[0], now: Parameters<typeof session>[0]) =>
  newsBetween(snapshot([session(before)]), snapshot([session(now)]));

test('PA4 PA5 news is who came, asks to, or wrote what no view has shown; not oneself, and nothing that was there', () => {
  const about = { session: session().id };
  expect(between({}, {})).toEqual([]);
  expect(between({ participants: [ANN] }, { participants: [ANN, MIA] })).toEqual([
    { ...about, what: 'joins', name: MIA.name },
  ]);
  // The relay's clock is reckoned anew with each roster.
  expect(between({}, { participants: [ANN, { ...MIA, joinedAt: MIA.joinedAt + 1 }] })).toEqual([]);
  expect(between({}, { knocks: KNOCKS })).toEqual([{ ...about, what: 'knocks', name: KNOCKS.at(-1)?.name }]);
  const writes = [{ ...about, what: 'writes', name: MIA.name }];
  expect(between({ chat: chat(1, 1) }, { chat: chat(2, 2) })).toEqual(writes);
  expect(between({ chat: chat(1, 1) }, { chat: chat(2, 1) })).toEqual(writes); // the one before was seen meanwhile
  expect(between({ chat: chat(1, 0) }, { chat: chat(2, 0) })).toEqual([]); // seen at once
  expect(between({ chat: chat(1, 1) }, { chat: { ...chat(1, 1), items: [...chat(1, 1).items, line(true)] } })).toEqual(
    [],
  );
  expect(between({ knocks: KNOCKS, participants: [ANN, MIA] }, { participants: [ANN] })).toEqual([]);
});

test('TS5 news is a session that is offered, and that nobody took one’s own; each once', () => {
  const offers = (before: (typeof OFFERED)[], now: (typeof OFFERED)[]) =>
    newsBetween(snapshot([], { offers: before }), snapshot([], { offers: now }));
  expect(offers([], [OFFERED])).toEqual([{ session: OFFERED.session, what: 'offers', name: OFFERED.from }]);
  expect(offers([OFFERED], [OFFERED])).toEqual([]);
  expect(offers([], [TAKEN, SENT])).toEqual([]);
  const nobody = { ...SENT, state: NOBODY.state };
  expect(offers([SENT], [nobody])).toEqual([{ session: SENT.session, what: 'nobody took', name: 'Mia Jansen, Noor' }]);
  expect(offers([nobody], [nobody])).toEqual([]);
});
