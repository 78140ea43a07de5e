import type { JournalEntry, LinkStatus } from '../link/link.ts';
import { type Message, parseMessage } from '../session/message.ts';
import { permits } from '../session/session.ts';
import type { SessionControl } from './session-control.ts';
import type { SessionHost } from './session-host.ts';
import { isGenuine } from './trust.ts';

/** Which entries of the journal count: each is judged once, when it arrives, and that is remembered over reloads. */
export class Judge {
  readonly #host: SessionHost;
  readonly #statuses: ReadonlyMap<string, LinkStatus>;
  readonly #control: SessionControl;
  /** Lines passed on by the primary whose writer it has still to introduce. */
  readonly #held: JournalEntry[] = [];

  constructor(host: SessionHost, statuses: ReadonlyMap<string, LinkStatus>, control: SessionControl) {
    this.#host = host;
    this.#statuses = statuses;
    this.#control = control;
  }

  /** A journal read again: what counts in it, and what was stored but not judged before the page went. */
  sort(entries: readonly JournalEntry[]): { counted: (JournalEntry & { message: Message })[]; open: JournalEntry[] } {
    const { stored, me } = this.#host;
    const refused = new Set(stored.refused);
    const waiting = new Set(stored.waiting.splice(0));
    const parsed = entries.flatMap((entry) => {
      const message = refused.has(entry.seq) ? undefined : parseMessage(entry.text);
      return message ? [{ ...entry, message }] : [];
    });
    const isOpen = ({ from, seq }: JournalEntry) => from !== me && (seq > stored.judged || waiting.has(seq));
    return { counted: parsed.filter((entry) => !isOpen(entry)), open: parsed.filter(isOpen) };
  }

  /** The message, if it counts; else the verdict is saved. */
  async judge(entry: JournalEntry): Promise<Message | undefined> {
    const { stored, state } = this.#host;
    const { seq, from, text } = entry;
    const message = parseMessage(text);
    const genuine = message && permits(state, from, message) && (await this.#isGenuine(from, message));
    stored.judged = Math.max(stored.judged, seq);
    if (message && genuine === 'yes') return message;
    if (genuine === 'unknown') {
      this.#held.push(entry); // until its writer is introduced
      stored.waiting.push(seq);
    } else stored.refused.push(seq);
    await this.#host.save();
    return undefined;
  }

  async #isGenuine(from: string, message: Message): Promise<'yes' | 'no' | 'unknown'> {
    const { state, signer } = this.#host;
    if (message.type === 'control') return (await this.#control.holds(message.controls)) ? 'yes' : 'no';
    return isGenuine(state, this.#statuses, signer, from, message);
  }

  /** Somebody was introduced: these can be judged again. */
  takeHeld(): JournalEntry[] {
    this.#host.stored.waiting = [];
    return this.#held.splice(0);
  }
}
