import type { Shown } from '../../shared/activities/index.ts';

/** What views are shown of the activities while nothing is going on, to the primary. */
export const NOTHING_ON: Shown = {
  compare: { pairs: [], reminded: [] },
  screen: { mayAsk: true, mayShare: true, mayPoint: true, asked: null, asks: [], mine: null, others: [] },
  call: { mayCall: true, now: null },
  files: { to: [], transfers: [] },
  takeover: { asked: null, mine: null },
};
