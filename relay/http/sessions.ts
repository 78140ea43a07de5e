import { Hono } from 'hono';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { SessionId } from '../../shared/protocol/ids.ts';
import {
  AboutRequest,
  type Admitted,
  AssistRequest,
  ControlRequest,
  EndRequest,
  type Invited,
  InviteRequest,
  RevokeInvitationRequest,
  type Roster,
  StartRequest,
} from '../../shared/protocol/relay-api.ts';
import type { z } from '../../shared/protocol/schema.ts';
import { invitationMail } from '../mail/invitation.tsx';
import type { Parts } from '../parts.ts';
import { newId } from '../secrets.ts';
import { participantIn } from '../session-change.ts';
import { rosterFor } from '../session-record.ts';
import * as rules from '../sessions.ts';
import { clientAddress } from './address.ts';
import { type App, agentCalling, body, type Call, caller, type Env, parameter } from './kit.ts';

/** Starting, assisting, and what is done in a session. Who may what is judged in sessions.ts. */
export function sessionRoutes(parts: Parts): App {
  const { book, clock, config, desk, mailer, quotas, words } = parts;
  const app = new Hono<Env>();
  const session = (c: Call) => parameter(c, 'session', SessionId);
  const view = () => ({ desk: config.deskName, now: clock.now(), limits: config.limits });

  app.post('/sessions', async (c) => {
    const { id, agent } = await agentCalling(c, parts);
    const { mode, signingKey } = await body(c, StartRequest);
    return c.json<Roster>(rosterFor(await desk.start({ id, agent, signingKey }, mode), id, view()), 201);
  });

  app.post('/sessions/assist', async (c) => {
    const { id, agent } = await agentCalling(c, parts);
    const how = await body(c, AssistRequest);
    const { signingKey } = how;
    const by = { id, agent, signingKey, address: clientAddress(c, config.trustedProxies) };
    return c.json<Roster>(rosterFor(await desk.assist(by, how), id, view()));
  });

  app.post('/sessions/:session/invitations', async (c) => {
    const { id, agent } = await agentCalling(c, parts);
    const { guest, language, epoch, mail } = await body(c, InviteRequest);
    const invitation = newId();
    const by = { id, epoch };
    const record = await book.change(session(c), (now) => rules.invite(now, by, { id: invitation, guest }));
    await book.addInvitation(invitation, record.id); // after it is permitted: a refusal leaves nothing behind
    const url = `${config.publicUrl}/j/${invitation}`;
    if (mail) {
      const { deskName, publicUrl } = config;
      const about = { to: mail, guest, desk: deskName, agent: agent.name, number: record.number, url, site: publicUrl };
      try {
        await quotas.mail(agent.id, mail);
        await mailer.send(invitationMail(words[language], about));
      } catch (error) {
        // Nobody got it, so it invites nobody.
        await book.change(record.id, (now) => rules.revoke(now, by, invitation)).catch(() => {});
        throw error;
      }
    }
    return c.json<Invited>({ id: invitation, url }, 201);
  });

  app.post('/sessions/:session/revoke', async (c) => {
    const { id } = await caller(c, parts);
    const { invitation, epoch } = await body(c, RevokeInvitationRequest);
    await book.change(session(c), (now) => rules.revoke(now, { id, epoch }, invitation));
    return c.body(null, 204);
  });

  app.post('/sessions/:session/admit', async (c) => {
    const { id } = await caller(c, parts);
    const { participant, epoch } = await body(c, AboutRequest);
    return c.json<z.infer<typeof Admitted>>({ session: await desk.admit(session(c), { id, epoch }, participant) });
  });

  app.post('/sessions/:session/decline', async (c) => {
    const { id } = await caller(c, parts);
    const { participant, epoch } = await body(c, AboutRequest);
    await book.change(session(c), (now) => rules.decline(now, { id, epoch }, participant));
    return c.body(null, 204);
  });

  app.post('/sessions/:session/remove', async (c) => {
    const { id } = await caller(c, parts);
    const { participant, epoch } = await body(c, AboutRequest);
    await book.change(session(c), (now) => rules.remove(now, { id, epoch }, participant));
    return c.body(null, 204);
  });

  app.post('/sessions/:session/control', async (c) => {
    const { id } = await caller(c, parts);
    const { control } = await body(c, ControlRequest);
    return c.json<Roster>(rosterFor(await desk.control(session(c), id, control), id, view()));
  });

  app.post('/sessions/:session/end', async (c) => {
    const { id } = await caller(c, parts);
    const { epoch } = await body(c, EndRequest);
    await book.change(session(c), (now, at) => {
      // Whoever is no participant must not learn that a session is over either.
      if (!participantIn(now, id)) throw new HulplijnError('not-found');
      return rules.end(now, { id, epoch }, at);
    });
    return c.body(null, 204);
  });

  app.post('/sessions/:session/leave', async (c) => {
    const { id } = await caller(c, parts);
    await book.change(session(c), (now, at) => rules.leave(now, id, at, config.limits));
    return c.body(null, 204);
  });

  return app;
}
