import { expect, test } from 'vitest';
import { SessionNotes } from '../../shared/client/session-notes.ts';
import { reduce } from '../../shared/session/session.ts';
import { Desk, id, person, rosterOf } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys, record } from '../support/signed-controls.ts';

const [ANN, BOB, MIA] = [id('a'), id('b'), id('c')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')];

test('TS5 the notes that come with an offer take nothing away that an assistant has noted since', async () => {
  await giveKeys([ANN, BOB, MIA]);
  const desk = new Desk(PEOPLE);
  const host = sessionHost({
    roster: rosterOf(BOB, PEOPLE),
    state: () => desk.at(BOB),
    inTurn: (work) => work(),
    async post(message) {
      desk.pages.set(BOB, reduce(desk.at(BOB), BOB, message, desk.now));
    },
  });
  const notes = new SessionNotes(host);
  const long = 'x'.repeat(4000);
  desk.say(ANN, { v: 1, type: 'notebook.text', text: long, at: desk.now });
  desk.passes(1);
  desk.say(ANN, { v: 1, type: 'control', controls: [await record(ANN, MIA, 2, { why: 'offered' })] });
  desk.passes(1);
  const mended = `${long.slice(1)}, and the driver is too old`;
  desk.say(BOB, { v: 1, type: 'notebook.text', text: mended, at: desk.now });
  await notes.add(long);
  expect(desk.at(BOB).activities.notebook.text).toBe(mended);
});
