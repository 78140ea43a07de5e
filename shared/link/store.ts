import type { JournalEntry } from './link.ts';

/** What a page must find again after a reload: one for a page, all sessions in it. */
export interface LinkStore {
  /** Everything of a session; makes an empty one (with a new life) where there is none. */
  open(session: string): Promise<StoredSession>;
  /**
   * Appends an entry of one's own and, in the same transaction, numbers it for each of `to`. `numbers` has, for each
   * of them, the entry's place in the line to that peer.
   */
  post(session: string, from: string, text: string, to: readonly string[]): Promise<Posted>;
  /**
   * Appends a peer's entry and moves the cursor, in one transaction. `undefined` when `n` is not the one after the
   * cursor, or the peer's stored state is not `life`: then nothing changes.
   */
  receive(session: string, peer: string, life: string, n: number, text: string): Promise<JournalEntry | undefined>;
  /** The peer has stored everything up to `n`. */
  acknowledge(session: string, peer: string, n: number): Promise<void>;
  /**
   * The peer's stored state is `life`. If another was known, that one is gone: what waits is numbered anew from 1 and
   * the cursor goes back to 0.
   */
  meet(session: string, peer: string, life: string): Promise<StoredPeer>;
  /** The peer has shown the invitation's key: from now on it must. */
  trust(session: string, peer: string): Promise<void>;
  forget(session: string): Promise<void>;
  /** Deletes every session in which nothing was stored since `before` (ms). Returns their ids. */
  forgetOlder(before: number): Promise<string[]>;
}

export interface StoredSession {
  /** Names this stored state: another one means that the former was lost. 32 hex digits. */
  life: string;
  entries: JournalEntry[];
  peers: StoredPeer[];
}

export interface StoredPeer {
  peer: string;
  life: string | undefined;
  /** It has shown the invitation's key once. */
  trusted: boolean;
  /** How much of theirs is stored here. */
  received: number;
  /** How much has been numbered for them. */
  sent: number;
  /** Not acknowledged yet, in order. `seq` is the entry's place in the journal. */
  waiting: Waiting[];
}

export interface Waiting {
  n: number;
  seq: number;
  text: string;
}

export interface Posted {
  entry: JournalEntry;
  numbers: { peer: string; n: number }[];
}
