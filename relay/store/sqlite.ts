import { randomInt } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from '../../shared/protocol/schema.ts';
import type { Clock } from '../clock.ts';
import type { PutOptions, Store, Stored, Unsubscribe } from './store.ts';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
    expires_at INTEGER, due_at INTEGER, PRIMARY KEY (kind, key)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS record_due ON record (kind, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS record_expires ON record (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS counter (key TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
`;

const Row = z.object({ value: z.string(), version: z.number() });
const KeyedRow = z.object({ key: z.string(), value: z.string(), version: z.number() });
const KeyRow = z.object({ key: z.string() });
const CounterRow = z.object({ count: z.number(), until: z.number() });

const PURGE_EVERY = 60_000;

interface Receiver {
  receive(message: string): void;
}

/** One file, one relay: publish/subscribe is in this process. `:memory:` for tests that need no file. */
export function openSqlite(file: string, clock: Clock): Store {
  if (file !== ':memory:') makePrivate(file);
  const db = new DatabaseSync(file);
  db.exec(SCHEMA);
  const alive = '(expires_at IS NULL OR expires_at > ?)';
  const sql = {
    get: db.prepare(`SELECT value, version FROM record WHERE kind = ? AND key = ? AND ${alive}`),
    dropExpired: db.prepare('DELETE FROM record WHERE kind = ? AND key = ? AND expires_at <= ?'),
    create: db.prepare(
      'INSERT OR IGNORE INTO record (kind, key, value, version, expires_at, due_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    write: db.prepare(
      'INSERT OR REPLACE INTO record (kind, key, value, version, expires_at, due_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    swap: db.prepare(
      `UPDATE record SET value = ?, version = ?, expires_at = ?, due_at = ? WHERE kind = ? AND key = ? AND version = ? AND ${alive}`,
    ),
    remove: db.prepare(`DELETE FROM record WHERE kind = ? AND key = ? AND ${alive}`),
    removeVersion: db.prepare(`DELETE FROM record WHERE kind = ? AND key = ? AND ${alive} AND version = ?`),
    due: db.prepare(`SELECT key FROM record WHERE kind = ? AND due_at <= ? AND ${alive} ORDER BY due_at LIMIT ?`),
    list: db.prepare(
      `SELECT key, value, version FROM record WHERE kind = ? AND key >= ? AND key < ? AND ${alive} ORDER BY key`,
    ),
    count: db.prepare(`
      INSERT INTO counter (key, count, until) VALUES (?1, ?2, ?4)
      ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN until <= ?3 THEN ?2 ELSE count + ?2 END,
        until = CASE WHEN until <= ?3 THEN ?4 ELSE until END
      RETURNING count, until`),
    purgeRecords: db.prepare('DELETE FROM record WHERE expires_at <= ?'),
    purgeCounters: db.prepare('DELETE FROM counter WHERE until <= ?'),
  };
  const topics = new Map<string, readonly Receiver[]>(); // replaced, never changed: many are read while they change
  let purgedAt = clock.now();
  let open = true;

  function purge(now: number): void {
    if (now - purgedAt < PURGE_EVERY) return;
    purgedAt = now;
    sql.purgeRecords.run(now);
    sql.purgeCounters.run(now);
  }

  return {
    async get(kind, key): Promise<Stored | undefined> {
      const row = sql.get.get(kind, key, clock.now());
      if (!row) return undefined;
      const { value, version } = z.parse(Row, row);
      return { value: JSON.parse(value), version };
    },

    async put(kind, key, value, options: PutOptions = {}): Promise<boolean> {
      const now = clock.now();
      const text = JSON.stringify(value);
      const version = randomInt(1, 2 ** 47);
      const expiresAt = options.expiresAt ?? null;
      const dueAt = options.dueAt ?? null;
      purge(now);
      if (options.ifVersion === undefined) {
        sql.write.run(kind, key, text, version, expiresAt, dueAt);
        return true;
      }
      if (options.ifVersion === 0) {
        sql.dropExpired.run(kind, key, now);
        return sql.create.run(kind, key, text, version, expiresAt, dueAt).changes === 1;
      }
      return sql.swap.run(text, version, expiresAt, dueAt, kind, key, options.ifVersion, now).changes === 1;
    },

    async delete(kind, key, options = {}): Promise<boolean> {
      const now = clock.now();
      const done =
        options.ifVersion === undefined
          ? sql.remove.run(kind, key, now)
          : sql.removeVersion.run(kind, key, now, options.ifVersion);
      return done.changes === 1;
    },

    async due(kind, before, limit): Promise<string[]> {
      return sql.due.all(kind, before, clock.now(), limit).map((row) => z.parse(KeyRow, row).key);
    },

    async list(kind, prefix) {
      // No key holds U+10FFFF, so this is where the keys with that prefix end.
      return sql.list.all(kind, prefix, `${prefix}\u{10FFFF}`, clock.now()).map((row) => {
        const { key, value, version } = z.parse(KeyedRow, row);
        return { key, value: JSON.parse(value), version };
      });
    },

    async increment(key, by, windowMs) {
      const now = clock.now();
      const { count, until } = z.parse(CounterRow, sql.count.get(key, by, now, now + windowMs));
      return { count, msLeft: until - now };
    },

    async publish(topic, message): Promise<number> {
      const receivers = topics.get(topic) ?? [];
      for (const { receive } of receivers) receive(message);
      return receivers.length;
    },

    async subscribe(topic, receive): Promise<Unsubscribe> {
      const own = { receive }; // so that the same function may subscribe twice
      topics.set(topic, [...(topics.get(topic) ?? []), own]);
      return () => {
        const left = topics.get(topic)?.filter((one) => one !== own) ?? [];
        if (left.length > 0) topics.set(topic, left);
        else topics.delete(topic);
      };
    },

    async close(): Promise<void> {
      if (open) db.close();
      open = false;
    },
  };
}

const OWNERS = 0o600;

/**
 * What is in it is for whoever runs the relay alone. SQLite gives the files beside it the mode it has; those of a store
 * from before are brought to it. A folder that is there already may hold other things: it stays as it is.
 */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', OWNERS));
  for (const one of [file, `${file}-wal`, `${file}-shm`]) {
    try {
      chmodSync(one, OWNERS);
    } catch {
      // not there yet, or somebody else's
    }
  }
}
