import type { SessionView } from '../../../shared/session/view.ts';

/** A call rings the customers who are here; with none, whoever else is. */
export function whomToRing({ participants, you }: SessionView): string[] {
  const here = participants.filter(({ id, state }) => id !== you && state !== 'gone');
  const customers = here.filter(({ role }) => role === 'customer');
  return (customers.length > 0 ? customers : here).map(({ id }) => id);
}
