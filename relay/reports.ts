import { z } from '../shared/protocol/schema.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';

/** "I did not ask for this" (JO6), for the administrator: which agent's invitation, and when. */
export const Report = z.object({
  at: z.int(),
  session: z.string(),
  invitation: z.string(),
  agent: z.string(), // id of who invited, whoever is in charge by now
  name: z.string(), // theirs, as it was then
});
export type Report = z.infer<typeof Report>;

const KEPT = 90 * 86_400_000;

export function reports(store: Store): Records<typeof Report> {
  return new Records(store, 'report', Report, ({ at }) => ({ expiresAt: at + KEPT }));
}
