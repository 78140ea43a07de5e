import { type DBSchema, openDB } from 'idb';
import { Roster } from '../protocol/relay-api.ts';
import { z } from '../protocol/schema.ts';

/** An act that has been done on the links and still has to reach the relay (RE2). */
export const PendingAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('end'), session: z.string(), epoch: z.int() }),
  z.object({ act: z.literal('leave'), session: z.string() }),
  z.object({ act: z.literal('remove'), session: z.string(), epoch: z.int(), participant: z.string() }),
]);
export type PendingAct = z.infer<typeof PendingAct>;

/** What a page keeps of a session besides the journal of its links. */
export const StoredSession = z.object({
  id: z.string(),
  roster: Roster,
  seen: z.int(),
  draft: z.string(),
  /** Ended and its tab closed: not shown again. */
  dismissed: z.boolean(),
  /** Journal entries that were refused when they arrived: left out when the journal is read again. */
  refused: z.array(z.int()),
  /** The last journal entry that was judged; `waiting` are those before it that wait for an introduction. */
  judged: z.int(),
  waiting: z.array(z.int()),
  /** Who was in charge when this page first heard of the session (TC6). */
  anchor: z.object({
    epoch: z.int(),
    primary: z.union([z.string(), z.undefined()]),
    keeper: z.union([z.string(), z.undefined()]),
  }),
  /** By participant: the signing key last proven on their link. */
  keys: z.record(z.string(), z.string()),
  /** A note that goes along with a transfer of control, until that is in force. */
  parting: z.optional(z.object({ epoch: z.int(), to: z.string(), text: z.string() })),
  touchedAt: z.int(),
});
export type StoredSession = z.infer<typeof StoredSession>;

/** Of a session that is new to this page. */
export function nothingStored(
  id: string,
  anchor: StoredSession['anchor'],
): Omit<StoredSession, 'roster' | 'touchedAt'> {
  const nothing = { seen: 0, draft: '', dismissed: false, refused: [], judged: 0, waiting: [] };
  return { id, ...nothing, anchor, keys: {} };
}

interface Schema extends DBSchema {
  sessions: { key: string; value: unknown };
  keys: { key: string; value: CryptoKey };
  acts: { key: number; value: unknown };
}

export type PageStore = Awaited<ReturnType<typeof openPageStore>>;

/** IndexedDB, because it outlives reload, crash and a closed tab, and can hold keys nobody can read out. */
export async function openPageStore(name: string) {
  const db = await openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('sessions');
      database.createObjectStore('keys');
      database.createObjectStore('acts', { autoIncrement: true });
    },
  });
  /** Those put by this page: at hand when the invited person is in. */
  const keys = new Map<string, CryptoKey>();
  return {
    /** Of all sessions that are kept, also of those that this version cannot read. */
    ids: (): Promise<string[]> => db.getAllKeys('sessions'),
    async sessions(): Promise<StoredSession[]> {
      const found = (await db.getAll('sessions')).map((value) => z.safeParse(StoredSession, value));
      return found
        .flatMap((one) => (one.success ? [one.data] : []))
        .sort((a, b) => a.roster.startedAt - b.roster.startedAt);
    },
    async putSession(session: StoredSession): Promise<void> {
      await db.put('sessions', session, session.id);
    },
    async forgetSession(id: string): Promise<void> {
      await db.delete('sessions', id);
    },
    /** The key of an invitation made or opened here, non-extractable (JO3). */
    async key(invitation: string): Promise<CryptoKey | undefined> {
      return keys.get(invitation) ?? db.get('keys', invitation);
    },
    async putKey(invitation: string, key: CryptoKey): Promise<void> {
      await db.put('keys', key, invitation);
      keys.set(invitation, key);
    },
    async acts(): Promise<{ key: number; act: PendingAct }[]> {
      const [keys, values] = await Promise.all([db.getAllKeys('acts'), db.getAll('acts')]);
      return keys.flatMap((key, at) => {
        const parsed = z.safeParse(PendingAct, values[at]);
        return parsed.success ? [{ key, act: parsed.data }] : [];
      });
    },
    addAct: (act: PendingAct): Promise<number> => db.add('acts', act, undefined),
    async dropAct(key: number): Promise<void> {
      await db.delete('acts', key);
    },
    /** Everything: after signing out, or when a customer's session is over. */
    async clear(): Promise<void> {
      keys.clear();
      await Promise.all([db.clear('sessions'), db.clear('keys'), db.clear('acts')]);
    },
    close: () => db.close(),
  };
}
