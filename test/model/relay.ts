import { participantIn } from '../../relay/session-change.ts';
import { forgive, tick } from '../../relay/session-clock.ts';
import { gone, hold } from '../../relay/session-presence.ts';
import type { Held, SessionRecord } from '../../relay/session-record.ts';
import { rosterFor } from '../../relay/session-record.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { Limits, type SiteLimits } from '../../shared/protocol/limits.ts';
import type { RelayEvent, Roster } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';

export const LIMITS: SiteLimits = {
  ...z.parse(Limits, {}),
  ...{ blockedFileTypes: [], offerLapsed: 'back', offerMissed: 'stay' },
};

export function rosterOf(record: SessionRecord, id: string, now: number): Roster {
  return rosterFor(record, id, { desk: 'Acme', now, limits: LIMITS });
}

/** What a page asks of the relay, as the pure rules answer it. */
export type Ask = (record: SessionRecord, now: number) => SessionRecord;

/** A request under way, or, with `answer`, its answer. */
interface Request {
  from: string;
  ask: Ask;
  answer: (() => void) | undefined;
  /** With the answer there is now; called when it arrives at the page. */
  resolve(): () => void;
  reject(error: HulplijnError): void;
}

interface Stream {
  id: string;
  held: Held;
  queue: RelayEvent[];
  version: number;
  /** Nothing more gets through to the page; the relay has still to find out. */
  broken: boolean;
  wants: { resolve(event: RelayEvent): void; reject(error: HulplijnError): void } | undefined;
}

/**
 * The relay of a model: one session's record, changed by the real rules alone, and what is under way between it and the
 * pages. A crash of it loses all that is under way and nothing of the record.
 */
export class Relay {
  record: SessionRecord;
  up = true;
  readonly requests: Request[] = [];
  readonly streams: Stream[] = [];
  /** By epoch: who was put in charge, as the relay's compare-and-set decided. */
  readonly ledger = new Map<number, string | undefined>();
  #made = 0;

  constructor(record: SessionRecord) {
    this.record = record;
    this.#note();
  }

  change(act: Ask): SessionRecord {
    const now = Date.now();
    this.record = act(tick(this.record, now, LIMITS), now);
    this.#note();
    return this.record;
  }

  /** As session-book.ts: whoever has come in is present if their page's stream is held already. */
  settle(id: string): SessionRecord {
    const held = this.streams.find((one) => one.id === id)?.held;
    return this.change((record, now) => hold(record, id, held, now));
  }

  /** Time has passed. */
  sweep(): void {
    if (this.up) this.change((record) => record);
  }

  // --- what pages ask -------------------------------------------------------------------------------------------------

  /** `answer`: what is said of the record as it is then. */
  ask<T>(from: string, ask: Ask, answer: (record: SessionRecord) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const resolved = () => {
        const value = answer(this.record);
        return () => resolve(value);
      };
      this.requests.push({ from, ask, answer: undefined, resolve: resolved, reject });
    });
  }

  /** Of the next offer. */
  offerId(): string {
    this.#made += 1;
    return String(this.#made).padStart(32, '0');
  }

  arrive(request: Request): void {
    try {
      this.change(request.ask);
      this.settle(request.from);
      request.answer = request.resolve();
    } catch (error) {
      const code = error instanceof HulplijnError ? error.code : undefined;
      if (!code) throw error;
      request.answer = () => request.reject(new HulplijnError(code));
    }
  }

  answer(request: Request): void {
    this.requests.splice(this.requests.indexOf(request), 1);
    request.answer?.();
  }

  lose(request: Request): void {
    this.requests.splice(this.requests.indexOf(request), 1);
    request.reject(new HulplijnError('relay-unreachable'));
  }

  /** A beacon: it arrives, or nobody hears of it. */
  gone(id: string, page: string): void {
    if (!this.up) return;
    const stream = this.streams.find((one) => one.id === id && one.held.page === page);
    if (stream) {
      this.breaks(stream);
      this.streams.splice(this.streams.indexOf(stream), 1);
    }
    this.change((record, now) => gone(record, id, page, now));
  }

  // --- streams --------------------------------------------------------------------------------------------------------

  open(id: string, page: string): Stream {
    if (!this.up) throw new HulplijnError('relay-unreachable');
    for (const older of this.streams.filter((one) => one.id === id)) {
      older.queue.push({ event: 'replaced', data: {} });
      this.streams.splice(this.streams.indexOf(older), 1);
    }
    this.#made += 1;
    const held = { run: 'run', stream: `stream ${this.#made}`, page };
    const stream: Stream = { id, held, queue: [], version: 0, broken: false, wants: undefined };
    this.streams.push(stream);
    this.settle(id);
    this.snap(stream);
    stream.queue.push({ event: 'ready', data: {} });
    return stream;
  }

  next(stream: Stream): Promise<RelayEvent> {
    return new Promise((resolve, reject) => {
      if (stream.broken) reject(new HulplijnError('relay-unreachable'));
      else stream.wants = { resolve, reject };
    });
  }

  /** Whether there is something to tell, sent already or not. */
  news(stream: Stream): boolean {
    return !stream.broken && stream.wants !== undefined && (stream.queue.length > 0 || this.#due(stream));
  }

  /** What there is to tell now is read, and under way from now on. */
  snap(stream: Stream): void {
    if (!this.#due(stream)) return;
    const { record } = this;
    const { id } = stream;
    stream.version = record.version;
    if (participantIn(record, id)) {
      stream.queue.push({ event: 'roster', data: this.rosterFor(record, id) });
      return;
    }
    const why = record.outs.findLast((one) => one.id === id)?.why;
    if (why === 'removed' || why === 'left') stream.queue.push({ event: 'out', data: { session: record.id, why } });
  }

  tell(stream: Stream): void {
    if (stream.queue.length === 0) this.snap(stream);
    const event = stream.queue.shift();
    // Not modelled: "you are out" that is still under way when they are in again (it names no stay).
    if (event?.event === 'out' && participantIn(this.record, stream.id)) return;
    const { wants } = stream;
    if (!event || !wants) return;
    stream.wants = undefined;
    wants.resolve(event);
  }

  breaks(stream: Stream): void {
    stream.broken = true;
    stream.wants?.reject(new HulplijnError('relay-unreachable'));
    stream.wants = undefined;
  }

  /** That load of a page is no more. */
  closed(page: string): void {
    for (const stream of this.streams) if (stream.held.page === page) this.breaks(stream);
  }

  /** It finds out that a stream is broken. */
  miss(stream: Stream): void {
    this.streams.splice(this.streams.indexOf(stream), 1);
    this.settle(stream.id);
  }

  // --- itself ---------------------------------------------------------------------------------------------------------

  /** `kill -9`. */
  dies(): void {
    this.up = false;
    for (const stream of this.streams) this.breaks(stream);
    for (const request of [...this.requests]) this.lose(request);
  }

  /** As presence.ts begins: whom the last run held is away, and the time without a relay is forgiven. */
  begins(): void {
    this.up = true;
    for (const stream of [...this.streams]) this.miss(stream);
    this.record = forgive(this.record, Date.now());
    this.#note();
  }

  #due(stream: Stream): boolean {
    return this.record.version > stream.version;
  }

  rosterFor(record: SessionRecord, id: string): Roster {
    return rosterOf(record, id, Date.now());
  }

  #note(): void {
    const { epoch, participants } = this.record;
    if (!this.ledger.has(epoch)) this.ledger.set(epoch, participants.find(({ role }) => role === 'primary')?.id);
  }
}
