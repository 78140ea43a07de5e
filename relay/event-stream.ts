import type { Logger } from 'pino';
import type { PageId, ParticipantId, SessionId } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import type { RelayEvent } from '../shared/protocol/relay-api.ts';
import type { Agents } from './agents.ts';
import type { Clock } from './clock.ts';
import type { Offers } from './offers.ts';
import type { Presence } from './presence.ts';
import type { SessionBook } from './session-book.ts';
import { participantIn } from './session-change.ts';
import { type Held, rosterFor } from './session-record.ts';
import type { Store, Unsubscribe } from './store/store.ts';
import { topics } from './topics.ts';

interface Parts {
  store: Store;
  book: SessionBook;
  agents: Agents;
  presence: Presence;
  offers: Offers;
  clock: Clock;
  limits: SiteLimits;
  log: Logger;
  desk: string;
}

/** Whose stream it is: which load of its page, the key of the token it was opened with (`Caller.token`), which agent's. */
interface Whose {
  id: ParticipantId;
  page: PageId;
  token: string;
  agent?: string | undefined;
}

/** What proxies see of a page that is told nothing. */
const COMMENT = ':\n\n';

/** Where a stream's text goes. */
export interface Outlet {
  /** False: it takes no more until `EventStream.drained`. */
  write(text: string): boolean;
  /** No more comes. */
  end(): void;
}

/** All open event streams of this relay. */
export class EventStreams {
  readonly #parts: Parts;
  readonly #open = new Set<EventStream>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The stream of one load of a page, from `begin` until it is closed, replaced or revoked, or the relay stops. */
  open(whose: Whose): EventStream {
    return new EventStream(this.#parts, whose, this.#open);
  }

  get count(): number {
    return this.#open.size;
  }

  /** Every 15 s a comment on each, as proxies cut what says nothing, and an end to those who were signed out. */
  async keepAlive(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.keepAlive()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.close()));
  }
}

interface Followed {
  undo: Unsubscribe;
  version: number; // the last that was sent
  place: number | undefined; // and the place in a queue (TS5)
  changed: boolean; // since it was told
  reported?: Set<string>; // invitations of which that was told
}

/**
 * Sends rosters whole. It keeps no events: a session that changed is noted once, however often it changed, and read when
 * the page takes more; so a page that reads slowly costs nothing and misses nothing. Of a stream that has nothing to say
 * there is as little as can be: no timer, no buffer, nothing that waits.
 */
export class EventStream {
  readonly #parts: Parts;
  readonly #whose: Whose;
  readonly #all: Set<EventStream>;
  readonly #followed = new Map<SessionId, Followed>();
  readonly #undo: Unsubscribe[] = [];
  #outlet: Outlet | undefined; // exactly while it is open
  #held: Held | undefined;
  #offers = false; // what its agent is offered may have changed since it was told
  #offersTold = '';
  #ready = false;
  #telling = false;
  #full = false;
  #wake: (() => void) | undefined;

  constructor(parts: Parts, whose: Whose, all: Set<EventStream>) {
    this.#parts = parts;
    this.#whose = whose;
    this.#all = all;
  }

  /** Once. */
  begin(outlet: Outlet): void {
    this.#outlet = outlet;
    this.#all.add(this);
    this.#write(COMMENT); // so that the page has the headers at once
    this.#run().catch(() => this.close());
  }

  /** The outlet takes more. */
  drained(): void {
    this.#full = false;
    this.#wake?.();
    this.#wake = undefined;
  }

  async keepAlive(): Promise<void> {
    if (!(await this.#parts.agents.stands(this.#whose.token))) return this.close();
    if (!this.#full) this.#write(COMMENT);
    // Another program (`npm run agent`) may have changed a session, and is not heard here.
    for (const followed of this.#followed.values()) this.#note(followed);
    this.#noteOffers();
  }

  /** May be called twice. */
  async close(): Promise<void> {
    if (!this.#outlet) return;
    const outlet = this.#outlet;
    this.#outlet = undefined;
    this.#all.delete(this);
    for (const undo of this.#undo) undo();
    for (const { undo } of this.#followed.values()) undo();
    this.drained();
    outlet.end();
    await this.#release();
  }

  async #release(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (!held) return;
    const { log, presence } = this.#parts;
    // Nobody waits for it: what fails must not end the relay.
    await presence
      .disconnect(this.#whose.id, held)
      .catch((err: unknown) => log.error({ err }, 'a page is not seen to be away'));
  }

  async #run(): Promise<void> {
    const { store, book, presence } = this.#parts;
    const { id, page, agent } = this.#whose;
    this.#undo.push(await store.subscribe(topics.member(id), (session) => void this.#follow(session)));
    if (agent) this.#undo.push(await store.subscribe(topics.agent(agent), () => this.#noteOffers()));
    const held = await presence.connect(id, page);
    this.#held = held;
    this.#undo.push(await store.subscribe(topics.stream(id), (message) => this.#hear(message, held)));
    if (!this.#outlet) {
      for (const undo of this.#undo) undo();
      return this.#release();
    }

    const sessions = await book.sessionsOf(id);
    await Promise.all(sessions.map((session) => this.#follow(session)));
    for (const session of sessions) await book.settle(id, session);
    this.#noteOffers();
    await this.#flush();
    this.#send({ event: 'ready', data: {} });
    this.#ready = true;
    await this.#flush();
  }

  #hear(message: string, held: Held): void {
    const [what, which] = message.split(' ');
    if (what === 'replaced' && which === held.stream) return; // that is us
    if (what === 'gone' && which !== this.#whose.page) return;
    if (what === 'replaced') this.#send({ event: 'replaced', data: {} });
    void this.close();
  }

  async #follow(session: SessionId): Promise<void> {
    const known = this.#followed.get(session);
    if (known) return this.#note(known);
    const followed: Followed = { undo: () => {}, version: 0, place: undefined, changed: true };
    this.#followed.set(session, followed);
    const undo = await this.#parts.store.subscribe(topics.session(session), () => this.#note(followed));
    if (!this.#outlet || this.#followed.get(session) !== followed) return undo();
    followed.undo = undo;
    this.#note(followed); // it may have changed while we subscribed
  }

  async #unfollow(session: SessionId): Promise<void> {
    this.#followed.get(session)?.undo();
    this.#followed.delete(session);
    await this.#parts.book.delist(this.#whose.id, session);
  }

  #note(followed: Followed): void {
    followed.changed = true;
    if (this.#ready) this.#flush().catch(() => this.close());
  }

  #noteOffers(): void {
    this.#offers = this.#whose.agent !== undefined;
    if (this.#ready) this.#flush().catch(() => this.close());
  }

  /** Until nothing is left to tell. */
  async #flush(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    for (let left = true; left; ) {
      left = false;
      for (const [session, followed] of this.#followed) {
        if (!followed.changed) continue;
        left = true;
        if (this.#full) await this.#drain();
        if (!this.#outlet) return;
        followed.changed = false;
        await this.#tell(session, followed);
      }
      if (!this.#offers || !this.#whose.agent) continue;
      left = true;
      if (this.#full) await this.#drain();
      if (!this.#outlet) return;
      this.#offers = false;
      await this.#tellOffers(this.#whose.agent);
    }
    this.#telling = false;
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** What its page has to know of one session, as that stands now. */
  async #tell(session: SessionId, followed: Followed): Promise<void> {
    const { book, clock, limits, desk } = this.#parts;
    const { id } = this.#whose;
    const record = await book.get(session);
    if (!record) return; // enlisted, and about to be made: it will be said
    const you = participantIn(record, id);
    if (you) {
      const { version } = followed;
      // Who closed the page that held it knows: a new page must not begin with what the old one ended.
      const known = version === 0 && you.role === 'primary' && record.ended?.why === 'closed';
      const place = await book.offers.place(record);
      if ((record.version > version || place !== followed.place) && !known) {
        followed.version = record.version;
        followed.place = place;
        this.#send({ event: 'roster', data: rosterFor(record, id, { desk, now: clock.now(), limits, place }) });
      }
      if (you.role === 'primary') {
        for (const { id: invitation, state } of record.invitations) {
          if (state.is !== 'over' || !state.reported || followed.reported?.has(invitation)) continue;
          followed.reported ??= new Set();
          followed.reported.add(invitation);
          this.#send({ event: 'reported', data: { session, invitation } });
        }
      }
      if (record.phase === 'ended') await this.#unfollow(session);
      return;
    }
    if (record.knocks.some((knock) => knock.id === id)) return;
    const out = record.outs.findLast((one) => one.id === id);
    // Enlisted, and not yet in: the session's change is still to come. (A session that is over has none.)
    if (record.phase !== 'ended' && (!out || (await book.isExpected(id, session)))) return;
    // Before it is told: whoever is told may come again at once.
    await this.#unfollow(session);
    if (out?.why === 'refused') this.#send({ event: 'refused', data: {} });
    else if (out?.why === 'removed' || out?.why === 'left') {
      this.#send({ event: 'out', data: { session, why: out.why, version: record.version } });
    }
  }

  async #tellOffers(agent: string): Promise<void> {
    const shown = await this.#parts.offers.shownTo(agent);
    const text = JSON.stringify(shown);
    if (text === this.#offersTold) return;
    this.#offersTold = text;
    this.#send({ event: 'offers', data: { ...shown, now: this.#parts.clock.now() } });
  }

  #send({ event, data }: RelayEvent): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    if (this.#outlet?.write(text) === false) this.#full = true;
  }
}
