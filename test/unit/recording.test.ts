import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { announcement, mayRun, startOf, unasked } from '../../shared/activities/recording.ts';
import type { Message } from '../../shared/session/message.ts';
import { permits } from '../../shared/session/session.ts';
import { Desk, id, person, SESSION } from '../support/activity-desk.ts';

const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;

class RecordingDesk extends Desk {
  constructor() {
    super([person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')]);
  }
  sign(who: string) {
    return this.shown(who).recording.now;
  }
  get running(): boolean {
    const { now } = this.at(ANN).activities.recording;
    return now !== null && mayRun(now, this.at(ANN));
  }
  starts(): void {
    this.say(ANN, startOf(this.at(ANN), this.newId()));
  }
  /** As its view shows the recording. */
  about(who: string) {
    return { session: SESSION, id: this.sign(who)?.id ?? id('0') };
  }
  agrees(...people: string[]): void {
    for (const who of people) this.does(who, { type: 'recording.agree', ...this.about(who) });
  }
  stops(who: string): void {
    this.does(who, { type: 'recording.stop', ...this.about(who) });
    this.follows();
  }
  /** What the page that records says by itself. */
  follows(): void {
    const state = this.at(ANN);
    const { now, last } = state.activities.recording;
    if (now?.by === ANN) this.say(ANN, announcement(now, state, unasked(now, state)));
    if (!now && last) this.say(ANN, { v: 1, type: 'recording.off', ...last });
  }
  comes(who: string, name: string): void {
    this.roster((people) => [...people, person(who, 'customer', name)]);
    this.follows();
  }
  runs(): void {
    this.starts();
    this.agrees(BOB, MIA);
    this.follows();
    expect(this.running).toBe(true);
  }
}

describe('recording', () => {
  test('SH7 everybody is asked, and it runs when the last one agrees: all see the sign', () => {
    const desk = new RecordingDesk();
    desk.starts();
    for (const who of [BOB, MIA]) expect(desk.sign(who)).toMatchObject({ by: 'Ann', mine: false, is: 'asked' });
    expect(desk.sign(MIA)?.asked).not.toBeNull();
    desk.agrees(MIA);
    expect(desk.running).toBe(false);
    expect(desk.sign(ANN)?.waits).toMatchObject([{ name: 'Bob' }]);
    desk.agrees(BOB);
    expect(desk.running).toBe(true);
    for (const who of [ANN, BOB, MIA]) expect(desk.sign(who)).toMatchObject({ is: 'on', asked: null, waits: [] });
  });

  test('SH7 only the primary starts one; nobody agrees for another', () => {
    const desk = new RecordingDesk();
    const ask = startOf(desk.at(ANN), id('9'));
    for (const other of [BOB, MIA]) expect(permits(desk.at(ANN), other, ask)).toBe(false);
    if (ask.type !== 'recording.ask') throw new Error('not a question');
    expect(permits({ ...desk.at(MIA), epoch: 2 }, ANN, ask)).toBe(false); // of before a transfer
    desk.starts();
    desk.agrees(BOB);
    const { now } = desk.at(ANN).activities.recording;
    const mias: Message = { v: 1, type: 'recording.off', id: now?.id ?? '', why: 'stopped', who: MIA };
    expect(permits(desk.at(ANN), BOB, mias)).toBe(false);
    expect(desk.running).toBe(false);
  });

  test('SH2 SH7 no answer is a no: nothing is recorded, and all hear of it', () => {
    const desk = new RecordingDesk();
    desk.starts();
    desk.agrees(BOB);
    desk.passes(30);
    desk.follows();
    for (const who of [ANN, BOB, MIA]) expect(desk.sign(who)).toBeNull();
    expect(desk.shown(ANN).recording.last).toMatchObject({ why: 'lapsed', name: 'Mia' });
    expect(desk.shown(MIA).recording.last).toMatchObject({ why: 'lapsed', you: true });
  });

  test('SH7 a no, a withdrawal by anybody and a stop end it at once, for good', () => {
    for (const who of [ANN, BOB, MIA]) {
      const desk = new RecordingDesk();
      desk.runs();
      const old = startOf(desk.at(ANN), desk.at(ANN).activities.recording.now?.id ?? '');
      desk.stops(who);
      for (const each of [ANN, BOB, MIA]) expect(desk.sign(each)).toBeNull();
      expect(desk.shown(ANN).recording.last).toMatchObject({ why: 'stopped', you: who === ANN });
      expect(desk.say(ANN, old)).toBe(false); // what was under way does not bring it back
    }
    const desk = new RecordingDesk();
    desk.starts();
    desk.stops(MIA);
    expect(desk.shown(ANN).recording.last).toMatchObject({ why: 'refused', name: 'Mia' });
  });

  test('SH7 a newcomer pauses it until they agree; another customer sees it too', () => {
    const desk = new RecordingDesk();
    desk.runs();
    desk.comes(PIET, 'Piet');
    expect(desk.running).toBe(false);
    expect(desk.sign(PIET)).toMatchObject({ is: 'paused', by: 'Ann' });
    expect(desk.sign(PIET)?.asked).not.toBeNull();
    expect(desk.sign(MIA)).toMatchObject({ is: 'paused', asked: null });
    desk.agrees(PIET); // Mia's page does not hear Piet's
    desk.follows();
    for (const who of [ANN, BOB, MIA, PIET]) expect(desk.sign(who)).toMatchObject({ is: 'on' });
  });

  test('SH7 a newcomer who gives no answer leaves it paused; asked again, they may agree', () => {
    const desk = new RecordingDesk();
    desk.runs();
    desk.comes(PIET, 'Piet');
    desk.passes(30);
    desk.follows();
    expect(desk.sign(ANN)).toMatchObject({ is: 'paused', waits: [{ name: 'Piet', until: null }] });
    expect(desk.sign(PIET)).toMatchObject({ asked: null });
    desk.does(ANN, { type: 'recording.again', ...desk.about(ANN) });
    expect(desk.sign(PIET)?.asked).not.toBeNull();
    desk.agrees(PIET);
    expect(desk.running).toBe(true);
  });

  test('SH2 SH7 a press meant for a recording that is over neither agrees to the next nor ends it', () => {
    const desk = new RecordingDesk();
    desk.starts();
    const seen = desk.about(MIA);
    desk.stops(BOB);
    desk.starts();
    desk.does(MIA, { type: 'recording.agree', ...seen });
    expect(desk.sign(MIA)?.asked).not.toBeNull();
    desk.does(MIA, { type: 'recording.stop', ...seen });
    expect(desk.sign(ANN)).toMatchObject({ is: 'asked' });
    desk.agrees(BOB, MIA);
    expect(desk.running).toBe(true);
  });

  test('SH2 SH7 a reload of anybody pauses it until that page agrees', () => {
    const desk = new RecordingDesk();
    desk.runs();
    desk.reloads(MIA);
    expect(desk.running).toBe(false);
    desk.follows();
    expect(desk.sign(MIA)?.asked).not.toBeNull();
    desk.agrees(MIA);
    expect(desk.running).toBe(true);
  });

  test('SH7 it ends by itself when its page or its person goes, and when another is primary', () => {
    const ends: [string, (desk: RecordingDesk) => void][] = [
      ['reloaded', (desk) => desk.reloads(ANN)],
      ['gone', (desk) => desk.roster((all) => all.map((one) => (one.id === ANN ? { ...one, state: 'gone' } : one)))],
      [
        'handed over',
        (desk) => {
          desk.passes(1);
          const control = { epoch: 2, why: 'handed over' as const, by: ANN, to: BOB };
          const signed = { ...control, key: 'k'.repeat(87), signature: 's'.repeat(86) };
          expect(desk.say(ANN, { v: 1, type: 'control', controls: [signed] })).toBe(true);
        },
      ],
    ];
    for (const [why, happens] of ends) {
      const desk = new RecordingDesk();
      desk.runs();
      happens(desk);
      for (const who of [ANN, BOB, MIA]) {
        expect(desk.sign(who)).toBeNull();
        expect(desk.shown(who).recording.last).toMatchObject({ why });
      }
    }
  });

  test('SH7 whatever people do, it runs only while everybody here agreed on the page they are on', () => {
    const acts = [
      'starts',
      'agrees Bob',
      'agrees Mia',
      'agrees Piet',
      'stops',
      'reloads Mia',
      'comes',
      'goes',
      'waits',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 25 }), (done) => {
        const desk = new RecordingDesk();
        const agreed = new Set<string>();
        const here = new Set<string>([BOB, MIA]);
        const says = (who: string) => {
          if (!here.has(who) || desk.sign(who) === null) return;
          desk.agrees(who);
          agreed.add(who);
        };
        const loads = new Set<string>();
        for (const act of done) {
          if (act === 'starts' && desk.sign(ANN) === null) {
            desk.starts();
            agreed.clear();
          }
          if (act === 'agrees Bob') says(BOB);
          if (act === 'agrees Mia') says(MIA);
          if (act === 'agrees Piet') says(PIET);
          if (act === 'stops') desk.stops(MIA);
          if (act === 'reloads Mia' && !loads.has(MIA)) {
            loads.add(MIA);
            desk.reloads(MIA);
            agreed.delete(MIA);
          }
          if (act === 'comes' && !here.has(PIET)) {
            here.add(PIET);
            desk.comes(PIET, 'Piet');
          }
          if (act === 'goes' && here.delete(PIET)) {
            agreed.delete(PIET);
            desk.roster((people) => people.filter((one) => one.id !== PIET));
          }
          if (act === 'waits') desk.passes(31);
          desk.follows();
          if (desk.running) for (const who of here) expect(agreed).toContain(who);
        }
      }),
    );
  });
});
