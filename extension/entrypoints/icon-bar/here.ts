import type { SessionView } from '../../../shared/session/view.ts';

/** How many take part now, oneself included. */
export function here(session: SessionView): number {
  return session.participants.filter((one) => one.state !== 'gone').length;
}
