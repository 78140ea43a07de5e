import { addLine, addTranscript, type ChatState, type Line, NO_CHAT, releaseDue } from '../activities/chat.ts';
import { type Act, MANAGEMENT, may, type Role } from '../protocol/permissions.ts';
import type { EndedWhy, Participant, Roster } from '../protocol/relay-api.ts';
import type { Introduction, Message, Note } from './message.ts';

/** A session as one page knows it: the relay's roster, and what came over the links. */
export interface SessionState {
  roster: Roster;
  /** The newest epoch heard, over whichever way. */
  epoch: number;
  /** By participant: what the primary vouched for. */
  introductions: Readonly<Record<string, Introduction>>;
  /** By `to>who`: what this page, as primary, has vouched for. */
  introduced: Readonly<Record<string, Introduction>>;
  chat: ChatState;
  /** Lines of a transcript whose last part has not come. */
  transcript: readonly Line[];
  /** To whom this page has shown the earlier chat. */
  shownEarlier: readonly string[];
  /** This side had lost what it kept when the page opened: it may be given back what was said (RE1). */
  lost: boolean;
  notes: readonly (Note & { at: number; before: number })[];
  ended: Ended | undefined;
}

export interface Ended {
  why: EndedWhy | 'removed' | 'left';
  by?: string | undefined;
  at: number;
}

export function openSession(roster: Roster): SessionState {
  return {
    roster,
    epoch: roster.epoch,
    introductions: {},
    introduced: {},
    chat: NO_CHAT,
    transcript: [],
    shownEarlier: [],
    lost: false,
    notes: [],
    ended: roster.ended,
  };
}

export function participant(state: SessionState, id: string): Participant | undefined {
  return state.roster.participants.find((one) => one.id === id);
}

export function roleOf(state: SessionState, id: string): Role | undefined {
  return participant(state, id)?.role;
}

export function primaryOf(state: SessionState): Participant | undefined {
  return state.roster.participants.find(({ role }) => role === 'primary');
}

/** Everybody a kept message can go to: all but oneself, and customers not to customers. */
export function reachable(state: SessionState): string[] {
  const { you, participants } = state.roster;
  const mine = roleOf(state, you);
  return participants
    .filter(({ id, role }) => id !== you && !(mine === 'customer' && role === 'customer'))
    .map(({ id }) => id);
}

const ACT_OF: Record<Exclude<Message['type'], 'chat.transcript' | 'note'>, Act> = {
  introduction: 'introduce',
  'chat.line': 'chat',
  ended: 'end',
  removed: 'remove',
  left: 'leave',
};

/**
 * Whether `from` may say this here: "who may what" judged where it is done, whatever the relay let through. What is
 * refused changes nothing.
 */
export function permits(state: SessionState, from: string, message: Message): boolean {
  const role = roleOf(state, from);
  if (!role || state.ended) return false;
  if (message.type === 'note') return false;
  if (message.type === 'chat.transcript') return permitsTranscript(state, from, role, message);
  const act = ACT_OF[message.type];
  if (!may(role, act)) return false;
  if (MANAGEMENT.has(act) && 'epoch' in message && message.epoch < state.epoch) return false;
  if (message.type === 'introduction') return message.to === state.roster.you && message.who !== state.roster.you;
  return message.type !== 'chat.line' || permitsLine(state, from, role, message.line);
}

/**
 * One's own line under one's own name, to the group or to this page; or a customer's group line that the primary passes
 * on to a customer.
 */
function permitsLine(state: SessionState, from: string, role: Role, line: Line): boolean {
  const mine = roleOf(state, state.roster.you);
  if (line.writer === from) {
    if (line.name !== participant(state, from)?.name) return false;
    return line.to === undefined || (line.to === state.roster.you && !(role === 'customer' && mine === 'customer'));
  }
  return role === 'primary' && line.to === undefined && mine === 'customer' && line.writer !== state.roster.you;
}

function permitsTranscript(
  state: SessionState,
  from: string,
  role: Role,
  message: Extract<Message, { type: 'chat.transcript' }>,
): boolean {
  const { you } = state.roster;
  if (message.to !== you) return false;
  if (message.why === 'earlier') {
    return may(role, 'show earlier chat') && message.epoch >= state.epoch && roleOf(state, you) !== 'customer';
  }
  const between = ({ writer, to }: Line) =>
    to === undefined || (to === you && writer === from) || (to === from && writer === you);
  return state.lost && message.lines.every(between);
}

/** One kept message, own or permitted, at `at` ms. Pure; the same journal gives the same state. */
export function reduce(state: SessionState, from: string, message: Message, at: number): SessionState {
  const chat = releaseDue(state.chat, at);
  const next = chat === state.chat ? state : { ...state, chat };
  const own = from === state.roster.you;
  switch (message.type) {
    case 'introduction':
      return own
        ? { ...next, introduced: { ...next.introduced, [`${message.to}>${message.who}`]: message } }
        : { ...next, epoch: message.epoch, introductions: { ...next.introductions, [message.who]: message } };
    case 'chat.line':
      return { ...next, chat: addLine(chat, message.line, at, own ? 0 : state.roster.limits.chatWait * 1000) };
    case 'chat.transcript':
      if (own)
        return message.last && message.why === 'earlier'
          ? { ...next, shownEarlier: [...next.shownEarlier, message.to] }
          : next;
      return receiveTranscript(next, message);
    case 'ended':
      return { ...next, ended: { why: 'ended', by: participant(state, from)?.name, at } };
    case 'removed':
      return message.who === state.roster.you
        ? { ...next, ended: { why: 'removed', by: participant(state, from)?.name, at } }
        : next;
    case 'left':
      return own ? { ...next, ended: { why: 'left', by: participant(state, from)?.name, at } } : next;
    case 'note':
      return { ...next, notes: [...next.notes, { ...message, at, before: chat.shown.length }] };
    default:
      return message satisfies never;
  }
}

function receiveTranscript(state: SessionState, part: Extract<Message, { type: 'chat.transcript' }>): SessionState {
  const transcript = [...state.transcript, ...part.lines];
  if (!part.last) return { ...state, transcript };
  const chat = addTranscript(state.chat, transcript);
  const earlier = chat.shown.length - state.chat.shown.length;
  return {
    ...state,
    transcript: [],
    chat,
    notes: state.notes.map((note) => ({ ...note, before: note.before + earlier })),
  };
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
