import type { JournalEntry } from './link.ts';
import type { LinkStore, StoredPeer, Waiting } from './store.ts';
import type { Turns } from './turns.ts';

/** What arrived meant for the line it came on. */
export type Taken =
  | { is: 'next'; entry: JournalEntry }
  /** Known already: after a resume the first frames may be. */
  | { is: 'seen' }
  /** Something before it never came on this line, or it is of a stored state that is gone: close the line. */
  | { is: 'gap' };

export type Met = 'known' | 'first' | 'lost';

/**
 * Both directions of the kept messages with one peer, over all connections there ever are: what waits for them, and how
 * far theirs are stored here. Stored before sent, acknowledged after stored. One thing at a time, in order.
 */
export class Outbox {
  readonly peer: string;
  readonly #session: string;
  readonly #store: LinkStore;
  readonly #turns: Turns;
  #state: StoredPeer;

  /** `turns`: the session's, shared by all its outboxes and its posts, so that numbers and memory never disagree. */
  constructor(session: string, store: LinkStore, turns: Turns, state: StoredPeer) {
    this.peer = state.peer;
    this.#session = session;
    this.#store = store;
    this.#turns = turns;
    this.#state = state;
  }

  /** The peer's stored state as last known, and how much of theirs is stored here: said in the hello. */
  get knows(): string | undefined {
    return this.#state.life;
  }
  get received(): number {
    return this.#state.received;
  }
  /** The peer has shown the invitation's key once, on this page or one before. */
  get trusted(): boolean {
    return this.#state.trusted;
  }
  /** Everything stored and not acknowledged, in order. */
  get waiting(): readonly Waiting[] {
    return this.#state.waiting;
  }

  /** Something was stored for the peer (by `LinkStore.post`, within the same turn). */
  add(waiting: Waiting): void {
    this.#state.sent = waiting.n;
    this.#state.waiting.push(waiting);
  }

  /**
   * The proof has shown which stored state the peer has. `lost` when it is another than the one known before. A first
   * meeting holds at once and is stored in its turn, before all that comes of it; if it could not be stored, whatever is
   * taken then is a gap.
   */
  async meet(life: string): Promise<Met> {
    if (this.#state.life === life) return 'known';
    if (this.#state.life === undefined) {
      this.#state.life = life;
      this.#turns.run(() => this.#store.meet(this.#session, this.peer, life)).catch(() => undefined);
      return 'first';
    }
    return this.#turns.run(async () => {
      if (this.#state.life === life) return 'known';
      const met = await this.#store.meet(this.#session, this.peer, life);
      this.#state = { ...met, trusted: met.trusted || this.#state.trusted };
      return 'lost';
    });
  }

  /** It has shown the invitation's key now: it must from now on. */
  trust(): void {
    if (this.#state.trusted) return;
    this.#state.trusted = true;
    this.#turns.run(() => this.#store.trust(this.#session, this.peer)).catch(() => undefined);
  }

  /** Frame `n` of a line to a peer whose stored state is `life`. */
  take(life: string, n: number, text: string): Promise<Taken> {
    return this.#turns.run(async (): Promise<Taken> => {
      if (life !== this.#state.life || n > this.#state.received + 1) return { is: 'gap' };
      if (n <= this.#state.received) return { is: 'seen' };
      const entry = await this.#store.receive(this.#session, this.peer, life, n, text);
      if (!entry) return { is: 'gap' };
      this.#state.received = n;
      return { is: 'next', entry };
    });
  }

  /** The peer, whose stored state is `life`, has stored everything up to `n`. Returns the journal's numbers of those. */
  acknowledge(life: string, n: number): Promise<number[]> {
    return this.#turns.run(async () => {
      if (life !== this.#state.life) return [];
      const done = this.#state.waiting.filter((entry) => entry.n <= n);
      if (done.length === 0) return [];
      await this.#store.acknowledge(this.#session, this.peer, n);
      this.#state.waiting = this.#state.waiting.filter((entry) => entry.n > n);
      return done.map((entry) => entry.seq);
    });
  }
}
