import { isShut } from '../activities/compare.ts';
import { isOn } from '../activities/consent.ts';
import { reachable, roleOf, type SessionState } from './session.ts';

/**
 * With whom this page keeps a link: everybody it reaches, and other customers for as long as one shows the other
 * something or both are in the call. Those only when the primary has proven both (SE1): nothing is seen or heard
 * over a link that is "not compared" where nobody can compare.
 */
export function linkedWith(state: SessionState): string[] {
  const { you, participants } = state.roster;
  if (roleOf(state, you) !== 'customer') return reachable(state);
  const others = participants.filter(({ id, role }) => {
    if (id === you || role !== 'customer' || isShut(state.activities.compare, state, id)) return false;
    return state.introductions[id]?.proven === true && (shareBetween(state, you, id) || inOneCall(state, you, id));
  });
  return [...reachable(state), ...others.map(({ id }) => id)];
}

function inOneCall({ activities }: SessionState, ...both: string[]): boolean {
  return both.every((one) => activities.call.now?.members.some(({ who }) => who === one));
}

function shareBetween(state: SessionState, one: string, other: string): boolean {
  const { shares } = state.activities.screen;
  const shows = (by: string, to: string) =>
    shares.some((share) => share.by === by && share.seers.some(({ who, page }) => who === to && isOn(state, to, page)));
  return shows(one, other) || shows(other, one);
}

/** Those of `people` that what is captured here can go to. */
export function linkedAmong(state: SessionState, people: readonly string[]): string[] {
  const linked = new Set(linkedWith(state));
  return people.filter((one) => linked.has(one));
}
