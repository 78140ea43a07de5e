import type { Identity } from './identity.ts';
import type { JournalEntry, LinkStatus } from './link.ts';
import type { Media } from './media.ts';

/** What the link to one participant needs of its session, and whom it tells. */
export interface PairContext {
  id: string; // own participant id
  page: string;
  life: string;
  identity: Pick<Identity, 'signingKey' | 'public'>;
  /** Begins a dial when the socket is open; `false` when it is not. The wire comes to `adopt` later. */
  dial(): boolean;
  /** A dial got no answer at all: perhaps the socket is dead and does not know. */
  doubt(): void;
  received(entry: JournalEntry): void;
  passed(text: string): void;
  status(status: LinkStatus): void;
  acknowledged(seqs: readonly number[]): void;
  lostStore(): void;
  /** What is sent and received beside text. */
  media: Media;
}
