import { expect, test } from 'vitest';
import { nothingStored } from '../../shared/client/page-store.ts';
import type { SessionHost } from '../../shared/client/session-host.ts';
import { SessionNotes } from '../../shared/client/session-notes.ts';
import { anchorOf, reduce } from '../../shared/session/session.ts';
import { Desk, id, person, rosterOf, SESSION } from '../support/activity-desk.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, MIA] = [id('a'), id('b'), id('c')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')];
const never = (): never => {
  throw new Error('not in this test');
};

test('TS5 the notes that come with an offer take nothing away that an assistant has noted since', async () => {
  await giveKeys([ANN, BOB, MIA]);
  const desk = new Desk(PEOPLE);
  const host: SessionHost = {
    get state() {
      return desk.at(BOB);
    },
    me: BOB,
    signer: signer(BOB),
    stored: nothingStored(SESSION, anchorOf(rosterOf(BOB, PEOPLE))),
    inTurn: (work) => work(),
    async post(message) {
      desk.pages.set(BOB, reduce(desk.at(BOB), BOB, message, desk.now));
    },
    save: never,
    mustBeHere: never,
    mustBeAllowed: never,
    changed: never,
    links: {
      post: never,
      pass: never,
      send: never,
      want: never,
      drop: never,
      wake: never,
      close: never,
      beside: never,
      stats: never,
      journal: never,
    },
  };
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
