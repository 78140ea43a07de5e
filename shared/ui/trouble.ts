import type { ParticipantView, RelayState, SessionView, Snapshot } from '../session/view.ts';

/** A trouble shows only after it has lasted: most mend themselves sooner. */
export const LASTED_MS = 2000;

/** What is wrong now, the worst first. Views show the first. */
export type Trouble =
  | { is: 'signed out' }
  | { is: 'mismatch'; who: ParticipantView }
  | { is: 'differs'; who: ParticipantView; guest: boolean } // the code did not match; `guest`: the one to doubt leads here
  | { is: 'lost'; who: ParticipantView; since: number }
  | { is: 'reported' }
  | { is: 'unsaved act' } // an end or a removal the relay has yet to hear of
  | { is: 'relay'; since: number };

export function troubles(snapshot: Snapshot, session: SessionView | undefined, now: number): Trouble[] {
  const found: Trouble[] = [];
  if (snapshot.relay.is === 'signed out') found.push({ is: 'signed out' });
  if (session && session.phase !== 'ended') {
    for (const who of session.participants) {
      const compared = session.activities.compare.pairs.find((pair) => pair.with === who.id);
      if (compared?.stage === 'differs') found.push({ is: 'differs', who, guest: !compared.first });
      else if (who.assurance === 'mismatch') found.push({ is: 'mismatch', who });
    }
    for (const who of session.participants)
      if (who.link.is === 'lost' && who.state === 'present' && now - who.link.since >= LASTED_MS)
        found.push({ is: 'lost', who, since: who.link.since });
    if (session.reported) found.push({ is: 'reported' });
  }
  if (session?.waitingForRelay && relayLasts(snapshot.relay, now)) found.push({ is: 'unsaved act' });
  else if (snapshot.relay.is === 'waiting' && relayLasts(snapshot.relay, now))
    found.push({ is: 'relay', since: snapshot.relay.since });
  return found;
}

function relayLasts(relay: RelayState, now: number): boolean {
  return relay.is === 'waiting' && now - relay.since >= LASTED_MS;
}
