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
import { type Act, MANAGEMENT, may } from '../protocol/permissions.ts';
import type { EndedWhy, Participant, Roster } from '../protocol/relay-api.ts';
import type { Introduction, Message, Note } from './message.ts';

export { participant, roleOf };

/** A session as one page knows it: the relay's roster, and what came over the links. */
export interface SessionState extends Facts {
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
  why: EndedWhy | 'removed' | 'left';
  by?: string | undefined;
  at: number;
}

/** `page`: this page load. */
export function openSession(roster: Roster, page: string): SessionState {
  return {
    roster,
    epoch: roster.epoch,
    page,
    helping: undefined,
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

/** Everybody a kept message can go to: all but oneself, customers not to customers, and nobody whose code did not match. */
export function reachable(state: SessionState): string[] {
  const { you, participants } = state.roster;
  const mine = roleOf(state, you);
  return participants
    .filter(({ id, role }) => id !== you && !(mine === 'customer' && role === 'customer'))
    .filter(({ id }) => !isShut(state.activities.compare, state, id))
    .map(({ id }) => id);
}

type Own = Exclude<Message, ActivityMessage>;
const ACT_OF: Record<Exclude<Own['type'], 'note'>, Act> = {
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
  const act = ACT_OF[message.type];
  if (!may(role, act)) return false;
  if (MANAGEMENT.has(act) && 'epoch' in message && message.epoch < state.epoch) return false;
  if (message.type === 'helping') return roleOf(state, message.who) === 'customer';
  return message.type !== 'introduction' || (message.to === state.roster.you && message.who !== state.roster.you);
}

/** One kept message, own or permitted, at `at` ms. Pure; the same journal gives the same state. */
export function reduce(before: SessionState, from: string, message: Message, at: number): SessionState {
  const state = settle(before, at);
  if (isActivity(message)) {
    return { ...state, activities: reduceActivity(state.activities, state, from, message, at) };
  }
  const own = from === state.roster.you;
  switch (message.type) {
    case 'introduction':
      return own
        ? { ...state, introduced: { ...state.introduced, [`${message.to}>${message.who}`]: message } }
        : { ...state, epoch: message.epoch, introductions: { ...state.introductions, [message.who]: message } };
    case 'helping': {
      if (helpedIn(state) === message.who) return state; // selecting the selected does nothing (PA3)
      return settle({ ...state, helping: { who: message.who, at } }, at);
    }
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

/** Time has passed (ms), or the roster is another. */
export function settle(state: SessionState, now: number): SessionState {
  const activities = settleActivities(state.activities, state, now);
  return activities === state.activities ? state : { ...state, activities };
}

/** The relay's newest word on who is in; an older one than what is known changes nothing. */
export function applyRoster(state: SessionState, roster: Roster): SessionState {
  if (roster.version < state.roster.version) return state;
  const participants = roster.participants.map((one) => {
    // By which invitation somebody came is said once: a relay cannot take back that a key must be shown (SE1).
    const before = participant(state, one.id);
    const came = before?.joinedAt === one.joinedAt ? before.invitation : undefined;
    return came === undefined ? one : { ...one, invitation: came };
  });
  return {
    ...state,
    roster: { ...roster, participants },
    epoch: Math.max(state.epoch, roster.epoch),
    ended: state.ended ?? roster.ended,
  };
}
