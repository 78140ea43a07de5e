import type { SessionLinks } from '../link/link.ts';
import type { Act } from '../protocol/permissions.ts';
import type { Participant } from '../protocol/relay-api.ts';
import type { Message } from '../session/message.ts';
import type { SessionState } from '../session/session.ts';
import type { StoredSession } from './page-store.ts';
import type { Signer } from './trust.ts';

/** What the parts of a session's client (session-chat.ts, …) have of it: `post` and `save` only in turn. */
export interface SessionHost {
  readonly state: SessionState;
  readonly me: string;
  /** This machine's clock minus the relay's, ms. */
  readonly skew: number;
  readonly links: SessionLinks;
  readonly signer: Signer;
  /** Kept with the session, by `save`. */
  readonly stored: Omit<StoredSession, 'roster' | 'touchedAt'>;
  /** One thing at a time: nothing overtakes an unfinished write. */
  inTurn(work: () => Promise<void>): Promise<void>;
  /** Stores an own message, sends it to `to`, and reduces it here. */
  post(message: Message, to: readonly string[]): Promise<void>;
  save(): Promise<void>;
  /** Throws `session-ended` when this page is not in the session (any more). */
  mustBeHere(): Participant;
  /** Throws `forbidden` when one's role may not. */
  mustBeAllowed(act: Act): void;
  /** Something shown has changed. */
  changed(): void;
}
