import { hex } from '../protocol/ids.ts';
import type { JournalEntry } from './link.ts';
import type { LinkStore, Posted, StoredPeer, StoredSession } from './store.ts';

interface Session extends StoredSession {
  touched: number;
}

/** The store without a disk: for tests, and the reference for what the real one must do. */
export function memoryStore(): LinkStore {
  const sessions = new Map<string, Session>();

  function get(session: string): Session {
    let found = sessions.get(session);
    if (!found) {
      found = { life: hex(crypto.getRandomValues(new Uint8Array(16))), entries: [], peers: [], touched: Date.now() };
      sessions.set(session, found);
    }
    return found;
  }
  function peerOf(session: Session, peer: string): StoredPeer {
    let found = session.peers.find((other) => other.peer === peer);
    if (!found) {
      found = { peer, life: undefined, trusted: false, received: 0, sent: 0, waiting: [] };
      session.peers.push(found);
    }
    return found;
  }
  function append(session: Session, from: string, text: string): JournalEntry {
    session.touched = Date.now();
    const entry = { seq: (session.entries.at(-1)?.seq ?? 0) + 1, from, text, at: session.touched };
    session.entries.push(entry);
    return entry;
  }

  return {
    async open(id) {
      const { life, entries, peers } = get(id);
      return structuredClone({ life, entries, peers });
    },
    async post(id, from, text, to): Promise<Posted> {
      const session = get(id);
      const entry = append(session, from, text);
      const numbers = to.map((name) => {
        const peer = peerOf(session, name);
        peer.sent += 1;
        peer.waiting.push({ n: peer.sent, seq: entry.seq, text });
        return { peer: name, n: peer.sent };
      });
      return { entry, numbers };
    },
    async receive(id, name, life, n, text) {
      const session = get(id);
      const peer = peerOf(session, name);
      if (peer.life !== life || n !== peer.received + 1) return undefined;
      peer.received = n;
      return append(session, name, text);
    },
    async acknowledge(id, name, n) {
      const peer = peerOf(get(id), name);
      peer.waiting = peer.waiting.filter((entry) => entry.n > n);
    },
    async meet(id, name, life) {
      const peer = peerOf(get(id), name);
      if (peer.life !== undefined && peer.life !== life) {
        peer.received = 0;
        peer.waiting = peer.waiting.map((entry, index) => ({ ...entry, n: index + 1 }));
        peer.sent = peer.waiting.length;
      }
      peer.life = life;
      return structuredClone(peer);
    },
    async trust(id, name) {
      peerOf(get(id), name).trusted = true;
    },
    async forget(id) {
      sessions.delete(id);
    },
    async forgetOlder(before) {
      const old = [...sessions].flatMap(([id, session]) => (session.touched < before ? [id] : []));
      for (const id of old) sessions.delete(id);
      return old;
    },
  };
}
