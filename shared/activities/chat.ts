import { ParticipantId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { acceptedBy, activity, type Facts, person, roleIn } from './activity.ts';
import { addLine, addTranscript, Line, type Lines, NO_LINES, nextDue, releaseDue } from './chat-lines.ts';
import { Epoch, EVERYBODY, kept } from './wire.ts';

export interface Chat {
  lines: Lines;
  /** Of a transcript whose last part has not come. */
  parts: readonly Line[];
  /** To whom this page has shown the earlier chat. */
  shownEarlier: readonly string[];
}

const Said = kept('chat.line', { line: Line });

/**
 * What was said before, in one or more parts of which `last` is the last: from the primary to an agent (`earlier`), or
 * from anybody to one who lost its store (`lost`), then only lines between the two or of the group; or from the customer
 * who kept the session to who has accepted it (`kept`).
 */
const Transcript = kept('chat.transcript', {
  epoch: Epoch,
  to: ParticipantId,
  why: z.enum(['earlier', 'lost', 'kept']),
  lines: z.array(Line).check(z.maxLength(200)),
  last: z.boolean(),
});
export type Transcript = z.infer<typeof Transcript>;

/** Chat among all participants, or to one (SH3). */
export const chat = activity({
  name: 'chat',
  kept: [Said, Transcript],
  // A transcript that gives back what was lost may come from anybody: below.
  who: { 'chat.line': { roles: EVERYBODY }, 'chat.transcript': { roles: EVERYBODY } },
  start: { lines: NO_LINES, parts: [], shownEarlier: [] } as Chat,

  permits(_, facts, from, message) {
    return message.type === 'chat.line'
      ? permitsLine(facts, from, message.line)
      : permitsTranscript(facts, from, message);
  },

  reduce(state, facts, from, message, at) {
    const own = from === facts.roster.you;
    if (message.type === 'chat.line') {
      const wait = own ? 0 : facts.roster.limits.chatWait * 1000;
      return { ...state, lines: addLine(state.lines, message.line, at, wait) };
    }
    if (own) {
      const shown = message.last && message.why === 'earlier';
      return shown ? { ...state, shownEarlier: [...state.shownEarlier, message.to] } : state;
    }
    const parts = [...state.parts, ...message.lines];
    if (!message.last) return { ...state, parts };
    return { ...state, parts: [], lines: addTranscript(state.lines, parts) };
  },

  settle(state, _, now) {
    const lines = releaseDue(state.lines, now);
    return lines === state.lines ? state : { ...state, lines };
  },
  due: (state) => nextDue(state.lines),
});

/**
 * One's own line under one's own name, to the group or to this page; or a customer's group line that the primary passes
 * on to a customer, or who was primary before.
 */
function permitsLine(facts: Facts, from: string, line: Line): boolean {
  const { you } = facts.roster;
  const role = roleIn(facts, from);
  const mine = roleIn(facts, you);
  if (line.writer === from) {
    if (line.name !== person(facts, from)?.name) return false;
    return line.to === undefined || (line.to === you && !(role === 'customer' && mine === 'customer'));
  }
  const passes = role === 'primary' || (role === 'assistant' && facts.epoch > 1);
  return passes && line.to === undefined && mine === 'customer' && line.writer !== you;
}

function permitsTranscript(facts: Facts, from: string, message: Transcript): boolean {
  const { you } = facts.roster;
  if (message.to !== you) return false;
  if (message.why === 'kept') {
    const group = message.lines.every(({ to }) => to === undefined);
    return group && acceptedBy(facts, you) && facts.handed?.by === from && message.epoch >= facts.epoch;
  }
  if (message.why === 'earlier') {
    return roleIn(facts, from) === 'primary' && message.epoch >= facts.epoch && roleIn(facts, you) !== 'customer';
  }
  const between = ({ writer, to }: Line) =>
    to === undefined || (to === you && writer === from) || (to === from && writer === you);
  return facts.lost && message.lines.every(between);
}
