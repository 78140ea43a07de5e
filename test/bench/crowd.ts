import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { Agents } from '../../relay/agents.ts';
import { systemClock } from '../../relay/clock.ts';
import { openSqlite } from '../../relay/store/sqlite.ts';
import { SiteLimits } from '../../shared/protocol/limits.ts';
import { Invited, Joined, Roster, Seat, Ticket } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { newPen } from '../support/pen.ts';
import { startRelay } from '../support/relay.ts';
import { Caller } from '../support/relay-http.ts';
import { type Meter, meter } from './measured.ts';

const { signingKey } = newPen();

/** Two people who may reach each other, each with a signalling socket. */
export interface Couple {
  one: { id: string; socket: WebSocket };
  other: { id: string; socket: WebSocket };
}

/** A server with people connected to it and doing nothing. */
export interface Crowd {
  meter: Meter;
  /** `count` people more, in couples. */
  grow(count: number): Promise<Couple[]>;
  close(): Promise<void>;
}

const AT_ONCE = 16;
/** An agent's, each with a page and a session of its own. */
const BROWSERS = 5;
const STOCK = fileURLToPath(new URL('stock-server.mjs', import.meta.url));

/** The relay, where a person is a page: a seat in a session, an event stream, a signalling socket. */
export async function relayCrowd(): Promise<Crowd> {
  const measured = await meter();
  const relay = await startRelay({ env: { ...measured.env, CUSTOMERS_AT_ONCE: '100000' } });
  const http = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const opened: { destroy(): void }[] = [];
  const caller = (token?: string) => new Caller((path, init) => ask(http, relay.url, path, init), token);
  // Beside the running relay, in its store: thousands of sign-in mails are not what is measured.
  const store = openSqlite(join(relay.dataDir, 'relay.sqlite'), systemClock);
  const desk = new Agents(store, systemClock, z.parse(SiteLimits, {}));
  const ready: Caller[] = [];
  let hired = 0;

  /** Browsers of agents, before the relay has work: two who write into one SQLite file wait for each other. */
  async function hire(count: number): Promise<void> {
    for (; ready.length < count; hired++) {
      const email = `agent${Math.floor(hired / BROWSERS)}@desk.example`;
      if (hired % BROWSERS === 0) await desk.add(email, `Agent ${hired}`);
      const signIn = await desk.beginSignIn(email);
      ready.push(caller((await desk.finishSignIn({ ...signIn, browser: 'bench' })).token));
    }
  }

  async function connected(who: Caller, id: string): Promise<Couple['one']> {
    await stream(relay.url, who.token ?? '', opened);
    const { ticket } = await who.post(Ticket, '/api/ticket');
    return { id, socket: await socket(relay.url, '/peerjs', { id, token: ticket }, opened) };
  }

  /** An agent with a session of their own and its customer. */
  async function couple(): Promise<Couple> {
    const agent = ready.pop();
    if (!agent) throw new Error('nobody is hired');
    const roster = await agent.post(Roster, '/api/sessions', {});
    const wish = { guest: 'customer', language: 'en', epoch: roster.epoch };
    const invited = await agent.post(Invited, `/api/sessions/${roster.id}/invitations`, wish);
    const seat = await caller().post(Seat, '/api/seats');
    const customer = caller(seat.token);
    const one = await connected(customer, seat.id);
    await customer.post(Joined, `/api/invitations/${invited.id}/join`, { name: 'Mia Jansen', signingKey });
    return { one, other: await connected(agent, roster.you) };
  }

  return {
    meter: measured,
    async grow(count) {
      await hire(count / 2);
      return several(count / 2, couple);
    },
    async close() {
      for (const one of opened) one.destroy();
      http.destroy();
      await store.close();
      await relay.stop();
    },
  };
}

/** The stock server, where a person is a socket. */
export async function stockCrowd(): Promise<Crowd> {
  const measured = await meter();
  const env = { PATH: process.env.PATH, ...measured.env };
  const child: ChildProcess = spawn(process.execPath, [STOCK], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = child.stdout ? await once(child.stdout, 'data') : [];
  const opened: { destroy(): void }[] = [];
  const person = async () => {
    const id = randomBytes(16).toString('hex');
    const query = { key: 'peerjs', id, token: randomBytes(8).toString('hex') };
    return { id, socket: await socket(`http://127.0.0.1:${Number(said)}`, '/peerjs', query, opened) };
  };
  return {
    meter: measured,
    grow: (count) => several(count / 2, async () => ({ one: await person(), other: await person() })),
    async close() {
      for (const one of opened) one.destroy();
      const over = once(child, 'exit');
      child.kill('SIGKILL');
      await over;
    },
  };
}

async function several<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  let left = count;
  const worker = async () => {
    while (left-- > 0) made.push(await make());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return made;
}

/** As `fetch`, over few connections: thousands of people are to be the server's load, not ours. */
async function ask(agent: Agent, origin: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = Object.fromEntries(new Headers(init.headers).entries());
  const asked = request(new URL(path, origin), { agent, method: init.method ?? 'GET', headers });
  asked.end(init.body ?? undefined);
  const [answer] = await once(asked, 'response');
  let text = '';
  answer.setEncoding('utf8');
  for await (const part of answer) text += part;
  const status = z.parse(z.number(), answer.statusCode);
  return new Response(status === 204 ? null : text, { status });
}

async function stream(origin: string, token: string, opened: { destroy(): void }[]): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'hulplijn-page': randomBytes(16).toString('hex') };
  const asked = request(new URL('/api/events', origin), { agent: false, headers });
  opened.push(asked);
  asked.on('error', () => undefined).end();
  const [answer] = await once(asked, 'response');
  answer.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    answer.on('data', (part: Buffer) => {
      if (part.includes('event: ready')) resolve();
    });
  });
}

async function socket(
  origin: string,
  path: string,
  query: Record<string, string>,
  opened: { destroy(): void }[],
): Promise<WebSocket> {
  const made = new WebSocket(`${origin.replace('http', 'ws')}${path}?${new URLSearchParams(query)}`, {
    perMessageDeflate: true, // offered, as browsers do
  });
  opened.push({ destroy: () => made.terminate() });
  await once(made, 'message'); // OPEN
  return made;
}
