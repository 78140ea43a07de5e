import { describe, expect, test } from 'vitest';
import type { Said } from '../../shared/activities/activity.ts';
import { type ActivityMessage, nextDueActivity, obeyActivity, showActivities } from '../../shared/activities/index.ts';
import { changeOf, startOf } from '../../shared/activities/screen.ts';
import type { Participant, Roster } from '../../shared/protocol/relay-api.ts';
import { type Message, parseMessage, writeMessage } from '../../shared/session/message.ts';
import {
  applyRoster,
  openSession,
  permits,
  reachable,
  reduce,
  type SessionState,
  settle,
} from '../../shared/session/session.ts';
import type { Command } from '../../shared/session/view.ts';

const id = (letter: string) => letter.repeat(32);
const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;
const NAMES: Record<string, string> = { [ANN]: 'Ann', [BOB]: 'Bob', [MIA]: 'Mia', [PIET]: 'Piet' };
const T0 = 1_000_000;

const person = (who: string, role: Participant['role'], more: Partial<Participant> = {}): Participant => ({
  id: who,
  role,
  name: NAMES[who] ?? '',
  state: 'present',
  since: 1,
  joinedAt: 1,
  way: 'link',
  page: pageOf(who),
  ...more,
});
/** The page load somebody is on at first. */
function pageOf(who: string): string {
  return who.slice(0, 31) + '1';
}

const PEOPLE = [person(ANN, 'primary'), person(MIA, 'customer')];

function rosterOf(you: string, participants: Participant[], version: number): Roster {
  return {
    id: id('e'),
    number: '4182057730',
    mode: 'single',
    epoch: 1,
    phase: 'open',
    startedAt: 0,
    desk: 'Acme',
    you,
    participants,
    knocks: [],
    version,
    now: 0,
    limits: { chatWait: 2, consentWait: 30, reloadGrace: 10, agentKeeps: 86_400 },
  };
}

/** Everybody's own page of one session: what one says reaches all, at once. */
class Desk {
  readonly pages = new Map<string, SessionState>();
  #people: Participant[];
  #version = 1;
  #ids = 0;
  now = T0;

  constructor(people: Participant[] = PEOPLE) {
    this.#people = people;
    for (const { id: who } of people) this.pages.set(who, openSession(rosterOf(who, people, 1), pageOf(who)));
  }

  at(who: string): SessionState {
    const state = this.pages.get(who);
    if (!state) throw new Error('not here');
    return state;
  }
  shown(who: string) {
    const state = this.at(who);
    return showActivities(state.activities, state).screen;
  }

  say(from: string, message: Message): boolean {
    const text = writeMessage(message);
    const parsed = parseMessage(text);
    if (!parsed) throw new Error(`not a message: ${text}`);
    const own = permits(this.at(from), from, parsed);
    if (own) this.pages.set(from, reduce(this.at(from), from, parsed, this.now));
    for (const to of reachable(this.at(from))) {
      const there = this.pages.get(to);
      if (there && permits(there, from, parsed)) this.pages.set(to, reduce(there, from, parsed, this.now));
    }
    return own;
  }

  does(who: string, command: Extract<Command, { type: `screen.${string}` }>): boolean {
    const state = this.at(who);
    const newId = () => String(++this.#ids).padStart(32, '0');
    const said: Said<ActivityMessage>[] = obeyActivity(state.activities, state, command, newId);
    return said.map(({ message }) => this.say(who, message)).every(Boolean);
  }

  asks(of = MIA): boolean {
    return this.does(ANN, { type: 'screen.ask', session: id('e'), of });
  }
  shares(who: string): boolean {
    const asked = this.shown(who).asked?.id;
    return this.say(who, startOf(this.at(who), String(++this.#ids).padStart(32, '0'), 'window', asked));
  }
  stops(who: string): boolean {
    return this.does(who, { type: 'screen.stop', session: id('e') });
  }

  /** The relay says who is here now, to all. */
  roster(change: (people: Participant[]) => Participant[]): void {
    this.#people = change(this.#people);
    this.#version += 1;
    for (const { id: who } of this.#people) {
      const before = this.pages.get(who) ?? openSession(rosterOf(who, this.#people, this.#version), pageOf(who));
      const applied = applyRoster(before, rosterOf(who, this.#people, this.#version));
      this.pages.set(who, settle(applied, this.now));
    }
  }
  passes(seconds: number): void {
    this.now += seconds * 1000;
    for (const [who, state] of this.pages) this.pages.set(who, settle(state, this.now));
  }
}

describe('screens', () => {
  test('SH1 the agent asks, the customer shows, both know, and one press ends it', () => {
    const desk = new Desk();
    expect(desk.asks()).toBe(true);
    expect(desk.shown(MIA).asked).toMatchObject({ name: 'Ann', seers: [{ name: 'Ann', customer: false }] });
    expect(desk.shown(ANN).asks).toMatchObject([{ of: { name: 'Mia' }, why: null }]);
    expect(desk.shares(MIA)).toBe(true);
    expect(desk.shown(MIA)).toMatchObject({ asked: null, mine: { surface: 'window', seers: [{ name: 'Ann' }] } });
    expect(desk.shown(ANN).others).toMatchObject([{ by: { name: 'Mia' }, toMe: true }]);
    expect(desk.stops(MIA)).toBe(true);
    expect(desk.shown(MIA).mine).toBeNull();
    expect(desk.shown(ANN)).toMatchObject({ others: [], asks: [{ why: 'stopped' }] });
  });

  test('SH2 no answer is a no after 30 s, on both sides; a no is a no; who asked may take it back', () => {
    const desk = new Desk();
    desk.asks();
    expect(nextDueActivity(desk.at(MIA).activities)).toBe(T0 + 30_000);
    desk.passes(29);
    expect(desk.shown(MIA).asked).not.toBeNull();
    desk.passes(1);
    expect(desk.shown(MIA).asked).toBeNull();
    expect(desk.shown(ANN).asks).toMatchObject([{ why: 'lapsed' }]);
    expect(desk.shares(MIA)).toBe(false);

    desk.asks();
    const asked = desk.shown(MIA).asked?.id ?? '';
    desk.does(MIA, { type: 'screen.refuse', session: id('e'), id: asked, why: 'refused' });
    expect(desk.shown(ANN).asks).toMatchObject([{ why: 'refused' }]);
    expect(desk.shares(MIA)).toBe(false);

    desk.asks();
    const again = desk.shown(MIA).asked?.id ?? '';
    desk.does(ANN, { type: 'screen.withdraw', session: id('e'), id: again });
    expect(desk.shown(MIA).asked).toBeNull();
    expect(desk.shares(MIA)).toBe(false);
  });

  test('SH2 who comes later sees nothing before a new OK; for those agreed to it goes on', () => {
    const desk = new Desk();
    desk.asks();
    desk.shares(MIA);
    desk.roster((people) => [...people, person(BOB, 'assistant')]);
    expect(desk.shown(MIA).mine).toMatchObject({ seers: [{ name: 'Ann' }], newcomers: [{ name: 'Bob' }] });
    expect(desk.does(MIA, { type: 'screen.show', session: id('e'), to: BOB, yes: true })).toBe(true);
    expect(desk.shown(MIA).mine).toMatchObject({ seers: [{ name: 'Ann' }, { name: 'Bob' }], newcomers: [] });
    expect(desk.shown(ANN).others).toMatchObject([{ toMe: true }]);
  });

  test('SH2 a newcomer who is told no is not asked about again', () => {
    const desk = new Desk();
    desk.asks();
    desk.shares(MIA);
    desk.roster((people) => [...people, person(BOB, 'assistant')]);
    desk.does(MIA, { type: 'screen.show', session: id('e'), to: BOB, yes: false });
    expect(desk.shown(MIA).mine).toMatchObject({ seers: [{ name: 'Ann' }], newcomers: [] });
  });

  test('SH2 consent is gone for whoever’s page reloaded: a viewer is asked about anew, a sharer shares no more', () => {
    const desk = new Desk();
    desk.asks();
    desk.shares(MIA);
    const reloads = (who: string) => (people: Participant[]) =>
      people.map((one) => (one.id === who ? { ...one, page: `${who.slice(0, 31)}2` } : one));
    desk.pages.set(ANN, { ...desk.at(ANN), page: `${ANN.slice(0, 31)}2` });
    desk.roster(reloads(ANN));
    expect(desk.shown(MIA).mine).toMatchObject({ seers: [], newcomers: [{ name: 'Ann' }] });
    expect(desk.shown(ANN).others).toMatchObject([{ toMe: false }]);
    desk.does(MIA, { type: 'screen.show', session: id('e'), to: ANN, yes: true });
    expect(desk.shown(ANN).others).toMatchObject([{ toMe: true }]);
    desk.pages.set(MIA, { ...desk.at(MIA), page: `${MIA.slice(0, 31)}2` });
    desk.roster(reloads(MIA));
    expect(desk.shown(MIA).mine).toBeNull();
    expect(desk.shown(ANN)).toMatchObject({ others: [], asks: [{ why: 'reloaded' }] });
  });

  test('SH1 only the primary asks, and in the newest epoch; nobody shares, stops or answers for another', () => {
    const desk = new Desk([...PEOPLE, person(BOB, 'assistant'), person(PIET, 'customer')]);
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
      expect(permits(desk.at(ANN), other, changeOf(share, 'monitor'))).toBe(false);
    }
  });

  test('SH1 the primary shares their own without asking anybody', () => {
    const desk = new Desk();
    expect(desk.shares(ANN)).toBe(true);
    expect(desk.shown(MIA).others).toMatchObject([{ by: { name: 'Ann' }, toMe: true }]);
    desk.roster((people) => people.filter((one) => one.id !== MIA));
    expect(desk.shown(ANN).mine).toMatchObject({ seers: [] });
  });
});
