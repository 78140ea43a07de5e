import { once } from 'node:events';
import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { PeerServer } from '../../relay/signalling/peer-server.ts';
import { Joined, Roster, Ticket } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { appInMemory } from '../support/app.ts';

const at = (what: string) => `/api/administration/${what}`;

test('EN3 PA1 what they lead is lost at once: a customer puts the assistant in charge, and they are out for good', async () => {
  const app = await appInMemory();
  const [anna, bob, root] = [await app.agent('Anna'), await app.agent('Bob'), await app.agent('Root')];
  await app.parts.agents.set('root@example.org', { administers: true });
  const mia = await app.customer();
  const [annas, bobs, hers] = [await anna.open(), await bob.open(), await mia.open()];
  const session = await anna.start();
  await bob.assist(session);
  await mia.join((await anna.invite(session)).id, 'Mia');
  await hers.roster(({ participants }) => participants.every(({ state }) => state === 'present'));

  const lost = { epoch: 2, why: 'primary lost', by: mia.id, to: bob.id, key: bob.pen.signingKey } as const;
  const control = mia.pen.signed(session.id, lost);
  const path = `/api/sessions/${session.id}/control`;
  expect(await mia.api.refused('POST', path, { control })).toBe('forbidden');
  await root.api.do(at('agents/remove'), { email: 'anna@example.org' });
  await annas.closed;
  const gone = await bobs.roster(({ participants }) => participants.some(({ state }) => state === 'gone'));
  expect(gone).toMatchObject({
    phase: 'open',
    participants: expect.arrayContaining([expect.objectContaining({ id: anna.id, role: 'primary', state: 'gone' })]),
  });
  expect(await anna.api.refused('GET', '/api/me')).toBe('signed-out');

  const after = await mia.api.post(Roster, path, { control });
  expect(after.participants.map(({ name, role }) => [name, role])).toEqual([
    ['Bob', 'primary'],
    ['Mia', 'customer'],
  ]);
  // Added again she is somebody else.
  const again = await app.agent('Anna');
  expect(again.id).not.toBe(anna.id);
});

test('EN3 PA1 nobody takes over in time: it ends; with no other agent in it, it is closed at once', async () => {
  const app = await appInMemory({ AWAY_ENDS: '100' });
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  await app.parts.agents.set('bob@example.org', { administers: true });
  const mia = await app.customer();
  const piet = await app.customer();
  const [hers, his] = [await mia.open(), await piet.open()];
  await bob.open();
  const [led, alone] = [await anna.start(), await anna.start()];
  await bob.api.post(Roster, '/api/sessions/assist', { number: led.number });
  await mia.join((await anna.invite(led)).id, 'Mia');
  await piet.join((await anna.invite(alone)).id, 'Piet');
  await bob.api.do(at('agents/remove'), { email: 'anna@example.org' });
  expect((await his.roster(({ phase }) => phase === 'ended')).ended).toMatchObject({
    ...{ why: 'signed out', by: 'Anna' },
  });
  await app.pass(99);
  expect((await app.parts.book.get(led.id))?.phase).toBe('open');
  await app.pass(1);
  expect((await hers.roster(({ phase }) => phase === 'ended')).ended?.why).toBe('primary away');
});

test('ST1 signing one browser out is another thing: what it leads is closed', async () => {
  const app = await appInMemory();
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  const bobs = await bob.open();
  const session = await anna.start();
  await bob.api.post(Roster, '/api/sessions/assist', { number: session.number });
  await anna.api.do('/api/sign-out');
  expect((await bobs.roster(({ phase }) => phase === 'ended')).ended?.why).toBe('signed out');
});

test('PA1 a limit that changes counts for sessions that run: who is away longer than it now is has been so', async () => {
  const app = await appInMemory({ AWAY_ENDS: '600' });
  const anna = await app.agent('Anna');
  const mia = await app.customer();
  const [annas, hers] = [await anna.open(), await mia.open()];
  const session = await anna.start();
  const joined = await mia.join((await anna.invite(session)).id, 'Mia');
  expect(z.parse(Joined, joined).state).toBe('present');
  await annas.drop();
  await app.pass(60);
  await anna.api.do(at('settings'), { limits: { awayEnds: 30, primaryLost: 30 } });
  expect((await hers.roster(({ phase }) => phase === 'ended')).ended?.why).toBe('primary away');
});

test('PA1 a store from before there were administrators: the first agent is one', async () => {
  const app = await appInMemory();
  const store = app.parts.store;
  for (const name of ['zoe', 'anna']) {
    const email = `${name}@example.org`;
    await store.put('agent', email, { id: name, email, name });
  }
  await app.parts.agents.ensureAdministrator();
  await app.parts.agents.ensureAdministrator();
  const all = await app.parts.agents.list();
  expect(all.filter(({ administers }) => administers)).toHaveLength(1);
});

test('SE2 PA1 a ticket from before opens no socket to who is signed out since', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const peers = new PeerServer(app.parts);
  const server = createServer().listen(0, '127.0.0.1');
  server.on('upgrade', (asked, socket, head) => {
    if (socket instanceof Socket) void peers.upgrade(asked, socket, head);
  });
  await once(server, 'listening');
  const { port } = z.parse(z.object({ port: z.number() }), server.address());
  const { ticket } = await anna.api.post(Ticket, '/api/ticket');
  await app.parts.agents.remove('anna@example.org');
  const socket = new WebSocket(`ws://127.0.0.1:${port}/peerjs?key=peerjs&id=${anna.id}&token=${ticket}&version=1.5.5`);
  const [said] = await once(socket, 'message');
  expect(JSON.parse(String(said))).toMatchObject({ type: 'ERROR', payload: { msg: 'revoked' } });
  socket.terminate();
  peers.close();
  server.close();
});
