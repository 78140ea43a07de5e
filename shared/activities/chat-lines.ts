import { ParticipantId } from '../protocol/ids.ts';
import { CHAT_LINE_CHARACTERS } from '../protocol/limits.ts';
import { z } from '../protocol/schema.ts';

/** At most `CHAT_LINE_CHARACTERS` Unicode code points, and something in it. */
export const ChatText = z.string().check(
  z.maxLength(2 * CHAT_LINE_CHARACTERS),
  z.refine((text) => text.trim() !== '' && [...text].length <= CHAT_LINE_CHARACTERS),
);

const writerOf = (id: string): string => id.slice(0, id.indexOf('.'));

const HIGHEST_CLOCK = 2 ** 40;
/** The last moment there is a date for, ms (ECMA-262, time values): a later one would fail wherever it is shown. */
const LAST_MOMENT = 8.64e15;
const MOST_SEEN = 32;
/** A counter further ahead than this of all that was heard is made up, and not followed. */
const CLOCK_LEAP = 100_000;

/** Named by its writer: the writer's id, and a number that grows with each line of theirs. */
const LineId = z.string().check(z.regex(/^[0-9a-f]{32}\.\d{1,9}$/));

/**
 * One line of chat, as its writer made it and as everybody keeps it (SH3).
 * `clock` is a Lamport counter. `seen` names, for each writer, the last group line its own writer had on the screen: a
 * reader shows those first. `signature` is the writer's over `lineBytes`: it holds when the primary passes the line on.
 */
export const Line = z
  .object({
    id: LineId,
    writer: ParticipantId,
    name: z.string().check(z.maxLength(400)),
    to: z.optional(ParticipantId),
    text: ChatText,
    at: z.int().check(z.gte(0), z.lte(LAST_MOMENT)),
    clock: z.int().check(z.gte(1), z.lte(HIGHEST_CLOCK)),
    seen: z.array(LineId).check(z.maxLength(MOST_SEEN)),
    signature: z.string().check(z.maxLength(100)),
  })
  // Or somebody could take the numbers of another's next lines, which would then count as known.
  .check(z.refine(({ id, writer }) => writerOf(id) === writer));
export type Line = z.infer<typeof Line>;
export type UnsignedLine = Omit<Line, 'signature'>;

/** What the writer signs, bound to the session. */
export function lineBytes(session: string, line: UnsignedLine): Uint8Array<ArrayBuffer> {
  const { id, writer, name, to, text, at, clock, seen } = line;
  return new TextEncoder().encode(
    JSON.stringify(['hulplijn chat line 1', session, id, writer, name, to ?? null, text, at, clock, seen]),
  );
}

export interface Lines {
  /** In the order shown; only ever appended to, but for a transcript that comes whole. */
  shown: readonly Line[];
  /** Arrived, and waiting for what their writers had seen, until `due` (ms). In the order they arrived. */
  held: readonly { line: Line; due: number }[];
  clock: number;
  /** The highest number known of each writer: the next own line's is above it. */
  counts: Readonly<Record<string, number>>;
  /** The last group line shown of each writer: what an own line says it has seen. */
  last: Readonly<Record<string, string>>;
  /** Of each writer, up to which line nothing is waited for: shown, or waited for in vain (said before we joined). */
  settled: Readonly<Record<string, number>>;
  /** How many of those shown came in a transcript, before all others. */
  earlier: number;
}

export const NO_LINES: Lines = { shown: [], held: [], clock: 0, counts: {}, last: {}, settled: {}, earlier: 0 };

const numberOf = (id: string): number => Number(id.slice(id.indexOf('.') + 1));

/** Numbers start from the clock's seconds, so that a writer who lost its store never gives a number twice. */
const NUMBERS_SINCE = Date.UTC(2025, 0, 1);

/** The own line to write next: not signed yet. */
export function nextLine(
  chat: Lines,
  by: { writer: string; name: string; to: string | undefined; text: string; at: number },
): UnsignedLine {
  const number = Math.max((chat.counts[by.writer] ?? 0) + 1, Math.floor((by.at - NUMBERS_SINCE) / 1000));
  const id = `${by.writer}.${number}`;
  const { to, ...rest } = by;
  return {
    ...rest,
    ...(to === undefined ? {} : { to }),
    id,
    clock: chat.clock + 1,
    seen: Object.values(chat.last).slice(-MOST_SEEN),
  };
}

function settle(settled: Lines['settled'], ids: readonly string[]): Lines['settled'] {
  const next = { ...settled };
  for (const id of ids) next[writerOf(id)] = Math.max(next[writerOf(id)] ?? 0, numberOf(id));
  return next;
}

function known(chat: Lines, id: string): boolean {
  return chat.shown.some((line) => line.id === id) || chat.held.some(({ line }) => line.id === id);
}

function counted(chat: Lines, line: Line): Lines {
  return {
    ...chat,
    clock: line.clock > chat.clock + CLOCK_LEAP ? chat.clock : Math.max(chat.clock, line.clock),
    counts: { ...chat.counts, [line.writer]: Math.max(chat.counts[line.writer] ?? 0, numberOf(line.id)) },
  };
}

function show(chat: Lines, line: Line): Lines {
  const last = line.to === undefined ? { ...chat.last, [line.writer]: line.id } : chat.last;
  return { ...chat, shown: [...chat.shown, line], last, settled: settle(chat.settled, [line.id, ...line.seen]) };
}

/** Shows every held line whose predecessors are shown or whose time is over, the longest waiting first. */
function release(chat: Lines, now: number): Lines {
  for (let next = chat; ; ) {
    const ready = next.held.find(({ line, due }, at) => {
      const behindOwn = next.held.slice(0, at).some((earlier) => earlier.line.writer === line.writer);
      return !behindOwn && (due <= now || line.seen.every((id) => numberOf(id) <= (next.settled[writerOf(id)] ?? 0)));
    });
    if (!ready) return next;
    next = show({ ...next, held: next.held.filter((held) => held !== ready) }, ready.line);
  }
}

/** A line arrived or was written here; `wait` in ms is how long it may wait for what its writer had seen. */
export function addLine(chat: Lines, line: Line, now: number, wait: number): Lines {
  if (known(chat, line.id)) return chat;
  const next = counted(release(chat, now), line);
  return release({ ...next, held: [...next.held, { line, due: now + wait }] }, now);
}

/** Time has passed. */
export const releaseDue = release;

/** When the next held line is shown whatever happens, in ms; `undefined` with none held. */
export function nextDue(chat: Lines): number | undefined {
  return chat.held.length === 0 ? undefined : Math.min(...chat.held.map(({ due }) => due));
}

/** What was said earlier, received whole: ordered by counter, then id, and put before what is shown here already. */
export function addTranscript(chat: Lines, lines: readonly Line[]): Lines {
  const fresh = lines
    .filter((line, at) => !known(chat, line.id) && lines.findIndex(({ id }) => id === line.id) === at)
    .sort((a, b) => a.clock - b.clock || (a.id < b.id ? -1 : 1));
  const next = fresh.reduce(counted, chat);
  const last = { ...next.last };
  for (const line of fresh) if (line.to === undefined && !(line.writer in chat.last)) last[line.writer] = line.id;
  const settled = settle(next.settled, Object.values(last));
  return { ...next, shown: [...fresh, ...next.shown], last, settled, earlier: next.earlier + fresh.length };
}
