import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../relay/clock.ts';
import { Queues } from '../../relay/queues.ts';
import { openSqlite } from '../../relay/store/sqlite.ts';
import { Desk, Me, Offer, Roster, Ticket } from '../../shared/protocol/relay-api.ts';
import { newPage, openEvents } from '../support/events.ts';
import { callerOf, pair, signIn } from '../support/real-people.ts';
import { startRelay, type TestRelay } from '../support/relay.ts';

const ANNA = 'anna@example.org';
const BOB = 'bob@example.org';
let relay: TestRelay | undefined;
afterEach(() => relay?.stop());

async function withAnna(env: Record<string, string> = {}): Promise<TestRelay> {
  relay = await startRelay({ env });
  await relay.addAgent(ANNA, 'Anna');
  return relay;
}

test('RE1 a relay that is killed and restarted: everybody is away until they reconnect, and nothing ends', async () => {
  const relay = await withAnna({ RELOAD_GRACE: '2', UNJOINED_LIFE: '3600' });
  const { agent, customer, session } = await pair(relay, ANNA);
  const page = newPage();
  const before = await openEvents(agent.api, page);
  const hers = await openEvents(customer.api);
  await before.roster((one) => one.participants.every(({ state }) => state === 'present'));

  for (let times = 0; times < 2; times++) {
    await relay.restart();
    await before.closed;
    await hers.closed;
    const after = await openEvents(agent.api, page);
    const roster = await after.roster((one) => one.participants[0]?.state === 'present');
    expect(roster).toMatchObject({ id: session.id, number: session.number, phase: 'open' });
    expect(roster.participants[1]).toMatchObject({ id: customer.id, state: 'away' });
    const again = await openEvents(customer.api);
    await after.roster((one) => one.participants[1]?.state === 'present');
    await again.drop();
    await after.roster((one) => one.participants[1]?.state === 'away');
  }
}, 60_000);

test('RE1 TS5 killed while a session is offered, and again when it is accepted: it goes to who accepted', async () => {
  const relay = await withAnna();
  await relay.addAgent(BOB, 'Bob');
  const { agent: anna, customer: mia, session } = await pair(relay, ANNA);
  const bob = await signIn(relay, BOB);
  const [hers, his] = await Promise.all([anna, bob].map(({ api }) => api.get(Me, '/api/me')));
  const store = openSqlite(join(relay.dataDir, 'relay.sqlite'), systemClock);
  const queues = new Queues(store, systemClock);
  const queue = await queues.create({ en: 'Printers', nl: 'Printers' });
  await queues.set(queue.id, { members: [hers, his].map((one) => one?.agent.id ?? '') });
  await store.close();
  await (await openEvents(mia.api)).next('ready');
  await (await openEvents(bob.api)).next('ready');
  await bob.api.do('/api/availability', { on: true });
  const given = { epoch: 2, why: 'offered', by: anna.id, to: mia.id, key: mia.pen.signingKey } as const;
  const offered = anna.pen.signed(session.id, given);
  const to = { is: 'queue', queue: queue.id };
  const offer = await anna.api.post(Offer, `/api/sessions/${session.id}/offer`, { control: offered, to });

  await relay.restart();
  const seen = await (await openEvents(bob.api)).next('offers', ({ data }) => data.offers.length > 0);
  expect(seen.data).toMatchObject({ listed: true, on: true, offers: [{ id: offer.id, state: { is: 'waiting' } }] });
  await bob.api.post(Roster, `/api/offers/${offer.id}/accept`, { signingKey: bob.pen.signingKey });

  await relay.restart();
  await openEvents(bob.api);
  const events = await openEvents(mia.api);
  await events.roster(({ participants }) => participants.every(({ state }) => state === 'present'));
  const taken = { epoch: 3, why: 'accepted', by: mia.id, to: bob.id, key: bob.pen.signingKey } as const;
  const accepted = mia.pen.signed(session.id, taken);
  await mia.api.post(Roster, `/api/sessions/${session.id}/control`, { control: accepted });
  const { participants } = await events.roster(({ epoch }) => epoch === 3);
  expect(participants.find(({ role }) => role === 'primary')?.id).toBe(bob.id);
}, 60_000);

test('ST5 over a real connection: a page that goes and does not come back ends its sessions', async () => {
  const relay = await withAnna({ RELOAD_GRACE: '1' });
  const { agent, customer } = await pair(relay, ANNA);
  const page = newPage();
  const events = await openEvents(agent.api, page);
  const hers = await openEvents(customer.api);
  await hers.roster((one) => one.participants[0]?.state === 'present');
  await agent.api.do('/api/gone', { page, token: agent.api.token });
  await events.closed;
  const ended = await hers.roster((one) => one.phase === 'ended');
  expect(ended.ended).toMatchObject({ why: 'closed', by: 'Anna' });
}, 60_000);

test('RE1 SIGTERM drains: streams and sockets are closed, and the relay exits with 0', async () => {
  const relay = await withAnna();
  const { agent } = await pair(relay, ANNA);
  const events = await openEvents(agent.api);
  await events.next('ready');
  const { ticket } = await agent.api.post(Ticket, '/api/ticket');
  const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/peerjs?id=${agent.id}&token=${ticket}`);
  await once(socket, 'message');
  const closed = once(socket, 'close');
  expect(await relay.kill('SIGTERM')).toBe(0);
  expect((await closed)[0]).toBe(1001);
  await events.closed;
}, 60_000);

test('ST1 a browser that is revoked is signed out: its stream ends, its token is refused', async () => {
  const relay = await withAnna();
  const one = await signIn(relay, ANNA);
  const two = await signIn(relay, ANNA);
  const events = await openEvents(two.api);
  await events.next('ready');
  await one.api.do('/api/me/revoke', { device: two.id });
  await events.closed;
  expect(await two.api.refused('GET', '/api/me')).toBe('signed-out');
  // A removed agent's browsers too, though another program removes them.
  await relay.agent('add', 'bob@example.org', 'Bob');
  await relay.agent('set', 'bob@example.org', 'administers=yes');
  expect((await relay.agent('remove', ANNA)).code).toBe(0);
  expect(await one.api.refused('GET', '/api/me')).toBe('signed-out');
}, 60_000);

test('PA1 the administrator’s commands: add, list, set, remove, and what they refuse', async () => {
  const relay = await withAnna();
  expect((await relay.agent('add', ANNA, 'Anna')).code).toBe(1);
  expect((await relay.agent('add', 'nobody', 'Anna')).out).toContain('not an e-mail address');
  expect((await relay.agent('set', ANNA, 'modes=single', 'customers=3')).out).toBe(
    `${ANNA}\tAnna\tmodes=single\tcustomers=3\tadministers=yes\tqueues=\n`,
  );
  expect((await relay.agent('set', ANNA, 'modes=both')).code).toBe(1);
  expect((await relay.agent('list')).out).toContain('modes=single');
  expect((await relay.agent('reports')).code).toBe(0);
  expect((await relay.agent('nonsense')).out).toContain('npm run agent');
}, 60_000);

test('JO4 a path that is not understood, a body that is none: refused with a body of ours, and no trace in the log', async () => {
  const relay = await withAnna({ LOG_LEVEL: 'info' });
  const anybody = callerOf(relay);
  const { agent, session, invitation } = await pair(relay, ANNA);
  expect(await anybody.refused('GET', '/api/nothing')).toBe('not-found');
  expect(await anybody.refused('POST', '/api/sign-in', { email: 'not an address', language: 'en' })).toBe(
    'bad-address',
  );
  expect(await agent.api.refused('POST', '/api/sessions', { mode: 'x' })).toBe('bad-request');
  await agent.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
  await vi.waitUntil(() => relay.log().includes('/api/sessions/:session/end'));
  const log = relay.log();
  for (const secret of [session.id, session.number, invitation, agent.api.token ?? '', ANNA, '127.0.0.1', agent.id]) {
    expect(log).not.toContain(secret);
  }
}, 60_000);

test('IN5 DEMO: two agents with codes that work in any number of browsers, on a free port', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hulplijn-demo-'));
  const program = spawn(process.execPath, ['--import', 'tsx', 'test/support/demo.ts'], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = await once(program.stdout, 'data');
    const { url, demo } = JSON.parse(String(said));
    expect(demo).toHaveLength(2);
    for (let browser = 0; browser < 2; browser++) {
      const ask = (path: string, body: unknown) =>
        fetch(url + path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
        });
      const begun = await (await ask('/api/sign-in', { email: demo[1].email, language: 'nl' })).json();
      const done = await ask('/api/sign-in/verify', { ...begun, code: demo[1].code, browser: 'test' });
      expect(done.status).toBe(200);
    }
  } finally {
    program.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);

test('SE2 an upgrade elsewhere, and one that is none, are refused and harm nothing', async () => {
  const relay = await withAnna();
  const { port } = new URL(relay.url);
  for (const path of ['/', '/api/events', '/peerjs/../x']) {
    const socket = createConnection(Number(port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 404/);
    socket.destroy();
  }
  expect(await callerOf(relay).get(Desk, '/api/desk')).toMatchObject({ hulplijn: 1 });
}, 60_000);
