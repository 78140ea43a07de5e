import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { Invitation, Language } from '../../shared/protocol/relay-api.ts';
import type { Send, SessionView, Snapshot } from '../../shared/session/view.ts';

/** The relay does not answer since `since` (ms); the site goes on trying, and says so after two seconds. */
export interface Trouble {
  code: ErrorCode;
  since: number;
}

/** How far **Join** is. */
export type Joining =
  | { is: 'not yet' }
  | { is: 'sending'; trouble: Trouble | undefined }
  | { is: 'refused'; code: ErrorCode; retryAfter: number | undefined };

/** How far "I did not ask for this" is (JO6). */
export type Reporting = { is: 'no' } | { is: 'asking' } | { is: 'sending'; trouble: Trouble | undefined };

/** A session as this page holds it. */
export interface Conversation {
  snapshot: ReadonlySignal<Snapshot>;
  send: Send;
  /** The Remote Support page; it comes with the conversation, not before. */
  draw(props: { desk: string; onLanguage(language: Language): void }): ComponentChild;
  /** Lets go of links and relay: the page goes, or another tab goes on. May be called twice. */
  close(): Promise<void>;
  /** What was received and may still be saved, until this page goes; `null`: nothing. */
  drawReceived(): ComponentChild;
  /** It has ended: gives the last words time to arrive, then deletes all that was kept here but those files (RE1). */
  finish(): Promise<void>;
}

/** Where the customer is, from opening an address to the end. */
export type Visit =
  | { is: 'insecure' }
  | { is: 'support'; link: string | undefined } // a representative's invitation, when it was one
  | { is: 'starting'; trouble: Trouble | undefined }
  | { is: 'over'; why: 'bad link' | 'invitation over' }
  | { is: 'number'; joining: Joining }
  | { is: 'invitation'; invitation: Invitation; joining: Joining; reporting: Reporting }
  | { is: 'reported' }
  | { is: 'waiting'; since: number; trouble: Trouble | undefined }
  | { is: 'refused' } // a used link's knock; a number's goes back to the form with the same sentence as a wrong one
  | { is: 'session'; conversation: Conversation }
  | { is: 'elsewhere'; asking: boolean }
  | { is: 'ended'; ended: Ended; received: ComponentChild };

/** `unknown`: it was over when this browser came back. */
export type Ended = NonNullable<SessionView['ended']> | { why: 'unknown'; by: undefined };

const LEADS_TO: Record<Visit['is'], readonly Visit['is'][]> = {
  insecure: [],
  support: [],
  starting: [
    'starting',
    'insecure',
    'support',
    'over',
    'number',
    'invitation',
    'waiting',
    'refused',
    'session',
    'elsewhere',
    'ended',
  ],
  over: [],
  number: ['number', 'waiting', 'session'],
  invitation: ['invitation', 'waiting', 'session', 'reported', 'over'],
  reported: [],
  waiting: ['waiting', 'session', 'refused', 'number', 'starting', 'elsewhere'],
  refused: ['starting'],
  session: ['session', 'elsewhere', 'ended'],
  elsewhere: ['elsewhere', 'starting'],
  ended: ['starting'],
};

/** `to`, if the life of a visit leads there from `from`; anything else is a mistake of ours. */
export function follow(from: Visit, to: Visit): Visit {
  if (!LEADS_TO[from.is].includes(to.is)) throw new Error(`a visit does not lead from ${from.is} to ${to.is}`);
  return to;
}

/** The same trouble keeps its beginning: what is said after two seconds does not start anew with each try. */
export function stillTrouble(before: Trouble | undefined, code: ErrorCode, now: number): Trouble {
  return { code, since: before?.since ?? now };
}

/** The session a customer's page shows: the one that lives; moved to another (PA4), the newest. */
export function shownSession(snapshot: Snapshot): SessionView | undefined {
  return snapshot.sessions.findLast((session) => session.phase !== 'ended') ?? snapshot.sessions.at(-1);
}

/** How a conversation has ended, if it has. Coming back to one that is over, there is nothing but the relay's silence. */
export function endOf(snapshot: Snapshot): Ended | undefined {
  const session = shownSession(snapshot);
  if (session?.ended) return session.ended;
  const over = snapshot.relay.is === 'signed out' || (snapshot.relay.is === 'online' && !session);
  return over ? { why: 'unknown', by: undefined } : undefined;
}
