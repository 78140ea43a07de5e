import { hash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import pino from 'pino';
import { loadT } from '../shared/locales/load.ts';
import { z } from '../shared/protocol/schema.ts';
import { createApp } from './app.ts';
import { systemClock } from './clock.ts';
import { type Config, EX_CONFIG } from './config.ts';
import { lend, take } from './connection.ts';
import { pour } from './http/event-body.ts';
import { lastRun } from './last-run.ts';
import { openMailer } from './mail/open-mailer.ts';
import type { DemoAgent } from './parts.ts';
import { PeerServer } from './signalling/peer-server.ts';
import { openSqlite } from './store/sqlite.ts';

const SITE = fileURLToPath(new URL('./site/.output', import.meta.url));
const DEMO = [
  { email: 'anna@example.org', name: 'Anna de Vries' },
  { email: 'bob@example.org', name: 'Bob Jansen' },
];
/** How long requests may take to end when the relay stops; streams and sockets are closed before. */
const DRAIN = 5000;

const Listening = z.object({ port: z.number() });
const Reason = z.object({ code: z.string() });

/** An idle connection stays for a person to read who invites them: **Join** then needs no new one. */
const KEEP_ALIVE = 75_000;
/** A request is names, addresses and numbers: so long it may take to arrive, and so soon that is seen. */
const ARRIVES = { requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

export interface RunningRelay {
  url: string; // without a trailing slash
  demo: DemoAgent[];
  outbox: string | undefined; // its address, where mails are kept here
  /** Lets requests end, closes streams and sockets. May be called twice. */
  close(): Promise<void>;
}

/** Builds the parts, wires them and listens. */
export async function startServer(config: Config): Promise<RunningRelay> {
  const log = pino({ level: config.logLevel, base: null });
  const clock = systemClock;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE, ...ARRIVES });
  lend(server);
  const port = await listen(server, config);
  const publicUrl =
    config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;

  const store = openSqlite(join(config.dataDir, 'relay.sqlite'), clock);
  const running = { ...config, publicUrl };
  const { deskName, languages, smtp } = config;
  await lastRun(store).note({ publicUrl, deskName, languages, sends: smtp !== undefined });
  const { mailer, outbox } = openMailer(running, store, clock);
  const { app, parts, sweeper } = createApp({
    ...{ store, clock, log, mailer, outbox, site: SITE },
    config: running,
    words: { en: await loadT('en'), nl: await loadT('nl') },
    demo: config.demo ? DEMO.map((agent) => ({ ...agent, code: String(randomInt(1_000_000)).padStart(6, '0') })) : [],
    place: hash('sha256', `${hostname()} ${config.dataDir}`),
  });
  for (const { email, name } of parts.demo) await parts.agents.add(email, name);
  await parts.agents.ensureAdministrator();
  const unfollow = await parts.settings.begin();
  await parts.presence.begin();

  const peers = new PeerServer({ store, book: parts.book, tickets: parts.tickets, agents: parts.agents, log });
  server.on(
    'request',
    getRequestListener(async (request, env) => {
      const response = await app.fetch(request, env);
      return pour(response, env.incoming.socket) ? RESPONSE_ALREADY_SENT : response;
    }),
  );
  server.on('upgrade', (request, connection, head) => {
    const socket = take(connection);
    if (!socket) return void connection.destroy();
    peers.upgrade(request, socket, head).catch((err: unknown) => {
      log.error({ err }, 'a signalling socket could not be opened');
      socket.destroy();
    });
  });
  const stopSweeping = sweeper.start();
  log.info({ port }, 'listening');

  async function stop(): Promise<void> {
    stopSweeping();
    unfollow();
    const closed = once(server, 'close');
    server.close();
    await parts.streams.close();
    peers.close();
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), DRAIN);
    await closed;
    clearTimeout(late);
    mailer.close();
    await store.close();
  }
  let stopped: Promise<void> | undefined;
  return {
    url: publicUrl,
    demo: parts.demo,
    outbox: outbox && `${publicUrl}/outbox`,
    close: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function listen(server: Server, { port, host }: Config): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    process.stderr.write(
      `PORT ${port} of HOST ${host} cannot be had: ${z.safeParse(Reason, error).data?.code ?? error}\n`,
    );
    process.exit(EX_CONFIG);
  }
  return z.parse(Listening, server.address()).port;
}

/** SIGTERM and SIGINT drain; a second one does not wait. */
export function closeOnSignal(relay: RunningRelay): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      await relay.close();
      process.exit(0);
    });
  }
}
