import type { Said } from '../../shared/activities/activity.ts';
import {
  type ActivityCommand,
  type ActivityMessage,
  isAmongAll,
  obeyActivity,
  showActivities,
  tellActivities,
} from '../../shared/activities/index.ts';
import type { Participant, Roster } from '../../shared/protocol/relay-api.ts';
import { type Message, parseMessage, writeMessage } from '../../shared/session/message.ts';
import {
  applyRoster,
  isActivity,
  openSession,
  permits,
  reachable,
  reduce,
  roleOf,
  type SessionState,
  settle,
} from '../../shared/session/session.ts';

export const id = (letter: string) => letter.repeat(32);
export const SESSION = id('e');
/** When it begins, ms. */
export const T0 = 1_000_000;

/** The page load somebody is on at first. */
function firstPage(who: string): string {
  return `${who.slice(0, 31)}1`;
}

export const person = (who: string, role: Participant['role'], name: string): Participant => ({
  id: who,
  role,
  name,
  state: 'present',
  since: 1,
  joinedAt: 1,
  way: 'link',
  page: firstPage(who),
});

/** A session as the relay tells it, in its first epoch and version if nothing else is said. */
export function rosterOf(you: string, participants: Participant[], more: Partial<Roster> = {}): Roster {
  return {
    id: SESSION,
    number: '4182057730',
    mode: 'single',
    epoch: 1,
    phase: 'open',
    startedAt: 0,
    desk: 'Acme',
    you,
    participants,
    knocks: [],
    controls: [],
    version: 1,
    now: 0,
    limits: {
      chatWait: 2,
      consentWait: 30,
      primaryLost: 60,
      fileBytes: 1e10,
      blockedFileTypes: ['exe'],
      reloadGrace: 10,
      agentKeeps: 86_400,
    },
    ...more,
  };
}

/** Everybody's own page of one session, without links: what one says reaches all, at once, if they permit it. */
export class Desk {
  readonly pages = new Map<string, SessionState>();
  #people: Participant[];
  #version = 1;
  #ids = 0;
  now = T0;

  constructor(people: Participant[]) {
    this.#people = people;
    for (const { id: who } of people) this.pages.set(who, openSession(rosterOf(who, people), firstPage(who)));
  }

  at(who: string): SessionState {
    const state = this.pages.get(who);
    if (!state) throw new Error('not here');
    return state;
  }
  shown(who: string) {
    const state = this.at(who);
    return showActivities(state.activities, state);
  }
  newId(): string {
    this.#ids += 1;
    return String(this.#ids).padStart(32, '0');
  }

  /** @returns whether the speaker's own page permits it */
  say(from: string, message: Message): boolean {
    const parsed = parseMessage(writeMessage(message));
    if (!parsed) throw new Error(`not a message: ${writeMessage(message)}`);
    const own = permits(this.at(from), from, parsed);
    if (own) this.pages.set(from, reduce(this.at(from), from, parsed, this.now));
    const forAll = isActivity(parsed) && isAmongAll(parsed.type); // the primary passes it on
    const hearers = forAll ? [...this.pages.keys()].filter((to) => to !== from) : reachable(this.at(from));
    for (const to of hearers) this.#hears(to, from, parsed);
    return own;
  }

  #hears(to: string, from: string, message: Message): void {
    const there = this.pages.get(to);
    if (there && permits(there, from, message)) this.pages.set(to, reduce(there, from, message, this.now));
  }

  /** `from` tells a newcomer what goes on. */
  tells(from: string, to: string): void {
    const state = this.at(from);
    const kind = roleOf(state, to) === 'customer' ? 'customer' : 'agent';
    for (const message of tellActivities(state.activities, state, kind)) this.#hears(to, from, message);
  }

  /** The primary has introduced these to each other. */
  introduced(by: string, people: string[], proven: boolean): void {
    for (const to of people) {
      const others = people.filter((who) => who !== to);
      for (const who of others) {
        const seen = { signingKey: 'k'.repeat(87), fingerprints: [Array(32).fill('AA').join(':')] };
        this.#hears(to, by, { v: 1, type: 'introduction', epoch: 1, to, who, ...seen, proven });
      }
    }
  }

  does(who: string, command: ActivityCommand): boolean {
    const state = this.at(who);
    const said: Said<ActivityMessage>[] = obeyActivity(state.activities, state, command, () => this.newId());
    return said.map(({ message }) => this.say(who, message)).every(Boolean);
  }

  /** The relay says who is here now, to all. */
  roster(change: (people: Participant[]) => Participant[]): void {
    this.#people = change(this.#people);
    this.#version += 1;
    for (const { id: who } of this.#people) {
      const roster = rosterOf(who, this.#people, { version: this.#version });
      const before = this.pages.get(who) ?? openSession(roster, firstPage(who));
      this.pages.set(who, applyRoster(before, roster, this.now));
    }
  }

  /** Another page load: what is kept is there again, and the relay tells all. */
  reloads(who: string): void {
    const page = `${who.slice(0, 31)}2`;
    this.pages.set(who, { ...this.at(who), page });
    this.roster((people) => people.map((one) => (one.id === who ? { ...one, page } : one)));
  }

  passes(seconds: number): void {
    this.now += seconds * 1000;
    for (const [who, state] of this.pages) this.pages.set(who, settle(state, this.now));
  }
}
