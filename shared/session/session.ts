import { type Facts, helpedIn, person as participant, roleIn as roleOf } from '../activities/activity.ts';
import { isShut } from '../activities/compare.ts';
import {
  type ActivityMessage,
  permitsActivity,
  reduceActivity,
  START,
  type States,
  settleActivities,
} from '../activities/index.ts';
import { CONTROLS, type Control } from '../protocol/control.ts';
import { type Act, MANAGEMENT, may } from '../protocol/permissions.ts';
import type { EndedWhy, Participant, Roster } from '../protocol/relay-api.ts';
import type { Introduction, Message } from './message.ts';
import type { Note } from './note.ts';

export { participant, roleOf };

/** A session as one page knows it: the relay's roster, and what came over the links. */
export interface SessionState extends Facts {
  /** Who is in charge, as this page itself has checked (TC6): the roster's roles are brought in line with it. */
  primary: string | undefined;
  /** Who was in charge when this page first heard of the session, and the records it has followed since. */
  anchor: Anchor;
  followed: readonly Control[];
  /** By participant: what the primary vouched for. */
  introductions: Readonly<Record<string, Introduction>>;
  /** By `to>who`: what this page, as primary, has vouched for. */
  introduced: Readonly<Record<string, Introduction>>;
  activities: States;
  /** `before`: how many lines of chat had been shown live. */
  notes: readonly (Note & { at: number; before: number })[];
  ended: Ended | undefined;
}

export interface Ended {
  why: EndedWhy | 'removed' | 'left' | 'not connected';
  by?: string | undefined;
  at: number;
}

/** Who was in charge, or was given it to keep, when a page first heard of a session: for that it has the relay's word alone. */
export interface Anchor {
  epoch: number;
  primary: string | undefined;
  keeper: string | undefined;
}

export function anchorOf({ epoch, participants, controls }: Roster): Anchor {
  const last = controls.at(-1);
  const keeper = last?.why === 'offered' && last.epoch === epoch ? last.to : undefined;
  const primary = participants.find(({ role }) => role === 'primary')?.id;
  return { epoch, primary: keeper === undefined ? primary : undefined, keeper };
}

/** `page`: this page load. `anchor`: as it was at this page's first load; what followed is in the journal. */
export function openSession(roster: Roster, page: string, anchor: Anchor = anchorOf(roster)): SessionState {
  return {
    roster: inCharge(roster, anchor.primary),
    ...anchor,
    anchor,
    followed: [],
    page,
    helping: undefined,
    handed: undefined,
    lost: false,
    introductions: {},
    introduced: {},
    activities: START,
    notes: [],
    ended: roster.ended,
  };
}

export function primaryOf(state: SessionState): Participant | undefined {
  return state.roster.participants.find(({ role }) => role === 'primary');
}

/** Which stay of somebody's in the session: who comes back after they were out begins another. */
export const stayOf = ({ id, joinedAt }: Pick<Participant, 'id' | 'joinedAt'>): string => `${id} in ${joinedAt}`;

/** Of somebody who is in, or was. */
export function nameIn(state: SessionState, id: string): string {
  return participant(state, id)?.name ?? state.notes.find(({ who }) => who === id)?.name ?? '';
}

/** To whom the session may be given into keeping (TS5): the customer who is helped first, then as they came. */
export function keepersFor(state: SessionState): string[] {
  const present = state.roster.participants.filter((one) => one.role === 'customer' && one.state === 'present');
  const helped = helpedIn(state);
  return present.map(({ id }) => id).sort((a, b) => Number(b === helped) - Number(a === helped));
}

/**
 * Who keeps the session while it is offered (TS5): the customer whom the record names, or to whom by the relay's word
 * that one's place has passed.
 */
export function keeperIn({ keeper, epoch, roster }: SessionState): string | undefined {
  if (keeper === undefined) return undefined;
  return (roster.epoch === epoch ? roster.offer?.keeper : undefined) ?? keeper;
}

/**
 * Everybody a kept message can go to: all but oneself, customers not to customers, nobody whose code did not match, and
 * no primary who is no agent any more: theirs may be a page that does not let go by itself (EN3). So the relay can cut
 * them off, as it can anybody by leaving them out of the roster; who is in charge next is not for it to say (TC6).
 */
export function reachable(state: SessionState): string[] {
  const { you, participants } = state.roster;
  const mine = roleOf(state, you);
  return participants
    .filter(({ id, role }) => id !== you && !(mine === 'customer' && role === 'customer'))
    .filter(({ role, state: now }) => !(role === 'primary' && now === 'gone'))
    .filter(({ id }) => !isShut(state.activities.compare, state, id))
    .map(({ id }) => id);
}

type Own = Exclude<Message, ActivityMessage>;
const ACT_OF: Record<Exclude<Own['type'], 'note' | 'control'>, Act> = {
  introduction: 'introduce',
  ended: 'end',
  removed: 'remove',
  left: 'leave',
  helping: 'select',
};

export function isActivity(message: Message): message is ActivityMessage {
  return message.type.includes('.');
}

/**
 * Whether `from` may say this here: "who may what" judged where it is done, whatever the relay let through. What is
 * refused changes nothing.
 */
export function permits(state: SessionState, from: string, message: Message): boolean {
  const role = roleOf(state, from);
  if (!role || state.ended || message.type === 'note') return false;
  if (isShut(state.activities.compare, state, from)) return false;
  if (isActivity(message)) return permitsActivity(state.activities, state, from, message);
  if (message.type === 'control') return true; // whoever brings it: the signatures count
  const act = ACT_OF[message.type];
  if (!may(role, act)) return false;
  if (MANAGEMENT.has(act) && 'epoch' in message && message.epoch < state.epoch) return false;
  if (message.type === 'helping') return roleOf(state, message.who) === 'customer';
  if (message.type === 'removed') return message.joinedAt >= (participant(state, message.who)?.joinedAt ?? 0);
  return message.type !== 'introduction' || (message.to === state.roster.you && message.who !== state.roster.you);
}

/** One kept message, own or permitted, at `at` ms. Pure; the same journal gives the same state. */
export function reduce(before: SessionState, from: string, message: Message, at: number): SessionState {
  const state = settle(before, at);
  if (isActivity(message)) {
    // What was said on a page that is gone by now is over at once.
    return settle({ ...state, activities: reduceActivity(state.activities, state, from, message, at) }, at);
  }
  const own = from === state.roster.you;
  switch (message.type) {
    case 'introduction':
      return own
        ? { ...state, introduced: { ...state.introduced, [`${message.to}>${message.who}`]: message } }
        : { ...state, introductions: { ...state.introductions, [message.who]: vouched(state, message) } };
    case 'helping': {
      if (helpedIn(state) === message.who) return state; // selecting the selected does nothing (PA3)
      return settle({ ...state, helping: { who: message.who, at } }, at);
    }
    case 'control':
      return message.controls.reduce(
        (now, control) => handOver(now, control, at),
        own && message.instead !== undefined ? rewound(state, message.instead) : state,
      );
    case 'ended':
      return { ...state, ended: { why: 'ended', by: participant(state, from)?.name, at } };
    case 'removed':
      return message.who === state.roster.you
        ? { ...state, ended: { why: 'removed', by: participant(state, from)?.name, at } }
        : state;
    case 'left':
      return own ? { ...state, ended: { why: 'left', by: participant(state, from)?.name, at } } : state;
    case 'note': {
      const { shown, earlier } = state.activities.chat.lines;
      return { ...state, notes: [...state.notes, { ...message, at, before: shown.length - earlier }] };
    }
    default:
      return message satisfies never;
  }
}

/**
 * The next record: somebody else is in charge, or, of an offer, nobody (TS4); what ran is over (TC2, TC4). Any other
 * changes nothing.
 */
function handOver(state: SessionState, control: Control, at: number): SessionState {
  const { epoch, by, to, why } = control;
  if (epoch !== state.epoch + 1) return state;
  const charge = chargeBy(control);
  const { shown, earlier } = state.activities.chat.lines;
  const name = nameIn(state, by);
  const note: Note = { v: 1, type: 'note', what: why, who: by, name, to, key: `epoch ${epoch}` };
  return settle(
    {
      ...state,
      ...charge,
      followed: [...state.followed, control].slice(-CONTROLS),
      roster: inCharge(state.roster, charge.primary),
      handed: { by, to, why, at },
      helping: why === 'accepted' ? { who: by, at } : state.helping, // as who accepts knows of nobody else
      introduced: {}, // the new primary vouches for what it has seen itself
      notes: [...state.notes, { ...note, at, before: shown.length - earlier }],
    },
    at,
  );
}

/** Who was in charge before that epoch; `undefined`: this page does not know. */
export function inChargeBefore({ anchor, followed }: SessionState, epoch: number): Anchor | undefined {
  if (anchor.epoch === epoch - 1) return anchor;
  const last = followed.find((one) => one.epoch === epoch - 1);
  return last && chargeBy(last);
}

/** Who is in charge by that record, or keeps the session while it is offered. */
export function chargeBy({ epoch, why, to }: Control): Anchor {
  const offered = why === 'offered';
  return { epoch, primary: offered ? undefined : to, keeper: offered ? to : undefined };
}

/** As if nothing had been heard of what was in force from that epoch on. */
function rewound(state: SessionState, epoch: number): SessionState {
  const known = inChargeBefore(state, epoch);
  if (!known || epoch > state.epoch) return state;
  const isOf = ({ key }: Note) => Number(/^epoch (\d+)$/.exec(key)?.[1]) >= epoch;
  return {
    ...state,
    ...known,
    followed: state.followed.filter((one) => one.epoch < epoch),
    notes: state.notes.filter((note) => !isOf(note)),
  };
}

/**
 * Over here, and not so by the relay's `roster`: in again since (AS1), put in charge before it heard of the leaving, or
 * ended or removed by who was not in charge any more (TC6).
 */
export function isLeftBehind({ ended, epoch, roster: known }: SessionState, roster: Roster): boolean {
  if (!ended || roster.phase === 'ended') return false;
  const [now, then] = [roster, known].map((one) => one.participants.find(({ id }) => id === one.you));
  if ((now?.joinedAt ?? 0) > (then?.joinedAt ?? 0)) return true;
  if (!now || roster.epoch <= epoch) return false;
  if (ended.why === 'left' || ended.why === 'not connected') return now.role === 'primary';
  return ended.why === 'ended' || ended.why === 'removed';
}

/** From when on the primary who is away is lost (EN3), in the relay's time (ms); a page linked with them knows better. */
export function lostAt(state: SessionState): number | undefined {
  const primary = primaryOf(state);
  if (!primary || primary.state === 'present') return undefined;
  // A primary who is gone is no agent any more, and never comes back.
  return primary.since + (primary.state === 'gone' ? 0 : state.roster.limits.primaryLost * 1000);
}

/** The roster with that primary and no other. */
function inCharge(roster: Roster, primary: string | undefined): Roster {
  const role = (one: Participant) => (one.id === primary ? 'primary' : one.role === 'primary' ? 'assistant' : one.role);
  return { ...roster, participants: roster.participants.map((one) => ({ ...one, role: role(one) })) };
}

/** What was vouched for as proven stays so when a new primary, who has not compared it, vouches for the very same. */
function vouched({ introductions }: SessionState, message: Introduction): Introduction {
  const before = introductions[message.who];
  const same = before?.signingKey === message.signingKey && before.fingerprints.join() === message.fingerprints.join();
  return same && before.proven ? { ...message, proven: true } : message;
}

/** Time has passed (ms), or the roster is another. */
export function settle(state: SessionState, now: number): SessionState {
  const activities = settleActivities(state.activities, state, now);
  return activities === state.activities ? state : { ...state, activities };
}

/**
 * The relay's newest word on who is in, heard at `at` ms; an older one than what is known changes nothing. Who has left
 * meanwhile and come in again is somebody new: what they did before is over, as if their leaving had been heard of.
 */
export function applyRoster(before: SessionState, roster: Roster, at: number): SessionState {
  if (roster.version < before.roster.version) return before;
  const stays = new Set(roster.participants.map(stayOf));
  const stayed = before.roster.participants.filter((one) => stays.has(stayOf(one)));
  const state = settle({ ...before, roster: { ...before.roster, participants: stayed } }, at);
  const participants = roster.participants.map((one) => {
    // By which invitation somebody came is said once: a relay cannot take back that a key must be shown (SE1).
    const known = participant(state, one.id);
    if (known?.invitation === undefined) return one;
    return { ...one, invitation: known.invitation, invitedBy: known.invitedBy };
  });
  const now = inCharge({ ...roster, participants }, state.primary);
  return settle({ ...state, roster: now, ended: state.ended ?? roster.ended }, at);
}
