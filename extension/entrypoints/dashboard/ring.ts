import type { SessionView } from '../../../shared/session/view.ts';

/** A call rings the customer who is being helped (PA2); with none, whoever else is here. */
export function whomToRing({ participants, you, helped }: SessionView): string[] {
  if (helped !== undefined) return [helped];
  return participants.filter(({ id, state }) => id !== you && state !== 'gone').map(({ id }) => id);
}
