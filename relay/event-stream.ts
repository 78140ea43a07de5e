import type { PageId, ParticipantId, SessionId } from '../shared/protocol/ids.ts';
import type { Limits } from '../shared/protocol/limits.ts';
import type { RelayEvent } from '../shared/protocol/relay-api.ts';
import type { Agents } from './agents.ts';
import type { Clock } from './clock.ts';
import type { Presence } from './presence.ts';
import { type SessionBook, topics } from './session-book.ts';
import { rosterFor } from './session-record.ts';
import { participantIn } from './sessions.ts';
import type { Store, Unsubscribe } from './store/store.ts';

interface Parts {
  store: Store;
  book: SessionBook;
  agents: Agents;
  presence: Presence;
  clock: Clock;
  limits: Limits;
  desk: string;
}

/** Whose stream it is: which load of its page, and the key of the token it was opened with (`Caller.token`). */
interface Whose {
  id: ParticipantId;
  page: PageId;
  token: string;
}

const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(':\n\n');

/** All open event streams of this relay. */
export class EventStreams {
  readonly #parts: Parts;
  readonly #open = new Set<EventStream>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The stream of one load of a page; ends when it is cancelled, replaced or revoked, or the relay stops. */
  open(whose: Whose): ReadableStream<Uint8Array> {
    const stream: EventStream = new EventStream(this.#parts, whose, () => this.#open.delete(stream));
    this.#open.add(stream);
    return stream.body;
  }

  /** Every 15 s a comment on each, as proxies cut what says nothing, and an end to those who were signed out. */
  async keepAlive(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.keepAlive()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.close()));
  }
}

/**
 * Sends rosters whole. It keeps no events: a session that changed is noted once, however often it changed, and read when
 * the page takes more; so a page that reads slowly costs nothing and misses nothing.
 */
class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #parts: Parts;
  readonly #id: ParticipantId;
  readonly #token: string;
  readonly #followed = new Map<SessionId, { undo: Unsubscribe; version: number; reported: Set<string> }>();
  readonly #changed = new Set<SessionId>();
  readonly #undo: Unsubscribe[] = [];
  readonly #closed: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #release: (() => Promise<void>) | undefined;
  #open = true;
  #wake: () => void = () => {};

  constructor(parts: Parts, { id, page, token }: Whose, closed: () => void) {
    this.#parts = parts;
    this.#id = id;
    this.#token = token;
    this.#closed = closed;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(KEEP_ALIVE); // so that the page has the headers at once
          this.#run(page).catch(() => this.close());
        },
        pull: () => this.#wake(),
        cancel: () => this.close(),
      },
      new CountQueuingStrategy({ highWaterMark: 8 }),
    );
  }

  async keepAlive(): Promise<void> {
    if (!(await this.#parts.agents.stands(this.#token))) return this.close();
    // Another program (`npm run agent`) may have changed a session, and is not heard here.
    for (const session of this.#followed.keys()) this.#note(session);
    if (this.#open && (this.#controller?.desiredSize ?? 0) > 0) this.#controller?.enqueue(KEEP_ALIVE);
  }

  /** May be called twice. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#closed();
    for (const undo of this.#undo) undo();
    for (const { undo } of this.#followed.values()) undo();
    this.#wake();
    try {
      this.#controller?.close();
    } catch {
      // cancelled by the other side: it is closed
    }
    await this.#release?.();
  }

  async #run(page: PageId): Promise<void> {
    const { store, book, presence } = this.#parts;
    const follow = (session: SessionId) => void this.#follow(session);
    this.#undo.push(await store.subscribe(topics.member(this.#id), follow));
    const held = await presence.connect(this.#id, page);
    this.#release = () => presence.disconnect(this.#id, held);
    this.#undo.push(
      await store.subscribe(topics.stream(this.#id), (message) => {
        const [what, which] = message.split(' ');
        if (what === 'replaced' && which === held.stream) return; // that is us
        if (what === 'gone' && which !== page) return;
        if (what === 'replaced') this.#send({ event: 'replaced', data: {} });
        void this.close();
      }),
    );
    if (!this.#open) return void (await this.#release());

    const sessions = await book.sessionsOf(this.#id);
    await Promise.all(sessions.map((session) => this.#follow(session)));
    for (const session of sessions) await book.settle(this.#id, session);
    await this.#flush();
    this.#send({ event: 'ready', data: {} });
    while (this.#open) {
      await this.#flush();
      if (this.#open && this.#changed.size === 0) await this.#woken();
    }
  }

  async #follow(session: SessionId): Promise<void> {
    this.#note(session);
    if (this.#followed.has(session)) return;
    const entry = { undo: () => {}, version: 0, reported: new Set<string>() };
    this.#followed.set(session, entry);
    entry.undo = await this.#parts.store.subscribe(topics.session(session), () => this.#note(session));
    if (!this.#open || this.#followed.get(session) !== entry) return entry.undo();
    this.#note(session); // it may have changed while we subscribed
  }

  async #unfollow(session: SessionId): Promise<void> {
    this.#followed.get(session)?.undo();
    this.#followed.delete(session);
    await this.#parts.book.delist(this.#id, session);
  }

  #note(session: SessionId): void {
    this.#changed.add(session);
    this.#wake();
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #flush(): Promise<void> {
    while (this.#open && this.#changed.size > 0) {
      if ((this.#controller?.desiredSize ?? 0) <= 0) {
        await this.#woken();
        continue;
      }
      const [session] = this.#changed;
      if (!session) return;
      this.#changed.delete(session);
      await this.#tell(session);
    }
  }

  /** What its page has to know of one session, as that stands now. */
  async #tell(session: SessionId): Promise<void> {
    const { book, clock, limits, desk } = this.#parts;
    const followed = this.#followed.get(session);
    if (!followed) return;
    const record = await book.get(session);
    if (!record) return; // enlisted, and about to be made: it will be said
    const you = participantIn(record, this.#id);
    if (you) {
      const { version, reported } = followed;
      // Who closed the page that held it knows: a new page must not begin with what the old one ended.
      const known = version === 0 && you.role === 'primary' && record.ended?.why === 'closed';
      if (record.version > version && !known) {
        followed.version = record.version;
        this.#send({ event: 'roster', data: rosterFor(record, this.#id, { desk, now: clock.now(), limits }) });
      }
      if (you.role === 'primary') {
        for (const { id, state } of record.invitations) {
          if (state.is !== 'over' || !state.reported || reported.has(id)) continue;
          reported.add(id);
          this.#send({ event: 'reported', data: { session, invitation: id } });
        }
      }
      if (record.phase === 'ended') await this.#unfollow(session);
      return;
    }
    if (record.knocks.some((knock) => knock.id === this.#id)) return;
    const out = record.outs.findLast(({ id }) => id === this.#id);
    // Enlisted, and not yet in: the session's change is still to come. (A session that is over has none.)
    if (!out && record.phase !== 'ended') return;
    // Before it is told: whoever is told may come again at once.
    await this.#unfollow(session);
    if (out?.why === 'refused') this.#send({ event: 'refused', data: {} });
    else if (out?.why === 'removed' || out?.why === 'left') {
      this.#send({ event: 'out', data: { session, why: out.why } });
    }
  }

  #send({ event, data }: RelayEvent): void {
    if (!this.#open) return;
    this.#controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }
}
