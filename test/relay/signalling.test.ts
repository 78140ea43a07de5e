import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Joined, Roster, Seat, Ticket } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { newPen } from '../support/pen.ts';
import { callerOf, pair as realPair, signIn } from '../support/real-people.ts';
import { startRelay, type TestRelay } from '../support/relay.ts';
import type { Caller } from '../support/relay-http.ts';

let relay: TestRelay;
let anybody: Caller;

beforeAll(async () => {
  relay = await startRelay();
  anybody = callerOf(relay);
  await relay.addAgent('anna@example.org', 'Anna');
}, 60_000);
afterAll(() => relay?.stop());

/** An agent and a customer in one session. */
async function pair() {
  const { agent, customer, session } = await realPair(relay, 'anna@example.org');
  return { agent: agent.api, customer: customer.api, a: agent.id, c: customer.id, session };
}

interface Line {
  socket: WebSocket;
  /** The next frame, parsed. */
  next(): Promise<Record<string, unknown>>;
  closed: Promise<{ code: number; reason: string }>;
}

async function connect(caller: Caller, id: string, ticket?: string): Promise<Line> {
  const token = ticket ?? (await caller.post(Ticket, '/api/ticket')).ticket;
  const url = `${relay.url.replace('http', 'ws')}/peerjs?key=peerjs&id=${id}&token=${token}&version=1.5.5`;
  const socket = new WebSocket(url);
  const frames: string[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    frames.push(data.toString());
    wake();
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  await once(socket, 'open');
  return {
    socket,
    closed,
    async next() {
      while (frames.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return z.parse(z.record(z.string(), z.unknown()), JSON.parse(frames.shift() ?? ''));
    },
  };
}

const offer = (dst: string, payload: object = { connectionId: 'dc_1', type: 'data' }) =>
  JSON.stringify({ type: 'OFFER', payload, dst });

describe('SE2 signalling', () => {
  test('SE2 an upgrade at any other address is not found, and leaves no ticket in the log', async () => {
    for (const path of ['/', '/peerjs/?token=secret-ticket', '//?token=secret-ticket']) {
      const { hostname, port } = new URL(relay.url);
      const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
      const asked = request({ hostname, port, path, headers }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      expect(answer.statusCode, path).toBe(404);
    }
    expect(relay.log()).not.toContain('secret-ticket');
  });

  test('SE2 passes offers, answers and candidates inside a roster, with the sender’s true id, in order', async () => {
    const { agent, customer, a, c } = await pair();
    const one = await connect(agent, a);
    const two = await connect(customer, c);
    expect([await one.next(), await two.next()]).toEqual([{ type: 'OPEN' }, { type: 'OPEN' }]);
    const payload = { connectionId: 'x', sdp: { sdp: 'v=0\r\n"quoted" \\ {[', type: 'offer' }, n: [1, { a: '}' }] };
    for (const type of ['OFFER', 'ANSWER', 'CANDIDATE']) one.socket.send(JSON.stringify({ type, payload, dst: c }));
    for (const type of ['OFFER', 'ANSWER', 'CANDIDATE']) {
      expect(await two.next()).toEqual({ type, src: a, dst: c, payload });
    }
    one.socket.close();
    two.socket.close();
  });

  test('SE2 an offer to somebody absent, in another session or not yet admitted expires at once', async () => {
    const { agent, a, c } = await pair();
    const other = await pair();
    const seat = await anybody.post(Seat, '/api/seats');
    const knocker = callerOf(relay, seat.token);
    const { number } = await agent.post(Roster, '/api/sessions', {});
    await knocker.post(Joined, '/api/knock', { name: 'Eve', number, signingKey: newPen().signingKey });
    const eve = await connect(knocker, seat.id);
    const stranger = await connect(other.customer, other.c);
    const one = await connect(agent, a);
    await one.next();
    await eve.next();
    for (const dst of [c, other.c, seat.id, '0'.repeat(32)]) {
      one.socket.send(offer(dst));
      expect(await one.next()).toEqual({ type: 'EXPIRE', src: dst, dst: a });
    }
    eve.socket.send(offer(a));
    expect(await eve.next()).toEqual({ type: 'EXPIRE', src: a, dst: seat.id });
    for (const line of [one, eve, stranger]) line.socket.close();
  });

  test('SE2 who is removed is reached no more', async () => {
    const { agent, customer, a, c, session } = await pair();
    const one = await connect(agent, a);
    const two = await connect(customer, c);
    await one.next();
    await two.next();
    one.socket.send(offer(c));
    expect(await two.next()).toMatchObject({ type: 'OFFER' });
    await agent.do(`/api/sessions/${session.id}/remove`, { participant: c, epoch: 1 });
    two.socket.send(offer(a));
    expect(await two.next()).toMatchObject({ type: 'EXPIRE' });
    one.socket.close();
    two.socket.close();
  });

  test('SE2 a ticket opens one socket, as one id', async () => {
    const { agent, customer, a, c } = await pair();
    const { ticket } = await agent.post(Ticket, '/api/ticket');
    const foreign = await connect(customer, a);
    expect(await foreign.next()).toMatchObject({ type: 'ERROR' });
    expect(await foreign.closed).toEqual({ code: 4003, reason: 'ticket' });
    const first = await connect(agent, a, ticket);
    expect(await first.next()).toEqual({ type: 'OPEN' });
    const again = await connect(agent, a, ticket);
    expect(await again.next()).toMatchObject({ type: 'ERROR', payload: { msg: 'ticket' } });
    const none = await connect(agent, c, 'nonsense');
    expect((await none.closed).code).toBe(4003);
    first.socket.close();
  });

  test('SE2 the newest socket has the id, the older is told that it was replaced', async () => {
    const { agent, a } = await pair();
    const old = await connect(agent, a);
    await old.next();
    const fresh = await connect(agent, a);
    expect(await fresh.next()).toEqual({ type: 'OPEN' });
    expect(await old.next()).toEqual({ type: 'ERROR', payload: { msg: 'replaced' } });
    expect(await old.closed).toEqual({ code: 4001, reason: 'replaced' });
    fresh.socket.send('{"type":"HEARTBEAT"}');
    fresh.socket.send(offer('0'.repeat(32)));
    expect(await fresh.next()).toMatchObject({ type: 'EXPIRE' }); // the heartbeat got no answer, and harmed nothing
    fresh.socket.close();
  });

  const dst = '0'.repeat(32);
  test.each([
    ['null', 'null'],
    ['an empty frame', ''],
    ['no JSON', 'hello'],
    ['LEAVE', JSON.stringify({ type: 'LEAVE', payload: {}, dst })],
    ['no payload', JSON.stringify({ type: 'OFFER', dst })],
    ['payload null', JSON.stringify({ type: 'OFFER', payload: null, dst })],
    ['a foreign id', JSON.stringify({ type: 'OFFER', payload: {}, dst: '../../etc' })],
    ['a second payload', `{"type":"OFFER","payload":{},"payload":{"a":1},"dst":"${dst}"}`],
    ['a smuggled sender', `{"type":"OFFER","payload":{},"src":"me","x":{},"dst":"${dst}"}`],
    ['a string without end', `{"type":"OFFER","payload":{"a":"},"dst":"${dst}"}`],
    ['deep nesting', `{"type":"OFFER","payload":{"a":${'['.repeat(100)}${']'.repeat(100)}},"dst":"${dst}"}`],
  ])('SE2 a bad frame closes that socket with a reason and nothing else: %s', async (_what, text) => {
    const { api, id } = await signIn(relay, 'anna@example.org');
    const line = await connect(api, id);
    await line.next();
    line.socket.send(text);
    expect(await line.next()).toEqual({ type: 'ERROR', payload: { msg: 'not a frame' } });
    expect(await line.closed).toEqual({ code: 4000, reason: 'not a frame' });
    expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
  });

  test('SE2 a frame of more than 64 KiB or of bytes closes that socket', async () => {
    const { agent, a } = await pair();
    const large = await connect(agent, a);
    await large.next();
    large.socket.send(offer(a, { sdp: 'x'.repeat(65_536) }));
    expect((await large.closed).code).toBe(1009);
    const bytes = await connect(agent, a);
    await bytes.next();
    bytes.socket.send(Buffer.from('abc'));
    expect((await bytes.closed).code).toBe(4000);
    expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
  });
});

describe('the unmodified peerjs client in Chromium', () => {
  let browser: Browser;
  let site: ReturnType<typeof createServer>;
  let origin: string;

  beforeAll(async () => {
    const script = fileURLToPath(new URL('../../node_modules/peerjs/dist/peerjs.min.js', import.meta.url));
    const peerjs = await readFile(script);
    site = createServer((request, response) => {
      const js = request.url === '/peerjs.js';
      response.writeHead(200, { 'Content-Type': js ? 'text/javascript' : 'text/html' });
      response.end(js ? peerjs : '<!doctype html><script src="/peerjs.js"></script>');
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    origin = `http://127.0.0.1:${z.parse(z.object({ port: z.number() }), site.address()).port}`;
    browser = await puppeteer.launch({
      ...{ browser: 'chrome', executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox'] },
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** A page whose `window.peer` has said `open`. */
  async function peerPage(caller: Caller, id: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(origin);
    const { ticket } = await caller.post(Ticket, '/api/ticket');
    const port = Number(new URL(relay.url).port);
    await page.evaluate(
      ({ id, ticket, port }) =>
        new Promise<void>((resolve, reject) => {
          const peer = new window.Peer(id, { host: '127.0.0.1', port, path: '/', token: ticket, config: {} });
          window.peer = peer;
          window.said = [];
          peer.on('open', () => resolve());
          peer.on('error', (error) => {
            window.said.push(error.type);
            reject(error);
          });
          peer.on('connection', (connection) => {
            connection.on('data', (data) => window.said.push(String(data)));
            connection.on('open', () => connection.send('welcome'));
          });
        }),
      { id, ticket, port },
    );
    return page;
  }

  const dial = (page: Page, id: string) =>
    page.evaluate(
      (other) =>
        new Promise<string>((resolve) => {
          const connection = window.peer.connect(other, { serialization: 'raw', reliable: true });
          connection.on('open', () => connection.send('hello'));
          connection.on('data', (data) => resolve(String(data)));
        }),
      id,
    );

  test('SE2 opens, connects, says who is absent, and reconnects with a new ticket for the same id', async () => {
    const { agent, customer, a, c } = await pair();
    const two = await peerPage(customer, c);
    const one = await peerPage(agent, a);
    expect(await dial(one, c)).toBe('welcome');
    await two.waitForFunction(() => window.said.includes('hello'));

    await one.evaluate((other) => void window.peer.connect(other), '0'.repeat(32));
    await one.waitForFunction(() => window.said.includes('peer-unavailable'));

    const { ticket } = await agent.post(Ticket, '/api/ticket');
    await one.evaluate(
      (token) =>
        new Promise<void>((resolve) => {
          window.peer.on('open', () => resolve());
          window.peer.disconnect();
          window.peer.options.token = token;
          window.peer.reconnect();
        }),
      ticket,
    );
    expect(await dial(two, a)).toBe('welcome');
  }, 60_000);
});

declare global {
  interface Window {
    Peer: typeof import('peerjs').Peer;
    peer: import('peerjs').Peer;
    said: string[];
  }
}
