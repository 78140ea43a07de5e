import type { JournalEntry, LinkStatus } from '../link/link.ts';
import type { Message } from '../session/message.ts';
import { permits } from '../session/session.ts';
import type { SessionControl } from './session-control.ts';
import type { SessionHost } from './session-host.ts';
import { hear, type Spoken } from './spoken.ts';
import { isGenuine, isPassedOn } from './trust.ts';

/** An entry that is a message, and who says so: whose link brought it, or for whom the primary passed it on. */
export type Heard = JournalEntry & { message: Message };

/** Somebody may send what nothing ever confirms: of more on one link, the rest is refused. Records cost most to check. */
const MOST_HELD = 500;
const MOST_RECORDS = 8;

/** Which entries of the journal count: each is judged once, when it arrives, and that is remembered over reloads. */
export class Judge {
  readonly #host: SessionHost;
  readonly #statuses: ReadonlyMap<string, LinkStatus>;
  readonly #control: SessionControl;
  /** Lines passed on whose writer the primary has still to introduce; records that the relay has still to confirm. */
  readonly #held: JournalEntry[] = [];

  constructor(host: SessionHost, statuses: ReadonlyMap<string, LinkStatus>, control: SessionControl) {
    this.#host = host;
    this.#statuses = statuses;
    this.#control = control;
  }

  /** A journal read again: what counts in it, and what was stored but not judged before the page went. */
  sort(entries: readonly JournalEntry[]): { counted: Heard[]; open: JournalEntry[] } {
    const { stored, me } = this.#host;
    const refused = new Set(stored.refused);
    const waiting = new Set(stored.waiting);
    const isOpen = ({ from, seq }: JournalEntry) => from !== me && (seq > stored.judged || waiting.has(seq));
    const kept = entries.filter(({ seq }) => !refused.has(seq));
    const counted = kept.flatMap((entry) => {
      const spoken = isOpen(entry) ? undefined : hear(entry.text);
      return spoken ? [{ ...entry, from: spoken.signed?.by ?? entry.from, message: spoken.message }] : [];
    });
    return { counted, open: kept.filter(isOpen) };
  }

  /** The entry as its message, if it counts; else the verdict is saved. */
  async judge(entry: JournalEntry): Promise<Heard | undefined> {
    const { stored, state } = this.#host;
    const { seq, text } = entry;
    const spoken = hear(text);
    const message = spoken?.message;
    const from = spoken?.signed?.by ?? entry.from;
    const genuine = spoken && permits(state, from, spoken.message) && (await this.#isGenuine(entry.from, from, spoken));
    stored.judged = Math.max(stored.judged, seq);
    stored.waiting = stored.waiting.filter((one) => one !== seq);
    if (message && genuine === 'yes') return { ...entry, from, message };
    const isOpen = genuine === 'unknown' || (message !== undefined && !genuine && this.#isBehind(entry.from, from));
    if (isOpen && this.#hasRoom(entry.from, message?.type === 'control')) {
      this.#held.push(entry);
      stored.waiting.push(seq);
    } else stored.refused.push(seq);
    await this.#host.save();
    return undefined;
  }

  async #isGenuine(link: string, from: string, { message, signed }: Spoken): Promise<'yes' | 'no' | 'unknown'> {
    const { state, signer } = this.#host;
    if (message.type === 'control') return this.#control.holds(link, message.controls);
    if (signed && from !== link) return isPassedOn(state, signer, link, signed);
    return isGenuine(state, this.#statuses, signer, from, message);
  }

  #hasRoom(link: string, isRecord: boolean): boolean {
    const held = this.#held.filter(({ from }) => from === link);
    const records = isRecord ? held.filter(({ text }) => hear(text)?.message.type === 'control') : [];
    return held.length < MOST_HELD && records.length < MOST_RECORDS;
  }

  /**
   * Something before it on that link is held: that they are in charge, as they say, or what the same writer said before.
   * What may not be said yet may be said then.
   */
  #isBehind(link: string, writer: string): boolean {
    return this.#held.some(({ from, text }) => {
      const before = from === link ? hear(text) : undefined;
      return before?.message.type === 'control' || before?.signed?.by === writer;
    });
  }

  /** Somebody was introduced, or the relay has said who is in charge: these can be judged again. */
  takeHeld(): JournalEntry[] {
    return this.#held.splice(0);
  }
}
