import type {
  JournalEntry,
  LinkAssurance,
  PeerIdentity,
  SessionLinks,
  SessionLinksEvents,
  Trust,
} from '../../shared/link/link.ts';
import { Outbox } from '../../shared/link/outbox.ts';
import type { LinkStore } from '../../shared/link/store.ts';
import { Turns } from '../../shared/link/turns.ts';

/** What is under way to one end of a connection. */
type Under =
  | { is: 'live'; conn: number; life: string; knows: string | undefined; received: number }
  | { is: 'kept'; conn: number; n: number; text: string }
  | { is: 'ack'; conn: number; n: number }
  /** The end has to find out that there is no connection any more. */
  | { is: 'lost' };

interface Connection {
  conn: number;
  ends: readonly [PageLinks, PageLinks];
}

/** All connections of a model. Each keeps its order and may end at any moment; what was under way is lost with it. */
export class Network {
  readonly #ends = new Map<string, PageLinks>();
  readonly #connections: Connection[] = [];
  #made = 0;

  attach(end: PageLinks): void {
    this.#ends.set(end.me, end);
  }

  /** The page is gone: the others have to find out. */
  detach(end: PageLinks): void {
    if (this.#ends.get(end.me) === end) this.#ends.delete(end.me);
    for (const one of this.#connections.filter(({ ends }) => ends.includes(end))) this.#end(one);
  }

  /** Who could be connected now, and who is. */
  pairs(connected: boolean): [string, string][] {
    const all = [...this.#ends.values()];
    return all.flatMap((a, at) =>
      all.slice(at + 1).flatMap((b): [string, string][] => {
        const is = this.#between(a, b) !== undefined;
        const fits = connected ? is : !is && a.wants(b.me) && b.wants(a.me);
        return fits ? [[a.me, b.me]] : [];
      }),
    );
  }

  connect(one: string, other: string): void {
    const [a, b] = [this.#ends.get(one), this.#ends.get(other)];
    if (!a || !b || this.#between(a, b) || !a.wants(other) || !b.wants(one)) return;
    this.#made += 1;
    this.#connections.push({ conn: this.#made, ends: [a, b] });
    a.arriving(other).push(b.hello(this.#made, one));
    b.arriving(one).push(a.hello(this.#made, other));
  }

  cut(one: string, other: string): void {
    const [a, b] = [this.#ends.get(one), this.#ends.get(other)];
    const found = a && b && this.#between(a, b);
    if (found) this.#end(found);
  }

  /** To the other end, if that connection is still there. */
  send(from: PageLinks, to: string, under: Exclude<Under, { is: 'lost' }>): void {
    const found = this.#connections.find(({ conn }) => conn === under.conn);
    if (found)
      found.ends
        .find((end) => end !== from && end.me === to)
        ?.arriving(from.me)
        .push(under);
  }

  #between(a: PageLinks, b: PageLinks): Connection | undefined {
    return this.#connections.find(({ ends }) => ends.includes(a) && ends.includes(b));
  }

  #end(connection: Connection): void {
    this.#connections.splice(this.#connections.indexOf(connection), 1);
    const [a, b] = connection.ends;
    a.ended(b.me, connection.conn);
    b.ended(a.me, connection.conn);
  }
}

/** What somebody is for those they are linked with, and where what they keep is. */
export interface Place {
  me: string;
  store: LinkStore;
  network: Network;
  identityOf(peer: string): PeerIdentity;
}

/**
 * The links of one page load, by their contract (link.ts) and with the real outbox: what is kept comes once and in order,
 * whatever becomes of connections. How connections come about is left out.
 */
export class PageLinks implements SessionLinks {
  readonly me: string;
  readonly #place: Place;
  readonly #session: string;
  readonly #events: SessionLinksEvents;
  readonly #turns = new Turns();
  readonly #opened: Promise<void>;
  readonly #outboxes = new Map<string, Outbox>();
  readonly #wanted = new Map<string, Trust>();
  readonly #arriving = new Map<string, Under[]>();
  readonly #live = new Map<string, { conn: number; life: string }>();
  #life: string | undefined;
  #over = false;

  constructor(place: Place, session: string, events: SessionLinksEvents) {
    this.me = place.me;
    this.#place = place;
    this.#session = session;
    this.#events = events;
    this.#opened = this.#turns.run(async () => {
      const stored = await place.store.open(session);
      for (const peer of stored.peers)
        this.#outboxes.set(peer.peer, new Outbox(session, place.store, this.#turns, peer));
      this.#life = stored.life;
    });
    place.network.attach(this);
  }

  // --- for the network ------------------------------------------------------------------------------------------------

  wants(peer: string): boolean {
    return this.#life !== undefined && this.#wanted.has(peer);
  }

  hello(conn: number, to: string): Under {
    const { knows, received } = this.#outbox(to);
    return { is: 'live', conn, life: this.#life ?? '', knows, received };
  }

  arriving(from: string): Under[] {
    const queue = this.#arriving.get(from) ?? [];
    this.#arriving.set(from, queue);
    return queue;
  }

  /** From whom something is under way. */
  get senders(): string[] {
    return [...this.#arriving].flatMap(([from, queue]) => (queue.length > 0 ? [from] : []));
  }

  next(from: string): Under | undefined {
    return this.#arriving.get(from)?.[0];
  }

  ended(peer: string, conn: number): void {
    const rest = this.arriving(peer).filter((one) => one.is === 'lost' || one.conn !== conn);
    const knew = this.#live.get(peer)?.conn === conn;
    this.#arriving.set(peer, knew ? [...rest, { is: 'lost' }] : rest);
  }

  /** The next thing from that peer arrives. */
  async arrive(from: string): Promise<void> {
    const under = this.arriving(from).shift();
    if (!under || this.#over) return;
    const outbox = this.#outbox(from);
    switch (under.is) {
      case 'live': {
        if ((await outbox.meet(under.life)) === 'lost') this.#events.lostStore(from);
        if (under.knows === this.#life) await this.#acknowledged(from, under.life, under.received);
        this.#live.set(from, { conn: under.conn, life: under.life });
        for (const { n, text } of outbox.waiting) this.#send(from, { is: 'kept', conn: under.conn, n, text });
        return this.#say(from);
      }
      case 'kept': {
        const life = this.#live.get(from)?.life ?? '';
        const taken = await outbox.take(life, under.n, under.text);
        if (taken.is === 'gap') return this.#place.network.cut(this.me, from);
        if (taken.is === 'next') this.#events.received(taken.entry);
        return this.#send(from, { is: 'ack', conn: under.conn, n: outbox.received });
      }
      case 'ack':
        return this.#acknowledged(from, this.#live.get(from)?.life ?? '', under.n);
      case 'lost':
        this.#live.delete(from);
        return this.#say(from);
      default:
        return under satisfies never;
    }
  }

  // --- for the page (link.ts) -----------------------------------------------------------------------------------------

  async journal() {
    await this.#opened;
    return this.#turns.run(async () => {
      const { entries, peers } = await this.#place.store.open(this.#session);
      const unacknowledged = peers.flatMap(({ peer, waiting }) => waiting.map(({ seq }) => ({ peer, seq })));
      return { entries, unacknowledged };
    });
  }

  want(peer: string, trust: Trust): void {
    if (this.#over || peer === this.me) return;
    const before = this.#wanted.get(peer);
    this.#wanted.set(peer, trust);
    if (before && this.#live.has(peer) && assuranceOf(before) !== assuranceOf(trust)) this.#say(peer);
  }

  wake(): void {}

  drop(peer: string): void {
    this.#wanted.delete(peer);
    this.#place.network.cut(this.me, peer);
    this.#live.delete(peer);
    this.#arriving.delete(peer);
  }

  async post(text: string, to: readonly string[]): Promise<JournalEntry> {
    await this.#opened;
    return this.#turns.run(async () => {
      if (this.#over) throw new Error('the session is closed');
      const { entry, numbers } = await this.#place.store.post(this.#session, this.me, text, [...new Set(to)]);
      for (const { peer, n } of numbers) {
        this.#outbox(peer).add({ n, seq: entry.seq, text });
        const live = this.#live.get(peer);
        if (live) this.#send(peer, { is: 'kept', conn: live.conn, n, text });
      }
      return entry;
    });
  }

  pass(): void {}
  send(): void {}
  beside(): undefined {
    return undefined;
  }
  async stats(): Promise<undefined> {
    return undefined;
  }

  async close({ forget = false }: { forget?: boolean } = {}): Promise<void> {
    this.#over = true;
    this.#wanted.clear();
    this.#place.network.detach(this);
    if (forget) await this.#turns.run(() => this.#place.store.forget(this.#session));
  }

  #outbox(peer: string): Outbox {
    let found = this.#outboxes.get(peer);
    if (!found) {
      const fresh = { peer, life: undefined, trusted: false, received: 0, sent: 0, waiting: [] };
      found = new Outbox(this.#session, this.#place.store, this.#turns, fresh);
      this.#outboxes.set(peer, found);
    }
    return found;
  }

  async #acknowledged(peer: string, life: string, n: number): Promise<void> {
    for (const seq of await this.#outbox(peer).acknowledge(life, n)) this.#events.acknowledged(peer, seq);
  }

  #send(to: string, under: Exclude<Under, { is: 'lost' }>): void {
    this.#place.network.send(this, to, under);
  }

  #say(peer: string): void {
    const trust = this.#wanted.get(peer);
    if (!trust) return;
    const { signingKey, fingerprints } = this.#place.identityOf(peer);
    const state = this.#live.has(peer) ? 'live' : 'lost';
    const assurance = assuranceOf(trust);
    this.#events.status(peer, { state, since: Date.now(), assurance, them: { signingKey, fingerprints } });
  }
}

/** Both hold the key where one of them was invited with it; an introduction is of who they are. */
function assuranceOf(trust: Trust): LinkAssurance {
  return trust.kind === 'invitation' || (trust.kind === 'introduced' && trust.proven) ? 'proven' : 'not compared';
}
