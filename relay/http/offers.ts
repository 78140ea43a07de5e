import { Hono } from 'hono';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { OfferId, SessionId } from '../../shared/protocol/ids.ts';
import {
  AcceptRequest,
  AvailabilityRequest,
  Mode,
  type Offer,
  OfferRequest,
  type Roster,
  type Transferees,
} from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Coming } from '../desk.ts';
import type { Parts } from '../parts.ts';
import { rosterFor } from '../session-record.ts';
import { type App, agentCalling, body, type Call, type Env, parameter } from './kit.ts';

/** Offering a session to agents or a queue (TS), and who is available. */
export function offerRoutes(parts: Parts): App {
  const { clock, config, offers, quotas } = parts;
  const app = new Hono<Env>();
  const offer = (c: Call) => parameter(c, 'offer', OfferId);
  const coming = async (c: Call): Promise<Coming> => {
    const { id, agent } = await agentCalling(c, parts);
    return { id, agent, ...(await body(c, AcceptRequest)) };
  };
  const view = () => ({ desk: config.deskName, now: clock.now(), limits: config.limits });

  app.get('/transferees', async (c) => {
    const { agent } = await agentCalling(c, parts);
    const mode = z.safeParse(z.optional(Mode), c.req.query('mode'));
    if (!mode.success) throw new HulplijnError('bad-request');
    return c.json<Transferees>(await offers.transferees(agent, mode.data));
  });

  app.post('/availability', async (c) => {
    const { agent } = await agentCalling(c, parts);
    const { on } = await body(c, AvailabilityRequest);
    await offers.setAvailable(agent, on);
    return c.body(null, 204);
  });

  app.post('/sessions/:session/offer', async (c) => {
    const by = await agentCalling(c, parts);
    const session = parameter(c, 'session', SessionId);
    const what = await body(c, OfferRequest);
    await quotas.offer(by.agent.id);
    return c.json<Offer>(await offers.offer(session, by, what), 201);
  });

  app.post('/offers/:offer/accept', async (c) => {
    const by = await coming(c);
    return c.json<Roster>(rosterFor(await offers.accept(offer(c), by), by.id, view()));
  });

  app.post('/offers/:offer/take-back', async (c) => {
    const by = await coming(c);
    return c.json<Roster>(rosterFor(await offers.takeBack(offer(c), by), by.id, view()));
  });

  app.post('/offers/:offer/decline', async (c) => {
    const by = await agentCalling(c, parts);
    await offers.decline(offer(c), by);
    return c.body(null, 204);
  });

  return app;
}
