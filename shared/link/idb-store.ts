import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { hex } from '../protocol/ids.ts';
import type { JournalEntry } from './link.ts';
import type { LinkStore, StoredPeer } from './store.ts';

interface Schema extends DBSchema {
  sessions: { key: string; value: { id: string; life: string; touched: number } };
  journal: { key: [string, number]; value: JournalEntry & { session: string } };
  peers: { key: [string, string]; value: PeerRow };
  /** The text is in the journal. */
  outbox: { key: [string, string, number]; value: OutboxRow };
}
interface PeerRow {
  session: string;
  peer: string;
  life: string | undefined;
  trusted: boolean;
  received: number;
  sent: number;
}
interface OutboxRow {
  session: string;
  peer: string;
  n: number;
  seq: number;
}
const ALL = ['sessions', 'journal', 'peers', 'outbox'] as const;
type Tables = typeof ALL;
type Writing = IDBPTransaction<Schema, Tables, 'readwrite'>;

// An array sorts after every string and number: the upper end of "every key that begins so".
const under = (...prefix: string[]) => IDBKeyRange.bound(prefix, [...prefix, []]);

async function touch(tx: Writing, id: string): Promise<number> {
  const table = tx.objectStore('sessions');
  const now = Date.now();
  const row = (await table.get(id)) ?? { id, life: hex(crypto.getRandomValues(new Uint8Array(16))), touched: now };
  await table.put({ ...row, touched: now });
  return now;
}

async function append(tx: Writing, session: string, from: string, text: string): Promise<JournalEntry> {
  const at = await touch(tx, session);
  const table = tx.objectStore('journal');
  const last = await table.openKeyCursor(under(session), 'prev');
  const entry = { seq: (last?.key[1] ?? 0) + 1, from, text, at };
  await table.add({ session, ...entry });
  return entry;
}

async function peerRow(tx: Writing, session: string, peer: string): Promise<PeerRow> {
  const found = await tx.objectStore('peers').get([session, peer]);
  return found ?? { session, peer, life: undefined, trusted: false, received: 0, sent: 0 };
}

async function stored(tx: Writing, { session, ...row }: PeerRow): Promise<StoredPeer> {
  const rows = await tx.objectStore('outbox').getAll(under(session, row.peer));
  const waiting = rows.map(async ({ n, seq }) => {
    const entry = await tx.objectStore('journal').get([session, seq]);
    return { n, seq, text: entry?.text ?? '' };
  });
  return { ...row, waiting: await Promise.all(waiting) };
}

async function renumber(tx: Writing, session: string, peer: string): Promise<number> {
  const table = tx.objectStore('outbox');
  const rows = await table.getAll(under(session, peer));
  await table.delete(under(session, peer));
  for (const [index, row] of rows.entries()) await table.add({ ...row, n: index + 1 });
  return rows.length;
}

async function forget(tx: Writing, session: string): Promise<void> {
  await tx.objectStore('sessions').delete(session);
  for (const table of ['journal', 'peers', 'outbox'] as const) await tx.objectStore(table).delete(under(session));
}

async function open(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('sessions', { keyPath: 'id' });
      db.createObjectStore('journal', { keyPath: ['session', 'seq'] });
      db.createObjectStore('peers', { keyPath: ['session', 'peer'] });
      db.createObjectStore('outbox', { keyPath: ['session', 'peer', 'n'] });
    },
  });
}

/** The store in IndexedDB: survives reload, crash and closing of the browser. What each call does: store.ts. */
export function idbStore(name = 'hulplijn-link'): LinkStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;

  /** One transaction over everything: a call happens whole or not at all, and a failure inside undoes it. */
  async function write<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
    opened ??= open(name);
    const tx = (await opened).transaction(ALL, 'readwrite');
    try {
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      tx.done.catch(() => undefined); // said already by `error`
      try {
        tx.abort();
      } catch {
        // it had failed by itself
      }
      throw error;
    }
  }

  return {
    open: (id) =>
      write(async (tx) => {
        await touch(tx, id);
        const session = await tx.objectStore('sessions').get(id);
        const rows = await tx.objectStore('journal').getAll(under(id));
        const peers = await tx.objectStore('peers').getAll(under(id));
        const entries = rows.map(({ seq, from, text, at }) => ({ seq, from, text, at }));
        return { life: session?.life ?? '', entries, peers: await Promise.all(peers.map((row) => stored(tx, row))) };
      }),
    post: (id, from, text, to) =>
      write(async (tx) => {
        const entry = await append(tx, id, from, text);
        const numbers = [];
        for (const peer of to) {
          const row = await peerRow(tx, id, peer);
          const n = row.sent + 1;
          await tx.objectStore('peers').put({ ...row, sent: n });
          await tx.objectStore('outbox').add({ session: id, peer, n, seq: entry.seq });
          numbers.push({ peer, n });
        }
        return { entry, numbers };
      }),
    receive: (id, peer, life, n, text) =>
      write(async (tx) => {
        const row = await peerRow(tx, id, peer);
        if (row.life !== life || n !== row.received + 1) return undefined;
        await tx.objectStore('peers').put({ ...row, received: n });
        return append(tx, id, peer, text);
      }),
    acknowledge: (id, peer, n) =>
      write((tx) => tx.objectStore('outbox').delete(IDBKeyRange.bound([id, peer], [id, peer, n]))),
    meet: (id, peer, life) =>
      write(async (tx) => {
        const row = await peerRow(tx, id, peer);
        const lost = row.life !== undefined && row.life !== life;
        const met = lost ? { ...row, life, received: 0, sent: await renumber(tx, id, peer) } : { ...row, life };
        await tx.objectStore('peers').put(met);
        return stored(tx, met);
      }),
    trust: (id, peer) =>
      write(async (tx) => {
        await tx.objectStore('peers').put({ ...(await peerRow(tx, id, peer)), trusted: true });
      }),
    forget: (id) => write((tx) => forget(tx, id)),
    forgetOlder: (before) =>
      write(async (tx) => {
        const old = (await tx.objectStore('sessions').getAll()).filter((session) => session.touched < before);
        for (const session of old) await forget(tx, session.id);
        return old.map((session) => session.id);
      }),
  };
}
