import { OfferNotes } from '../protocol/offer-message.ts';
import { z } from '../protocol/schema.ts';
import { activity, roleIn } from './activity.ts';
import { kept } from './wire.ts';

/** ms; clocks differ by less. What says it is of a later day would stand against all that follows. */
const DAY = 86_400_000;

/** The notes as they are from now on, whole: of two written at once the later stands, for all alike. */
const Text = kept('notebook.text', { text: OfferNotes, at: z.int().check(z.gte(0)) });

export interface Notebook {
  text: string;
  at: number; // the writer's clock, ms
  by: string;
}

/** Notes of the agents' own about a session; customers get none of it ("Who may what"). */
export const notebook = activity({
  name: 'notebook',
  kept: [Text],
  who: { 'notebook.text': { roles: ['primary', 'assistant'] } },
  agentsOnly: true,
  start: { text: '', at: 0, by: '' } as Notebook,

  permits(_, facts) {
    return roleIn(facts, facts.roster.you) !== 'customer';
  },

  reduce(state, _, by, { text, at }, heard) {
    if (at > heard + DAY) return state;
    const isNewer = at > state.at || (at === state.at && by > state.by);
    return isNewer ? { text, at, by } : state;
  },

  tell: ({ text, at }) => (text === '' ? [] : [{ v: 1 as const, type: 'notebook.text' as const, text, at }]),
});
