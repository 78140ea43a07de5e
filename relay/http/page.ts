import { Hono } from 'hono';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { PageId } from '../../shared/protocol/ids.ts';
import { type Desk, GoneRequest, type Ice, type Ticket } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { iceFor } from '../ice.ts';
import type { Parts } from '../parts.ts';
import { gone } from '../session-presence.ts';
import { eventBody } from './event-body.ts';
import { type App, body, caller, type Env } from './kit.ts';

/** What every page asks for: who the desk is, its stream, tickets, ICE servers; and that it goes. */
export function pageRoutes(parts: Parts): App {
  const { agents, book, config, presence, streams, tickets } = parts;
  const app = new Hono<Env>();

  app.get('/desk', (c) =>
    c.json<Desk>({
      hulplijn: 1,
      name: config.deskName,
      language: config.languages[0] ?? 'en',
      languages: config.languages,
      modes: config.modes,
      url: config.publicUrl,
    }),
  );

  app.get('/events', async (c) => {
    const who = await caller(c, parts);
    const page = z.safeParse(PageId, c.req.header('Hulplijn-Page'));
    if (!page.success) throw new HulplijnError('bad-request');
    c.header('Content-Type', 'text/event-stream');
    c.header('X-Accel-Buffering', 'no'); // nginx would collect what must arrive at once
    return c.body(
      eventBody(
        streams.open({
          id: who.id,
          token: who.token,
          page: page.data,
          agent: who.is === 'agent' ? who.agent.id : undefined,
        }),
      ),
    );
  });

  app.post('/ticket', async (c) => {
    return c.json<z.infer<typeof Ticket>>({ ticket: await tickets.issue(await caller(c, parts)) });
  });

  app.get('/ice', async (c) => {
    const who = await caller(c, parts);
    const isIn = who.is === 'agent' || (await book.isInside(who.id));
    return c.json<Ice>(iceFor(who.id, isIn, parts));
  });

  app.post('/gone', async (c) => {
    const { page, token } = await body(c, GoneRequest);
    const { id } = await agents.caller(token);
    await presence.leave(id, page);
    for (const session of await book.sessionsOf(id)) {
      if (!(await book.get(session))) continue;
      await book.change(session, (now, at) => gone(now, id, page, at));
      await book.settle(id, session); // a newer load may be here already
    }
    return c.body(null, 204);
  });

  return app;
}
