import { bytesOf } from './frames.ts';
import type { Identity } from './identity.ts';
import { type JournalEntry, KEPT_BYTES, type SessionLinks, type SessionLinksEvents, type Trust } from './link.ts';
import { Media } from './media.ts';
import { Outbox } from './outbox.ts';
import { Pair } from './pair.ts';
import type { LinkStore, StoredSession } from './store.ts';
import { Turns } from './turns.ts';
import type { Wire } from './wire.ts';

export interface SessionContext {
  id: string;
  page: string;
  identity: Identity;
  store: LinkStore;
  /** Connections of that peer that came before it was wanted. */
  early(peer: string): Wire[];
  dial(peer: string, session: string, then: (wire: Wire | undefined) => void): boolean;
  doubt(): void;
  /** What a new connection is made with. */
  configuration(): RTCConfiguration;
  closed(): void;
}

/** What the hub drives of a session. */
export interface DrivenLinks extends SessionLinks {
  /** `false`: nobody here wants it, yet. */
  incoming(wire: Wire): boolean;
  each(act: (pair: Pair) => void): void;
  pair(peer: string): Pair | undefined;
}

interface Want {
  trust: Trust;
  theyDial: boolean;
}

export function sessionLinks(session: string, events: SessionLinksEvents, context: SessionContext): DrivenLinks {
  const { id, store } = context;
  const turns = new Turns();
  const pairs = new Map<string, Pair>();
  const outboxes = new Map<string, Outbox>();
  const medias = new Map<string, Media>();
  /** Wanted before the store was open. */
  const wanted = new Map<string, Want>();
  /** Not wanted any more: nothing of theirs is waited with. */
  const dropped = new Set<string>();
  let life: string | undefined;
  let over = false;

  function outboxOf(peer: string, state?: StoredSession['peers'][number]): Outbox {
    let outbox = outboxes.get(peer);
    if (!outbox) {
      const fresh = { peer, life: undefined, trusted: false, received: 0, sent: 0, waiting: [] };
      outbox = new Outbox(session, store, turns, state ?? fresh);
      outboxes.set(peer, outbox);
    }
    return outbox;
  }

  function mediaOf(peer: string): Media {
    let media = medias.get(peer);
    if (!media) {
      media = new Media({
        media: (tracks) => over || events.media(peer, tracks),
        bulk: (channel) => over || events.bulk(peer, channel),
      });
      medias.set(peer, media);
    }
    return media;
  }

  const opened = turns.run(async () => {
    const stored = await store.open(session);
    for (const state of stored.peers) outboxOf(state.peer, state);
    life = stored.life;
    for (const [peer, want] of wanted) makePair(peer, want, stored.life);
    wanted.clear();
  });
  opened.catch(() => undefined); // said by whatever asks for it: journal, post

  function makePair(peer: string, { trust, theyDial }: Want, ownLife: string): void {
    if (over || pairs.has(peer)) return;
    const pair: Pair = new Pair(peer, outboxOf(peer), trust, {
      id,
      page: context.page,
      life: ownLife,
      identity: context.identity,
      dial: () => context.dial(peer, session, (wire) => (wire ? pair.adopt(wire) : pair.dialFailed())),
      doubt: () => context.doubt(),
      received: (entry) => over || events.received(entry),
      passed: (text) => over || events.passed(peer, text),
      status: (status) => over || events.status(peer, status),
      acknowledged: (seqs) => over || seqs.forEach((seq) => void events.acknowledged(peer, seq)),
      lostStore: () => over || events.lostStore(peer),
      media: mediaOf(peer),
    });
    pairs.set(peer, pair);
    for (const wire of context.early(peer)) pair.adopt(wire);
    if (theyDial) pair.letThemDial();
    else pair.news();
  }

  return {
    async journal() {
      await opened;
      return turns.run(async () => {
        const { entries, peers } = await store.open(session);
        const unacknowledged = peers.flatMap(({ peer, waiting }) => waiting.map(({ seq }) => ({ peer, seq })));
        return { entries, unacknowledged };
      });
    },
    want(peer, trust, { theyDial = false } = {}) {
      if (over || peer === id) return;
      dropped.delete(peer);
      const pair = pairs.get(peer);
      if (pair) pair.trust(trust);
      else if (life === undefined) wanted.set(peer, { trust, theyDial });
      else makePair(peer, { trust, theyDial }, life);
    },
    wake(peer) {
      pairs.get(peer)?.news();
    },
    drop(peer) {
      wanted.delete(peer);
      dropped.add(peer);
      pairs.get(peer)?.hangUp(false);
      pairs.delete(peer);
      medias.delete(peer);
    },
    async post(typed, to): Promise<JournalEntry> {
      // What crosses a data channel has no lone surrogates, so neither has what is stored.
      const text = typed.toWellFormed();
      if (text.length > KEPT_BYTES || bytesOf(text) > KEPT_BYTES) throw new RangeError('text too large to be kept');
      await opened;
      return turns.run(async () => {
        if (over) throw new Error('the session is closed');
        const { entry, numbers } = await store.post(session, id, text, [...new Set(to)]);
        for (const { peer, n } of numbers) {
          const waiting = { n, seq: entry.seq, text };
          const pair = pairs.get(peer);
          if (pair) pair.add(waiting);
          else outboxOf(peer).add(waiting);
        }
        return entry;
      });
    },
    pass(peer, text) {
      pairs.get(peer)?.pass(text.toWellFormed());
    },
    send(peer, slot, track, options = {}) {
      mediaOf(peer).send(slot, track, options);
    },
    beside(peer) {
      const them = pairs.get(peer)?.them;
      return them && { configuration: context.configuration(), fingerprints: them.fingerprints };
    },
    async stats(peer) {
      return medias.get(peer)?.stats();
    },
    async close({ forget = false } = {}) {
      if (!over) {
        over = true;
        for (const pair of pairs.values()) pair.hangUp(false);
        pairs.clear();
        context.closed();
      }
      // After whatever is still being stored.
      if (forget) await turns.run(() => store.forget(session));
    },
    incoming(wire) {
      const pair = pairs.get(wire.peer);
      if (pair) pair.adopt(wire);
      else if (over || dropped.has(wire.peer)) wire.close();
      else return false;
      return true;
    },
    each(act) {
      for (const pair of [...pairs.values()]) act(pair);
    },
    pair: (peer) => pairs.get(peer),
  };
}
