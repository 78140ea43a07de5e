import type { ParticipantView, SessionView } from '../../shared/session/view.ts';

/** The one thing that matters now about how the customer is connected, the worst first; `since` in ms. */
export type Concern =
  | { is: 'mismatch'; name: string } // somebody may be in between: nothing passes
  | { is: 'nobody' } // the agent's page is closed
  | { is: 'away'; name: string; since: undefined } // the agent's network is lost
  | { is: 'lost'; name: string; since: number }
  | { is: 'connecting'; name: string; since: number }
  | { is: 'none' };

export function primaryOf(session: SessionView): ParticipantView | undefined {
  return session.participants.find(({ role }) => role === 'primary');
}

export function concernOf(session: SessionView): Concern {
  const mismatch = session.participants.find(({ assurance }) => assurance === 'mismatch');
  if (mismatch) return { is: 'mismatch', name: mismatch.name };
  const primary = primaryOf(session);
  if (!primary && session.offered) return { is: 'none' }; // that has a notice of its own
  if (!primary || primary.state === 'gone') return { is: 'nobody' };
  const { name, link } = primary;
  // While somebody asks to take over, the question says it (EN3).
  if (link.is === 'live' || session.activities.takeover.asked) return { is: 'none' };
  if (primary.state === 'away') return { is: 'away', name, since: undefined };
  if (link.is === 'lost') return { is: 'lost', name, since: link.since };
  const me = session.participants.find(({ id }) => id === session.you);
  return { is: 'connecting', name, since: Math.max(me?.joinedAt ?? 0, primary.joinedAt) };
}

/** Since when whoever helps is not connected, in ms; `undefined`: they are, or this page still talks with them. */
export function helperAwaySince(session: SessionView): number | undefined {
  const primary = primaryOf(session);
  return primary && primary.link.is !== 'live' ? session.primaryAway?.since : undefined;
}
