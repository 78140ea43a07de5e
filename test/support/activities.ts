import { signal } from '@preact/signals';
import type { Shown } from '../../shared/activities/index.ts';
import type { RecordingsShown } from '../../shared/ui/recordings-kept.tsx';

/** What views are shown of the activities while nothing is going on, to the primary. */
export const NOTHING_ON: Shown = {
  compare: { pairs: [], reminded: [] },
  screen: { mayAsk: true, mayShare: true, mayPoint: true, asked: null, asks: [], mine: null, others: [] },
  call: { mayCall: true, now: null },
  files: { to: [], transfers: [], earlier: [] },
  recording: { mayRecord: true, now: null, last: null },
  takeover: { asked: null, mine: null },
};

/** A session that nobody offers, and an agent in no queue. */
export const NOT_OFFERED = { offered: undefined, mayTransfer: false, notes: '' };
export const NO_OFFERS = { availability: undefined, offers: [] };

/** No recording that is not saved. */
export const NOTHING_KEPT: RecordingsShown = {
  kept: signal([]),
  saving: signal(new Map()),
  downloaded: signal(new Set()),
  save: async () => ({ ok: true }),
  delete: async () => ({ ok: true }),
};
