/**
 * Which of the connections between two participants is used. The lower id chooses, alone, and does all the closing;
 * the higher follows. A pure state machine: events in, effects out. (When the higher closed too, each could close what
 * the other had chosen, and did so for ever: test/unit/election.test.ts keeps the case.)
 */
interface Candidate {
  id: number; // names the connection on this side
  page: string; // the other side's page load
  needs: boolean; // the other side has none it is content with
}

interface Proven extends Candidate {
  suspect: boolean;
}

export interface Election {
  role: 'lower' | 'higher';
  /** Proven connections by age. */
  proven: readonly Proven[];
  chosen: number | undefined;
  /** The last election's number: counted by the lower id, anew in each of its page loads. */
  e: number;
  /** Whose elections `e` counts, for the higher id. */
  page: string | undefined;
}

export type ElectionEvent =
  | { type: 'proven'; line: Candidate }
  | { type: 'suspect'; id: number; suspect: boolean }
  | { type: 'ended'; id: number }
  | { type: 'use'; id: number; e: number }
  | { type: 'using'; id: number; e: number };

type ElectionEffect =
  /** From now on send here, beginning with everything that waits. */
  | { type: 'choose'; id: number }
  | { type: 'send'; id: number; frame: { t: 'use' | 'using'; e: number } }
  | { type: 'close'; id: number; why: 'spare' | 'moved over' }
  /** None is left to send on. */
  | { type: 'none' };

export function newElection(own: string, other: string): Election {
  return { role: own < other ? 'lower' : 'higher', proven: [], chosen: undefined, e: 0, page: undefined };
}

type Step = [Election, ElectionEffect[]];

function choose(state: Election, line: Proven): Step {
  const e = state.e + 1;
  const old = state.proven.find((other) => other.id === state.chosen);
  const effects: ElectionEffect[] = [
    // `use` first, so that the other side knows before anything else arrives.
    { type: 'send', id: line.id, frame: { t: 'use', e } },
    { type: 'choose', id: line.id },
  ];
  // Connections of a page that is gone need no confirmation.
  if (old && old.page !== line.page) effects.push(...closeAllBut(state, line.id));
  return [{ ...state, e, chosen: line.id }, effects];
}

/** The higher, having none, need not wait for the lower's word: what is sent twice is taken once. */
function begin(state: Election, line: Proven): Step {
  return [{ ...state, chosen: line.id }, [{ type: 'choose', id: line.id }]];
}

function closeAllBut(state: Election, id: number): ElectionEffect[] {
  return state.proven.flatMap((line) => (line.id === id ? [] : [{ type: 'close', id: line.id, why: 'moved over' }]));
}

function proven(before: Election, candidate: Candidate): Step {
  const line = { ...candidate, suspect: false };
  const state = { ...before, proven: [...before.proven, line] };
  if (state.role === 'higher') {
    return before.chosen === undefined ? begin(state, line) : [state, []];
  }
  const old = before.proven.find((other) => other.id === before.chosen);
  if (!old || old.suspect || old.page !== line.page || line.needs) return choose(state, line);
  return [state, [{ type: 'close', id: line.id, why: 'spare' }]];
}

function ended(before: Election, id: number): Step {
  const state = { ...before, proven: before.proven.filter((line) => line.id !== id) };
  if (before.chosen !== id) return [state, []];
  const left = { ...state, chosen: undefined };
  const other = state.proven.findLast((line) => !line.suspect);
  if (!other) return [left, [{ type: 'none' }]];
  return state.role === 'lower' ? choose(left, other) : begin(left, other);
}

export function step(state: Election, event: ElectionEvent): Step {
  switch (event.type) {
    case 'proven':
      return proven(state, event.line);
    case 'suspect': {
      const { id, suspect } = event;
      return [{ ...state, proven: state.proven.map((line) => (line.id === id ? { ...line, suspect } : line)) }, []];
    }
    case 'ended':
      return ended(state, event.id);
    case 'use': {
      const line = state.proven.find((other) => other.id === event.id);
      if (state.role === 'lower' || !line) return [state, []];
      if (line.page === state.page && event.e <= state.e) return [state, []]; // overtaken by a later election
      const using: ElectionEffect = { type: 'send', id: line.id, frame: { t: 'using', e: event.e } };
      const effects: ElectionEffect[] = line.id === state.chosen ? [using] : [using, { type: 'choose', id: line.id }];
      return [{ ...state, e: event.e, page: line.page, chosen: line.id }, effects];
    }
    case 'using':
      if (state.role === 'higher' || event.id !== state.chosen || event.e !== state.e) return [state, []];
      return [state, closeAllBut(state, event.id)];
    default:
      return event satisfies never;
  }
}
