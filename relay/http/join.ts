import { Hono } from 'hono';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { InvitationId } from '../../shared/protocol/ids.ts';
import { type Invitation, type Joined, JoinRequest, KnockRequest, type Seat } from '../../shared/protocol/relay-api.ts';
import type { Entry } from '../desk.ts';
import { iceFor } from '../ice.ts';
import type { Parts } from '../parts.ts';
import { reports } from '../reports.ts';
import { primaryOf } from '../session-change.ts';
import { rosterFor } from '../session-record.ts';
import * as rules from '../sessions.ts';
import { clientAddress } from './address.ts';
import { type App, body, type Call, type Env, parameter, seatCalling } from './kit.ts';

/** The customer's way in (JO): a seat, then a link or a number. */
export function joinRoutes(parts: Parts): App {
  const { agents, book, clock, config, desk, quotas } = parts;
  const app = new Hono<Env>();
  const invitation = (c: Call) => parameter(c, 'id', InvitationId);

  const joined = (entry: Entry, id: string): Joined => {
    const now = clock.now();
    if (entry.is === 'knocking') return { state: 'knocking', lapsesAt: entry.lapsesAt, now };
    const roster = rosterFor(entry.record, id, { desk: config.deskName, now, limits: config.limits });
    return { state: 'present', roster, ice: iceFor(id, true, parts) };
  };

  app.post('/seats', async (c) => {
    await quotas.seat(clientAddress(c, config.trustedProxies));
    return c.json<Seat>(await agents.newSeat(), 201);
  });

  app.get('/invitations/:id', async (c) => {
    const record = await desk.invitationHome(invitation(c));
    const { agent: inviter, guest, state } = rules.invitationIn(record, invitation(c));
    const over = record.phase === 'ended' || state.is === 'over';
    // After a transfer another than who invited; in a session that is over nobody is.
    const primary = primaryOf(record);
    const leads = primary?.state === 'gone' ? undefined : primary?.name;
    const agent = record.phase === 'ended' ? inviter : leads;
    return c.json<Invitation>({
      desk: config.deskName,
      ...(agent !== undefined && { agent }),
      guest,
      state: over ? 'over' : state.is === 'fresh' ? 'fresh' : 'used',
      // In multi-session mode every customer gets a session of their own (PA4).
      others: !over && record.mode === 'single' && record.participants.some((one) => one.role === 'customer'),
    });
  });

  app.post('/invitations/:id/join', async (c) => {
    const { id } = await seatCalling(c, parts);
    const who = { id, ...(await body(c, JoinRequest)) };
    return c.json<Joined>(joined(await desk.join(who, invitation(c)), id));
  });

  app.post('/invitations/:id/report', async (c) => {
    const id = invitation(c);
    const { id: session } = await desk.invitationHome(id);
    const record = await book.change(session, (now) => rules.report(now, id));
    const { inviter = '', agent: name } = rules.invitationIn(record, id);
    // Said again it is the same report: the first one stands.
    await reports(parts.store).create(id, { at: clock.now(), session, invitation: id, agent: inviter, name });
    return c.body(null, 204);
  });

  app.post('/knock', async (c) => {
    const { id } = await seatCalling(c, parts);
    const { name, number, signingKey } = await body(c, KnockRequest);
    if (number.length > 100) throw new HulplijnError('bad-number');
    const by = { id, name, signingKey, address: clientAddress(c, config.trustedProxies) };
    return c.json<Joined>(joined(await desk.knock(by, number), id));
  });

  return app;
}
