import { Invited, Joined, Roster, Seat, SignedIn, SignInStarted } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { newPen, type Pen } from './pen.ts';
import type { TestRelay } from './relay.ts';
import { Caller } from './relay-http.ts';

/** Callers of a relay on a port, signed in or seated, for tests that need no browser. */
export function callerOf(relay: TestRelay, token?: string): Caller {
  return new Caller((path, init) => fetch(relay.url + path, init), token);
}

interface Real {
  api: Caller;
  id: string;
  pen: Pen;
}

/** Signs in an agent the relay knows, as a browser does: by the mailed code. */
export async function signIn(relay: TestRelay, email: string): Promise<Real> {
  const anybody = callerOf(relay);
  const asked = await anybody.post(SignInStarted, '/api/sign-in', { email, language: 'en' });
  for (;;) {
    const code = await relay.signInCode(email);
    const answer = await anybody.raw('POST', '/api/sign-in/verify', { ...asked, code, browser: 'test' });
    if (!answer.ok) continue; // the mail of an earlier request: ours is on its way
    const { token, device } = z.parse(SignedIn, await answer.json());
    return { api: callerOf(relay, token), id: device, pen: newPen() };
  }
}

/** A session with its primary and one customer who came by link. */
export async function pair(relay: TestRelay, email: string) {
  const agent = await signIn(relay, email);
  const session = await agent.api.post(Roster, '/api/sessions', { signingKey: agent.pen.signingKey });
  const invite = { guest: 'customer', language: 'en', epoch: 1 };
  const { id: invitation } = await agent.api.post(Invited, `/api/sessions/${session.id}/invitations`, invite);
  const seat = await callerOf(relay).post(Seat, '/api/seats');
  const customer: Real = { api: callerOf(relay, seat.token), id: seat.id, pen: newPen() };
  const asked = { name: 'Mia', signingKey: customer.pen.signingKey };
  await customer.api.post(Joined, `/api/invitations/${invitation}/join`, asked);
  return { agent, customer, session, invitation };
}
