import type { KnockView, SessionView, Snapshot } from '../../../shared/session/view.ts';
import type { FileShown } from '../../../shared/ui/file-item.tsx';
import { knocksOf } from '../../../shared/ui/knock-card.tsx';
import { offersOf } from '../../../shared/ui/offer-card.tsx';
import { offersToTake, type SessionOffered } from '../../../shared/ui/session-offer.tsx';
import { primaryLost } from '../../../shared/ui/takeover-notice.tsx';
import { useNow } from '../../../shared/ui/time.tsx';
import { type Trouble, troubles } from '../../../shared/ui/trouble.ts';

/** The one thing that matters now. */
export type Matter =
  | { is: 'knock'; knock: KnockView; session: SessionView; more: number }
  | { is: 'file'; offer: FileShown; session: SessionView }
  | { is: 'offer' | 'outcome'; offer: SessionOffered }
  | { is: 'primary lost' | 'waits' | 'ended' }
  | { is: 'trouble'; trouble: Trouble };

/** Who knocks, what is offered, who or what is lost, what became of an offer, what waits: in that order. */
export function useMatter(snapshot: Snapshot, session: SessionView): Matter | undefined {
  const now = useNow();
  const [knock, ...more] = knocksOf(snapshot.sessions);
  if (knock) return { is: 'knock', ...knock, more: more.length };
  const [file] = offersOf(snapshot.sessions);
  if (file) return { is: 'file', ...file };
  const [toTake] = offersToTake(snapshot);
  const offer = toTake ?? snapshot.offers.find(({ mine, state }) => mine && state.is === 'nobody');
  if (offer) return { is: 'offer', offer };
  const [trouble] = troubles(snapshot, session, now);
  // Who is signed out cannot take control either.
  if (primaryLost(session, now) && trouble?.is !== 'signed out') return { is: 'primary lost' };
  if (trouble) return { is: 'trouble', trouble };
  const outcome = snapshot.offers.find(isOutcome);
  if (outcome) return { is: 'outcome', offer: outcome };
  if (session.phase === 'ended') return { is: 'ended' };
  return session.offered && { is: 'waits' };
}

/** What became of an offer without this agent's doing: it is shown for as long as the relay tells of it (TS5). */
function isOutcome({ state }: SessionOffered): boolean {
  return state.is === 'over' || (state.is === 'taken' && !state.me);
}

/** It is for the agent to answer, or was, so it is shown where the bar is collapsed, too. */
export function hasCard({ is }: Matter): boolean {
  return is === 'knock' || is === 'file' || is === 'offer' || is === 'primary lost' || is === 'outcome';
}
