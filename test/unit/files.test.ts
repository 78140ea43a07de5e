import { describe, expect, test } from 'vitest';
import { overLimits } from '../../shared/activities/files.ts';
import { Desk, id, person, rosterOf, SESSION } from '../support/activity-desk.ts';

const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;
const FILE = id('f');

class FileDesk extends Desk {
  constructor() {
    super([person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')]);
  }
  offers(from: string, to: string, about: { name?: string; size?: number } = {}): boolean {
    const offer = { v: 1, type: 'files.offer', id: FILE, number: 1, name: 'a.pdf', size: 5, mime: '', to } as const;
    return this.say(from, { ...offer, ...about });
  }
  files(who: string) {
    return this.shown(who).files.transfers;
  }
}

describe('files', () => {
  test('SH4 the primary offers to anybody, a customer to agents, an assistant to nobody', () => {
    const may = (from: string, to: string) => new FileDesk().offers(from, to);
    expect([may(ANN, MIA), may(ANN, BOB), may(MIA, ANN), may(MIA, BOB)]).toEqual([true, true, true, true]);
    expect([may(BOB, ANN), may(BOB, MIA), may(MIA, MIA), may(MIA, PIET)]).toEqual([false, false, false, false]);
  });

  test('SH4 what the site does not allow is refused before a byte flows: by each page, whatever the sender says', () => {
    expect(new FileDesk().offers(MIA, ANN, { size: 1e10 })).toBe(true);
    expect(new FileDesk().offers(MIA, ANN, { size: 1e10 + 1 })).toBe(false);
    const desk = new FileDesk();
    expect(desk.offers(MIA, ANN, { name: 'photo.exe.jpg' })).toBe(false);
    expect(desk.files(ANN)).toEqual([]);
  });

  test.each([
    ['setup.exe', true],
    ['SETUP.EXE', true],
    ['invoice.pdf.exe', true],
    ['invoice.exe.pdf', true], // each ending counts
    ['setup.exe.', true], // Windows drops what trails
    ['setup.exe ', true],
    ['setup.exe::$DATA', true],
    ['photo\u202Egpj.exe', true],
    ['setup.e\u200Bxe', true], // with a sign of no width in it
    ['.exe', true],
    ['exe', false],
    ['my.exercise', false],
    ['read me about exe.txt', false],
  ])('SH4 a site that blocks exe refuses %o: %o', (name, blocked) => {
    const { limits } = rosterOf(ANN, []);
    expect(overLimits({ name, size: 1 }, limits)).toBe(blocked ? 'file-blocked' : undefined);
  });

  test('SH4 a transfer that failed says what it was, at both ends; what is over stays as it ended', () => {
    const desk = new FileDesk();
    desk.offers(ANN, MIA);
    expect(desk.does(MIA, { type: 'files.accept', session: SESSION, id: FILE })).toBe(true);
    expect(desk.say(MIA, { v: 1, type: 'files.cancel', id: FILE, fault: 'storage' })).toBe(true);
    expect(desk.say(ANN, { v: 1, type: 'files.cancel', id: FILE })).toBe(true);
    for (const who of [ANN, MIA]) expect(desk.files(who)).toMatchObject([{ state: 'over', fault: 'storage' }]);
  });

  test('TC4 what a transfer of control cuts off goes on when its sender says so and its receiver agrees anew', () => {
    const desk = new FileDesk();
    const resume = { type: 'files.resume', session: SESSION, id: FILE } as const;
    desk.offers(ANN, MIA);
    expect(desk.does(MIA, { type: 'files.accept', session: SESSION, id: FILE })).toBe(true);
    expect(desk.does(ANN, resume)).toBe(false); // it runs
    desk.passes(1);
    const control = { epoch: 2, why: 'handed over' as const, by: ANN, to: BOB };
    const signed = { ...control, key: 'k'.repeat(87), signature: 's'.repeat(86) };
    expect(desk.say(ANN, { v: 1, type: 'control', controls: [signed] })).toBe(true);
    for (const who of [ANN, MIA]) expect(desk.files(who)).toMatchObject([{ state: 'over', why: 'handed over' }]);
    expect(desk.files(ANN)).toMatchObject([{ mayResume: true }]);
    expect(desk.files(MIA)).toMatchObject([{ mayResume: false }]);
    for (const who of [MIA, BOB]) expect(desk.does(who, resume)).toBe(false);
    desk.passes(1);
    expect(desk.does(ANN, resume)).toBe(true);
    for (const who of [ANN, MIA]) expect(desk.files(who)).toMatchObject([{ state: 'offered', mayResume: false }]);
    expect(desk.does(MIA, { type: 'files.accept', session: SESSION, id: FILE })).toBe(true);
    for (const who of [ANN, MIA]) expect(desk.files(who)).toMatchObject([{ state: 'moving' }]);
  });
});
