import { AuditEntry, type AuditPage } from '../shared/protocol/administration-api.ts';
import type { Clock } from './clock.ts';
import { newId } from './secrets.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';

/** Who administers: an agent, or whoever has a shell on the relay's machine. */
export type Actor = { name: string; email: string } | 'command line';

type Values = AuditEntry['before'];
/** What is looked at before and after a change; what is not set is left out. */
type Looked = Record<string, Values[string] | undefined>;

const KEPT = 2 * 365 * 86_400_000;
const PAGE = 100;

/** What administrators did: who, when, what, and what it was before. Nothing in it is ever changed. */
export class Audit {
  readonly #clock: Clock;
  readonly #entries: Records<typeof AuditEntry>;

  constructor(store: Store, clock: Clock) {
    this.#clock = clock;
    this.#entries = new Records(store, 'audit', AuditEntry, ({ at }) => ({ expiresAt: at + KEPT }));
  }

  /** Notes a change, of `before` and `after` only what differs; nothing when nothing does, unless it is an act by itself. */
  async note(
    actor: Actor,
    what: AuditEntry['what'],
    about: string,
    { before = {}, after = {} }: { before?: Looked; after?: Looked } = {},
  ): Promise<void> {
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    if (changed.length === 0 && what.endsWith(' changed')) return;
    const only = (values: Looked): Values =>
      Object.fromEntries(
        changed.flatMap((name) => {
          const value = values[name];
          return value === undefined ? [] : [[name, value]];
        }),
      );
    const at = this.#clock.now();
    const id = `${String(at).padStart(15, '0')}:${newId()}`;
    const who = actor === 'command line' ? actor : `${actor.name} <${actor.email}>`;
    await this.#entries.create(id, { id, at, who, what, about, before: only(before), after: only(after) });
  }

  /** Oldest first. */
  async all(): Promise<AuditEntry[]> {
    return (await this.#entries.list('')).map(({ value }) => value);
  }

  /** Newest first, those before the entry `before`. */
  async page(before?: string): Promise<AuditPage> {
    const older = (await this.all()).filter(({ id }) => before === undefined || id < before);
    return { entries: older.slice(-PAGE).reverse(), more: older.length > PAGE };
  }
}

const COLUMNS = ['at', 'who', 'what', 'about', 'before', 'after'] as const;

/** RFC 4180, with a line of names; times as ISO 8601, values as JSON. */
export function csv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => {
    const { at, who, what, about, before, after } = entry;
    return [new Date(at).toISOString(), who, what, about, JSON.stringify(before), JSON.stringify(after)];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/**
 * A spreadsheet would take what begins so for a formula, some by the full-width signs too, and somebody's name may; a
 * Dutch one begins a cell at each semicolon, too.
 */
function cell(text: string): string {
  const harmless = text.replace(/(^|;)(?=[\s"\\]*[=+\-@＝＋－＠]|[\t\r])/g, "$1'");
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** One JSON object a line. */
export function jsonLines(entries: readonly AuditEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
