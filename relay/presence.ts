import type { PageId, ParticipantId } from '../shared/protocol/ids.ts';
import { z } from '../shared/protocol/schema.ts';
import type { Clock } from './clock.ts';
import { each } from './each.ts';
import { newId } from './secrets.ts';
import type { SessionBook } from './session-book.ts';
import type { Held } from './session-record.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';

/** A running relay says every so often that it lives; whoever does not for a whole lease is dead, and its streams with it. */
export const LEASE = 15_000;

const Run = z.object({ place: z.string(), leaseUntil: z.int() });

/**
 * Who is connected: a participant is present while a stream of its page is held by a relay that runs. `place` names
 * where this relay runs (the same after a restart), so that a restarted relay knows at once that its last run is dead.
 */
export class Presence {
  readonly run = newId();
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #book: SessionBook;
  readonly #place: string;
  readonly #runs: Records<typeof Run>;

  constructor(parts: { store: Store; clock: Clock; book: SessionBook; place: string }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#book = parts.book;
    this.#place = parts.place;
    this.#runs = new Records(parts.store, 'run', Run, ({ leaseUntil }) => ({ dueAt: leaseUntil }));
  }

  /** Before the first request: buries the run before this one, and forgives the time in which there was no relay. */
  async begin(): Promise<void> {
    const others = (await this.#runs.list('')).filter(({ value }) => value.place !== this.#place);
    for (const { key, value } of await this.#runs.list(''))
      if (value.place === this.#place) await this.#runs.remove(key);
    await this.renew();
    const now = this.#clock.now();
    const served = others.some(({ value }) => value.leaseUntil > now); // another relay, all the while
    const living = served ? [] : (await this.#book.all()).filter(({ phase }) => phase !== 'ended');
    // First: what else is done to a session looks at how long who has been away.
    for (const { id } of living) await this.#book.forgive(id);
    await this.#bury();
    // A run that died between forgetting a stream and saying so left somebody present for ever.
    for (const { id, participants } of living)
      for (const participant of participants) await this.#book.settle(participant.id, id);
  }

  async renew(): Promise<void> {
    await this.#runs.write(this.run, { place: this.#place, leaseUntil: this.#clock.now() + LEASE });
  }

  /** Relays whose lease ran out are dead, and whoever they held is away. */
  async buryDead(): Promise<void> {
    const dead = (await this.#runs.due(this.#clock.now(), 10)).filter((run) => run !== this.run);
    for (const run of dead) await this.#runs.remove(run);
    if (dead.length > 0) await this.#bury();
  }

  /** A page's stream begins: the newest has the participant, an older one is told to let go. */
  async connect(id: ParticipantId, page: PageId): Promise<Held> {
    const held = { run: this.run, stream: newId(), page };
    await this.#book.presences.write(id, held);
    await this.#store.publish(topics.stream(id), `replaced ${held.stream}`);
    return held;
  }

  /** A stream is over. Only the one that counts makes its participant away. */
  async disconnect(id: ParticipantId, held: Held): Promise<void> {
    if (!(await this.#book.presences.removeIf(id, ({ stream }) => stream === held.stream))) return;
    await each(await this.#book.sessionsOf(id), (session) => this.#book.settle(id, session));
  }

  /** The page said "gone" (ST5): its stream counts no more, and ends. A newer page's is not meant. */
  async leave(id: ParticipantId, page: PageId): Promise<void> {
    await this.#book.presences.removeIf(id, (held) => held.page === page);
    await this.#store.publish(topics.stream(id), `gone ${page}`);
  }

  async #bury(): Promise<void> {
    const alive = new Set((await this.#runs.list('')).map(({ key }) => key));
    for (const { key: id, value } of await this.#book.presences.list('')) {
      if (alive.has(value.run)) continue;
      if (!(await this.#book.presences.removeIf(id, ({ run }) => run === value.run))) continue;
      for (const session of await this.#book.sessionsOf(id)) await this.#book.settle(id, session);
    }
  }
}
