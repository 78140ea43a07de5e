import { expect, test } from 'vitest';
import { Desk, id, person, T0 } from '../support/activity-desk.ts';

const [ANN, BOB, CAS, MIA] = [id('a'), id('b'), id('d'), id('c')] as const;
const text = (who: string, said: string, at: number) => [who, { v: 1, type: 'notebook.text', text: said, at }] as const;

function desk(): Desk {
  return new Desk([
    person(ANN, 'primary', 'Ann'),
    person(BOB, 'assistant', 'Bob'),
    person(CAS, 'assistant', 'Cas'),
    person(MIA, 'customer', 'Mia'),
  ]);
}
const notes = (on: Desk, who: string) => on.at(who).activities.notebook.text;

test('SH session notes: every agent reads and writes them, a customer neither', () => {
  const on = desk();
  expect(on.say(...text(ANN, 'Printer', T0))).toBe(true);
  expect([ANN, BOB, CAS, MIA].map((who) => notes(on, who))).toEqual(['Printer', 'Printer', 'Printer', '']);
  expect(on.say(...text(BOB, 'Printer, driver 4', T0 + 1))).toBe(true);
  expect(notes(on, ANN)).toBe('Printer, driver 4');
  expect(on.say(...text(MIA, 'mine', T0 + 2))).toBe(false);
  on.tells(ANN, MIA);
  expect(notes(on, MIA)).toBe('');
});

test('SH session notes: of two written at once the same stands for all, whichever is heard first', () => {
  for (const order of [
    [ANN, BOB],
    [BOB, ANN],
  ]) {
    const on = desk();
    for (const who of order) on.say(...text(who, `by ${who}`, T0));
    for (const who of [ANN, BOB, CAS]) expect(notes(on, who)).toBe(`by ${BOB}`);
  }
});

test('SH session notes: what says it is of a later day changes nothing, and nobody is kept from writing by it', () => {
  const on = desk();
  on.say(...text(BOB, 'for ever', Number.MAX_SAFE_INTEGER));
  on.say(...text(ANN, 'Printer', T0));
  for (const who of [ANN, BOB, CAS]) expect(notes(on, who)).toBe('Printer');
});

test('SH session notes: who comes later is told them, as they are', () => {
  const on = desk();
  on.say(...text(ANN, 'Printer', T0));
  on.tells(ANN, CAS);
  expect(notes(on, CAS)).toBe('Printer');
  expect(on.say(...text(ANN, '', T0 + 1))).toBe(true);
  expect(notes(on, CAS)).toBe('');
});
