import { beforeAll, expect, test } from 'vitest';
import { SessionNotes } from '../../shared/client/session-notes.ts';
import { OfferNotes } from '../../shared/protocol/offer-message.ts';
import { z } from '../../shared/protocol/schema.ts';
import { reduce } from '../../shared/session/session.ts';
import { Desk, id, person, rosterOf } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys, record } from '../support/signed-controls.ts';

const [ANN, BOB, MIA] = [id('a'), id('b'), id('c')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')];

function bobs(desk: Desk): SessionNotes {
  const host = sessionHost({
    roster: rosterOf(BOB, PEOPLE),
    state: () => desk.at(BOB),
    inTurn: (work) => work(),
    async post(message) {
      desk.pages.set(BOB, reduce(desk.at(BOB), BOB, message, Date.now()));
    },
  });
  return new SessionNotes(host);
}
const noted = (desk: Desk) => desk.at(BOB).activities.notebook.text;
beforeAll(() => giveKeys([ANN, BOB, MIA]));

test('TS5 the notes that come with an offer take nothing away that an assistant has noted since', async () => {
  const desk = new Desk(PEOPLE);
  const long = 'x'.repeat(4000);
  desk.say(ANN, { v: 1, type: 'notebook.text', text: long, at: desk.now });
  desk.passes(1);
  desk.say(ANN, { v: 1, type: 'control', controls: [await record(ANN, MIA, 2, { why: 'offered' })] });
  desk.passes(1);
  const mended = `${long.slice(1)}, and the driver is too old`;
  desk.say(BOB, { v: 1, type: 'notebook.text', text: mended, at: desk.now });
  desk.say(MIA, { v: 1, type: 'control', controls: [await record(MIA, BOB, 3, { why: 'accepted' })] });
  expect(await bobs(desk).add(long)).toBe(true);
  expect(noted(desk)).toBe(mended);
});

test('TS5 TC6 notes are added for who is in charge by having accepted alone, and cut where one’s own would not fit', async () => {
  const desk = new Desk(PEOPLE);
  desk.say(BOB, { v: 1, type: 'notebook.text', text: 'the passport’s number is asked for', at: desk.now });
  const offered = 'a printer '.repeat(409);
  expect(await bobs(desk).add(offered)).toBe(false);
  desk.passes(1);
  desk.say(ANN, { v: 1, type: 'control', controls: [await record(ANN, MIA, 2, { why: 'offered' })] });
  expect(await bobs(desk).add(offered)).toBe(false);
  expect(noted(desk)).toBe('the passport’s number is asked for');
  desk.say(MIA, { v: 1, type: 'control', controls: [await record(MIA, BOB, 3, { why: 'accepted' })] });
  expect(await bobs(desk).add(offered)).toBe(true);
  expect(noted(desk)).toMatch(/^a printer .*[ar]…\n\nthe passport’s number is asked for$/);
  expect(z.safeParse(OfferNotes, noted(desk)).success).toBe(true);
});
