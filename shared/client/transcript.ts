import type { Transcript } from '../activities/chat.ts';
import type { Line } from '../activities/chat-lines.ts';
import { KEPT_BYTES } from '../link/link.ts';
import { roleOf, type SessionState } from '../session/session.ts';

const MOST_LINES = 200;
/** Leaves room for the envelope. */
const MOST_BYTES = KEPT_BYTES - 4096;

/**
 * The chat as `to` may have it, in parts that fit a message: the group's lines, and after a lost store also those
 * between the two, from when `to` joined; from before only to whom the earlier chat had been shown.
 */
export function transcriptFor(state: SessionState, to: string, why: Transcript['why']): Transcript[] {
  const { you } = state.roster;
  const between = (line: Line) => (line.to === to && line.writer === you) || (line.to === you && line.writer === to);
  const theirs = (line: Line) => line.to === undefined || (why === 'lost' && between(line));
  const parts: Line[][] = [[]];
  let bytes = 0;
  for (const line of state.activities.chat.lines.shown.slice(why === 'lost' ? since(state, to) : 0).filter(theirs)) {
    const size = new TextEncoder().encode(JSON.stringify(line)).length + 1;
    if (bytes + size > MOST_BYTES || (parts.at(-1)?.length ?? 0) >= MOST_LINES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(line);
    bytes += size;
  }
  return parts.map((lines, at) => ({
    v: 1,
    type: 'chat.transcript',
    epoch: state.epoch,
    to,
    why,
    lines,
    last: at === parts.length - 1,
  }));
}

/**
 * What other customers said to all since `to` joined: who comes into charge passes it on once more, as nobody knows what
 * the one before had still got while in charge.
 */
export function passedOnAgain(state: SessionState, to: string): Line[] {
  const { shown, held } = state.activities.chat.lines;
  return [...shown.slice(since(state, to)), ...held.map(({ line }) => line)].filter(
    (line) => line.to === undefined && line.writer !== to && roleOf(state, line.writer) === 'customer',
  );
}

/** How many lines had been shown here when `to` joined. */
function since(state: SessionState, to: string): number {
  const { lines, shownEarlier } = state.activities.chat;
  if (shownEarlier.includes(to)) return 0;
  const joined = state.notes.find(({ who, what }) => who === to && (what === 'joined' || what === 'started'));
  return joined ? joined.before + lines.earlier : lines.shown.length;
}
