import { nothingStored } from '../../shared/client/page-store.ts';
import type { SessionHost } from '../../shared/client/session-host.ts';
import type { SessionLinks } from '../../shared/link/link.ts';
import type { Roster } from '../../shared/protocol/relay-api.ts';
import { anchorOf, type SessionState } from '../../shared/session/session.ts';
import { SESSION } from './activity-desk.ts';
import { signer } from './signed-controls.ts';

const never = (): never => {
  throw new Error('not in this test');
};

interface Given extends Partial<Omit<SessionHost, 'state' | 'me' | 'signer' | 'links'>> {
  /** What the page knew first: whose it is. */
  roster: Roster;
  state(): SessionState;
  post: SessionHost['post'];
  links?: Partial<SessionLinks>;
}

/** What the parts of a session's client have of it, as far as a test gives it: anything else is an error to use. */
export function sessionHost({ roster, state, links, ...given }: Given): SessionHost {
  return {
    get state() {
      return state();
    },
    me: roster.you,
    skew: 0,
    signer: signer(roster.you),
    stored: nothingStored(SESSION, anchorOf(roster)),
    inTurn: never,
    save: never,
    mustBeHere: never,
    mustBeAllowed: never,
    changed: never,
    ...given,
    links: {
      ...{ post: never, pass: never, send: never, want: never, drop: never, wake: never, close: never },
      ...{ beside: never, stats: never, journal: never },
      ...links,
    },
  };
}
