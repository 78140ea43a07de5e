import type { ParticipantId } from '../../shared/protocol/ids.ts';
import type { SessionBook } from '../session-book.ts';
import type { Store, Unsubscribe } from '../store/store.ts';
import { topics } from '../topics.ts';

/**
 * With whom a participant shares the roster of a living session (SE2). Remembered until one of its sessions changes or
 * it is in one more: asked for every frame, read from the store for very few.
 */
export class Neighbours {
  readonly #id: ParticipantId;
  readonly #store: Store;
  readonly #book: SessionBook;
  #undo: Map<string, Unsubscribe> | undefined; // only of those who send: most sockets are idle
  #known: Set<ParticipantId> | undefined;
  #open = true;

  constructor(store: Store, book: SessionBook, id: ParticipantId) {
    this.#store = store;
    this.#book = book;
    this.#id = id;
  }

  /** At once where it is known. */
  has(other: ParticipantId): boolean | Promise<boolean> {
    return this.#known ? this.#known.has(other) : this.#read().then((known) => known.has(other));
  }

  /** May be called twice. */
  close(): void {
    this.#open = false;
    for (const undo of this.#undo?.values() ?? []) undo();
    this.#undo = undefined;
  }

  async #read(): Promise<Set<ParticipantId>> {
    const forget = () => {
      fresh = false;
      this.#known = undefined;
    };
    let fresh = true; // whatever changes while we read makes what we read old
    await this.#watch(topics.member(this.#id), forget);
    const known = new Set<ParticipantId>();
    for (const session of await this.#book.sessionsOf(this.#id)) {
      await this.#watch(topics.session(session), forget);
      const record = await this.#book.get(session);
      if (!record || record.phase === 'ended') continue;
      const ids = record.participants.map(({ id }) => id);
      if (ids.includes(this.#id)) for (const id of ids) known.add(id);
    }
    known.delete(this.#id);
    if (fresh && this.#open) this.#known = known;
    return known;
  }

  async #watch(topic: string, forget: () => void): Promise<void> {
    const undo = await this.#store.subscribe(topic, forget);
    if (!this.#open) return undo();
    this.#undo ??= new Map();
    this.#undo.get(topic)?.();
    this.#undo.set(topic, undo);
  }
}
