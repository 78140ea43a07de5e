import { describe, expect, test } from 'vitest';
import { helpedIn } from '../../shared/activities/activity.ts';
import { nextDueActivity } from '../../shared/activities/index.ts';
import { changeOf, startOf } from '../../shared/activities/screen.ts';
import type { Message } from '../../shared/session/message.ts';
import { permits } from '../../shared/session/session.ts';
import { Desk, id, person, SESSION, T0 } from '../support/activity-desk.ts';

const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(MIA, 'customer', 'Mia')];
const BOB_HERE = person(BOB, 'assistant', 'Bob');

class ScreenDesk extends Desk {
  constructor(people = PEOPLE) {
    super(people);
  }
  screen(who: string) {
    return this.shown(who).screen;
  }
  asks(of = MIA): boolean {
    return this.does(ANN, { type: 'screen.ask', session: SESSION, of });
  }
  shares(who: string): boolean {
    return this.say(who, startOf(this.at(who), this.newId(), 'window', this.screen(who).asked?.id));
  }
  /** The answer to a newcomer, as the view of it shows the share. */
  shows(who: string, to: string, yes: boolean): boolean {
    return this.does(who, { type: 'screen.show', session: SESSION, id: this.screen(who).mine?.id ?? id('0'), to, yes });
  }
  stops(who: string): boolean {
    return this.does(who, { type: 'screen.stop', session: SESSION });
  }
}

describe('screens', () => {
  test('SH1 the agent asks, the customer shows, both know, and one press ends it', () => {
    const desk = new ScreenDesk();
    expect(desk.asks()).toBe(true);
    expect(desk.screen(MIA).asked).toMatchObject({ name: 'Ann', seers: [{ name: 'Ann', customer: false }] });
    expect(desk.screen(ANN).asks).toMatchObject([{ of: { name: 'Mia' }, why: null }]);
    expect(desk.shares(MIA)).toBe(true);
    expect(desk.screen(MIA)).toMatchObject({ asked: null, mine: { surface: 'window', seers: [{ name: 'Ann' }] } });
    expect(desk.screen(ANN).others).toMatchObject([{ by: { name: 'Mia' }, toMe: true }]);
    expect(desk.stops(MIA)).toBe(true);
    expect(desk.screen(MIA).mine).toBeNull();
    expect(desk.screen(ANN)).toMatchObject({ others: [], asks: [{ why: 'stopped' }] });
  });

  test('SH2 no answer is a no after 30 s, on both sides; a no is a no; who asked may take it back', () => {
    const desk = new ScreenDesk();
    desk.asks();
    expect(nextDueActivity(desk.at(MIA).activities)).toBe(T0 + 30_000);
    desk.passes(29);
    expect(desk.screen(MIA).asked).not.toBeNull();
    desk.passes(1);
    expect(desk.screen(MIA).asked).toBeNull();
    expect(desk.screen(ANN).asks).toMatchObject([{ why: 'lapsed' }]);
    expect(desk.shares(MIA)).toBe(false);

    desk.asks();
    const asked = desk.screen(MIA).asked?.id ?? '';
    desk.does(MIA, { type: 'screen.refuse', session: SESSION, id: asked, why: 'refused' });
    expect(desk.screen(ANN).asks).toMatchObject([{ why: 'refused' }]);
    expect(desk.shares(MIA)).toBe(false);

    desk.asks();
    const again = desk.screen(MIA).asked?.id ?? '';
    desk.does(ANN, { type: 'screen.withdraw', session: SESSION, id: again });
    expect(desk.screen(MIA).asked).toBeNull();
    expect(desk.shares(MIA)).toBe(false);
  });

  test('SH2 who comes later sees nothing before a new OK; for those agreed to it goes on', () => {
    const desk = new ScreenDesk();
    desk.asks();
    desk.shares(MIA);
    desk.roster((people) => [...people, BOB_HERE]);
    expect(desk.screen(MIA).mine).toMatchObject({ seers: [{ name: 'Ann' }], newcomers: [{ name: 'Bob' }] });
    expect(desk.shows(MIA, BOB, true)).toBe(true);
    expect(desk.screen(MIA).mine).toMatchObject({ seers: [{ name: 'Ann' }, { name: 'Bob' }], newcomers: [] });
    expect(desk.screen(ANN).others).toMatchObject([{ toMe: true }]);
  });

  test('SH2 an OK meant for a share that is over shows nobody the next', () => {
    const desk = new ScreenDesk();
    desk.asks();
    desk.shares(MIA);
    desk.roster((people) => [...people, BOB_HERE]);
    const { id: seen = '' } = desk.screen(MIA).mine ?? {};
    desk.stops(MIA);
    desk.asks();
    desk.shares(MIA);
    desk.reloads(BOB);
    expect(desk.screen(MIA).mine?.newcomers).toMatchObject([{ name: 'Bob' }]);
    const old = { type: 'screen.show', session: SESSION, id: seen, to: BOB, yes: true } as const;
    expect(() => desk.does(MIA, old)).toThrow('not-found');
    expect(desk.screen(MIA).mine?.newcomers).toMatchObject([{ name: 'Bob' }]);
  });

  test('SH2 a newcomer who is told no is not asked about again', () => {
    const desk = new ScreenDesk();
    desk.asks();
    desk.shares(MIA);
    desk.roster((people) => [...people, BOB_HERE]);
    desk.shows(MIA, BOB, false);
    expect(desk.screen(MIA).mine).toMatchObject({ seers: [{ name: 'Ann' }], newcomers: [] });
  });

  test('SH2 consent is gone for whoever’s page reloaded: a viewer is asked about anew, a sharer shares no more', () => {
    const desk = new ScreenDesk();
    desk.asks();
    desk.shares(MIA);
    desk.reloads(ANN);
    expect(desk.screen(MIA).mine).toMatchObject({ seers: [], newcomers: [{ name: 'Ann' }] });
    expect(desk.screen(ANN).others).toMatchObject([{ toMe: false }]);
    desk.shows(MIA, ANN, true);
    expect(desk.screen(ANN).others).toMatchObject([{ toMe: true }]);
    desk.reloads(MIA);
    expect(desk.screen(MIA).mine).toBeNull();
    expect(desk.screen(ANN)).toMatchObject({ others: [], asks: [{ why: 'reloaded' }] });
  });

  test('SH1 only the primary asks, and in the newest epoch; nobody shares, stops or answers for another', () => {
    const desk = new ScreenDesk([...PEOPLE, BOB_HERE, person(PIET, 'customer', 'Piet')]);
    const ask = (epoch: number): Message => ({ v: 1, type: 'screen.ask', epoch, id: id('9'), of: MIA });
    for (const other of [BOB, MIA, PIET]) expect(permits(desk.at(MIA), other, ask(1))).toBe(false);
    expect(permits({ ...desk.at(MIA), epoch: 2 }, ANN, ask(1))).toBe(false);
    expect(permits(desk.at(MIA), ANN, { ...ask(1), of: BOB } as Message)).toBe(false);
    expect(desk.shares(MIA)).toBe(false); // nobody has asked
    expect(desk.shares(BOB)).toBe(false); // assistants do not share
    desk.asks();
    desk.shares(MIA);
    const share = desk.at(MIA).activities.screen.shares[0];
    if (!share) throw new Error('not shared');
    for (const other of [ANN, BOB, PIET]) {
      expect(permits(desk.at(ANN), other, { v: 1, type: 'screen.off', id: share.id, why: 'stopped' })).toBe(false);
      expect(permits(desk.at(ANN), other, changeOf(share, { surface: 'monitor' }))).toBe(false);
    }
  });

  test('SH1 the primary shares their own without asking anybody', () => {
    const desk = new ScreenDesk();
    expect(desk.shares(ANN)).toBe(true);
    expect(desk.screen(MIA).others).toMatchObject([{ by: { name: 'Ann' }, toMe: true }]);
    desk.roster((people) => people.filter((one) => one.id !== MIA));
    expect(desk.screen(ANN).mine).toMatchObject({ seers: [] });
  });

  test('PA3 helping another customer ends what is shared and asked, by the selection itself; selecting the selected does nothing', () => {
    const desk = new ScreenDesk([...PEOPLE, person(PIET, 'customer', 'Piet')]);
    desk.asks();
    desk.shares(MIA);
    desk.passes(1);
    const helps = (who: string) => desk.say(ANN, { v: 1, type: 'helping', epoch: 1, who });
    helps(MIA); // she is the one already
    expect(desk.screen(ANN).others).toHaveLength(1);
    helps(PIET);
    for (const who of [ANN, MIA, PIET]) {
      expect(desk.screen(who)).toMatchObject({ mine: null, others: [] });
      expect(helpedIn(desk.at(who))).toBe(PIET);
    }
    expect(desk.screen(ANN).asks).toMatchObject([{ why: 'moved' }]);
    desk.passes(1);
    desk.asks(PIET);
    desk.shares(PIET);
    expect(desk.screen(ANN).others).toMatchObject([{ by: { name: 'Piet' } }]);
    expect(permits(desk.at(PIET), MIA, { v: 1, type: 'helping', epoch: 1, who: MIA })).toBe(false);
  });
});
