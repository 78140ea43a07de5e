import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Logger } from 'pino';
import { HulplijnError } from '../shared/protocol/errors.ts';
import { Administration } from './administration.ts';
import { Agents } from './agents.ts';
import { Audit } from './audit.ts';
import { Availability } from './availability.ts';
import type { Clock } from './clock.ts';
import { isOfThisMachine } from './config.ts';
import { Desk } from './desk.ts';
import { EventStreams } from './event-stream.ts';
import { administrationRoutes } from './http/administration.ts';
import { strictHeaders } from './http/headers.ts';
import { joinRoutes } from './http/join.ts';
import { type App, type Env, refusal, wholeBody } from './http/kit.ts';
import { offerRoutes } from './http/offers.ts';
import { outboxRoutes } from './http/outbox.tsx';
import { pageRoutes } from './http/page.ts';
import { sessionRoutes } from './http/sessions.ts';
import { signInRoutes } from './http/sign-in.ts';
import { siteRoutes } from './http/site.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Outbox } from './mail/outbox.ts';
import { Offers } from './offers.ts';
import type { DemoAgent, Parts, Running } from './parts.ts';
import { Presence } from './presence.ts';
import { Queues } from './queues.ts';
import { createQuotas } from './quotas.ts';
import { Room } from './room.ts';
import { SessionBook } from './session-book.ts';
import { Settings } from './settings.ts';
import { Tickets } from './signalling/tickets.ts';
import type { Store } from './store/store.ts';
import { createSweeper, type Sweeper } from './sweeper.ts';

/** Bytes of a request's body: names, addresses and numbers are short. */
const BODY = 16 * 1024;

export interface Given {
  config: Running;
  store: Store;
  mailer: Mailer;
  outbox: Outbox | undefined; // the mailer, where it is one that can be read
  clock: Clock;
  log: Logger;
  words: Parts['words'];
  demo: DemoAgent[];
  site: string; // the folder of the built site
  place: string; // names where this relay runs, the same after a restart
}

export interface Relay {
  /** `Request` in, `Response` out; needs no port. */
  app: App;
  parts: Parts;
  sweeper: Sweeper;
}

export function createApp(given: Given): Relay {
  const { config, store, clock, log } = given;
  const { limits } = config;
  const book = new SessionBook(store, clock, limits);
  const presence = new Presence({ store, clock, book, place: given.place });
  const agents = new Agents(store, clock, limits);
  const quotas = createQuotas(store, limits);
  const { mailer, words } = given;
  const [audit, settings] = [new Audit(store, clock), new Settings(store, config)];
  const queues = new Queues(store, clock);
  const availability = new Availability(store, clock);
  const room = new Room({ store, book, agents, clock, limits });
  const desk = new Desk({ book, room, agents, quotas, clock, limits, modes: config.modes });
  const offers = new Offers({ book, queues, availability, agents, room, clock, limits });
  const parts: Parts = {
    ...{ config, clock, log, store, agents, book, presence, quotas, queues, offers, desk },
    ...{ mailer: given.mailer, outbox: given.outbox, words: given.words, demo: given.demo },
    ...{ audit, settings, startedAt: clock.now() },
    administration: new Administration({ agents, queues, settings, audit, mailer, words, config }),
    tickets: new Tickets(store, clock, limits),
    streams: new EventStreams({
      ...{ store, book, agents, presence, offers, clock, limits, log },
      get desk() {
        return config.deskName;
      },
    }),
  };

  const app = new Hono<Env>();
  app.onError((error, c) => {
    if (error instanceof HulplijnError) {
      if (error.code === 'server-error') log.error({ err: error }, 'refused');
      return refusal(c, error);
    }
    log.error({ err: error }, 'a request failed');
    return refusal(c, new HulplijnError('server-error'));
  });
  app.use(strictHeaders(config.publicUrl));
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    await store.get('agent', '');
    return c.text('ok');
  });
  app.route('/api', api(parts));
  if (given.outbox && isOfThisMachine(config.publicUrl))
    app.route('/', outboxRoutes(given.outbox, given.words[config.languages[0] ?? 'en']));
  app.route('/', siteRoutes(given.site));
  return {
    app,
    parts,
    sweeper: createSweeper({ agents, book, offers, presence, queues, streams: parts.streams, log }),
  };
}

function api(parts: Parts): App {
  const api = new Hono<Env>();
  // Any page may call, with a token and never with a cookie: the extension's pages are of another origin, and need no
  // host permission this way.
  api.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type', 'Hulplijn-Page'],
      exposeHeaders: ['Retry-After'],
      maxAge: 7200,
    }),
  );
  api.use(async (c, next) => {
    const began = performance.now();
    await next();
    c.header('Cache-Control', 'no-store');
    const { method } = c.req;
    // The route's pattern, never the path: ids and numbers stay out of the log.
    const route = c.req.matchedRoutes.findLast((one) => !one.path.includes('*'))?.path ?? 'none';
    const took = Math.round(performance.now() - began);
    parts.log.info({ method, route, status: c.res.status, took }, 'request');
  });
  api.use(
    bodyLimit({
      maxSize: BODY,
      onError: () => {
        throw new HulplijnError('bad-request');
      },
    }),
  );
  // Token and right are judged of a request that is here as a whole: whoever holds back its last byte would act by what
  // they have lost meanwhile (PA1).
  api.use(async (c, next) => {
    if (c.req.method === 'POST') await wholeBody(c);
    await next();
  });
  for (const routes of [pageRoutes, signInRoutes, sessionRoutes, offerRoutes, joinRoutes, administrationRoutes])
    api.route('/', routes(parts));
  api.all('*', () => {
    throw new HulplijnError('not-found');
  });
  return api;
}
