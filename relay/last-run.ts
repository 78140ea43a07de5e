import { Language } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';

const KEY = 'last-run';

/** With what a relay last ran on a store: the command line speaks for that desk, whatever its own shell is set to. */
const LastRun = z.object({
  publicUrl: z.string(),
  deskName: z.string(),
  languages: z.array(Language),
  sends: z.boolean(), // mails by SMTP; by which server, with what password, is kept nowhere
});
export type LastRun = z.infer<typeof LastRun>;

export function lastRun(store: Store) {
  const records = new Records(store, KEY, LastRun);
  return {
    /** `undefined`: none has. */
    read: () => records.get(KEY),
    note: (run: LastRun) => records.write(KEY, run),
  };
}
