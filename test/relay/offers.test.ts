import { expect, test } from 'vitest';
import { OfferLapsed } from '../../shared/protocol/limits.ts';
import { Roster, Transferees } from '../../shared/protocol/relay-api.ts';
import type { AppInMemory, Person } from '../support/app.ts';
import {
  accept,
  available,
  control,
  desk,
  helped,
  inQueue,
  listed,
  offer,
  PRINTERS,
  request,
  shown,
  sign,
  state,
  toAgents,
} from '../support/offer-desk.ts';

test('TS1 only for agents in a queue; a queue and the switch are for those it lists', async () => {
  const { app, bob, mia, queue } = await desk();
  const eve = await listed(app, 'Eve');
  expect(await shown(eve, () => true)).toMatchObject({ listed: false, on: false, offers: [] });
  const own = await helped(app, eve);
  const to = `/api/sessions/${own.session.id}/offer`;
  expect(await eve.api.refused('POST', to, request(eve, own.mia, inQueue(queue)))).toBe('not-listed');
  expect(await eve.api.refused('POST', '/api/availability', { on: true })).toBe('not-listed');
  expect(await mia.api.refused('POST', '/api/availability', { on: true })).toBe('forbidden');
  expect(await mia.api.refused('GET', '/api/transferees')).toBe('forbidden');

  await app.parts.queues.set(queue, { members: [bob.agent, eve.agent] }); // as the administrator does
  expect(await shown(eve, (one) => one.listed)).toMatchObject({ listed: true, on: false });
  await app.parts.queues.set(queue, { members: [bob.agent] });
  expect(await shown(eve, (one) => !one.listed)).toMatchObject({ listed: false });
});

test('TS2 TS6 to whom: queues with who is available and what waits, agents in a queue but oneself', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  await listed(app, 'Eve'); // in no queue
  const see = () => anna.api.get(Transferees, '/api/transferees');
  expect(await see()).toMatchObject({
    queues: [{ id: queue, name: PRINTERS, available: 0, waiting: 0 }],
    agents: [
      { id: bob.agent, name: 'Bob', email: 'bob@example.org', available: false },
      { id: cas.agent, name: 'Cas', email: 'cas@example.org', available: false },
    ],
  });
  await available(bob);
  await available(anna);
  const { at } = await offer(anna, session, request(anna, mia, inQueue(queue)));
  expect((await see()).queues).toMatchObject([{ available: 1, waiting: 1, longest: at }]);
  // Available is whose dashboard is open, too.
  await bob.events.drop();
  await expect.poll(async () => (await see()).queues[0]?.available).toBe(0);
  await bob.open();
  await expect.poll(async () => (await see()).agents[0]).toMatchObject({ name: 'Bob', available: true });
});

test('TS2 TS4 what is offered to nobody, by somebody else or twice is refused, and changes nothing', async () => {
  const { app, anna, bob, mia, session, queue } = await desk();
  await bob.api.post(Roster, '/api/sessions/assist', { number: session.number });
  const to = `/api/sessions/${session.id}/offer`;
  const eve = await listed(app, 'Eve');
  const ask = (by: Person, body: object) => by.api.refused('POST', to, body);
  expect(await ask(anna, request(anna, mia, inQueue('elsewhere')))).toBe('not-found');
  expect(await ask(anna, request(anna, mia, toAgents(anna)))).toBe('not-found');
  expect(await ask(anna, request(anna, mia, toAgents(bob, eve)))).toBe('not-found'); // Eve is in no queue
  expect(await ask(anna, request(anna, mia, toAgents()))).toBe('bad-request');
  expect(await ask(anna, request(anna, bob, inQueue(queue)))).toBe('not-here'); // no customer
  expect(await ask(bob, request(bob, mia, inQueue(queue)))).toBe('forbidden');
  expect(await ask(mia, request(mia, mia, inQueue(queue)))).toBe('forbidden');
  expect(await ask(anna, { ...request(anna, mia, inQueue(queue)), control: control('accepted', anna, mia) })).toBe(
    'forbidden',
  );
  const late = { ...request(anna, mia, inQueue(queue)), control: control('offered', anna, mia, 3) };
  expect(await ask(anna, late)).toBe('handed-over');
  expect((await app.parts.book.get(session.id))?.offer).toBeUndefined();
  expect((await anna.api.get(Transferees, '/api/transferees')).queues).toMatchObject([{ waiting: 0 }]);

  const body = request(anna, mia, inQueue(queue));
  const made = await offer(anna, session, body);
  expect((await offer(anna, session, body)).id).toBe(made.id); // its answer was lost
  expect(await ask(anna, request(anna, mia, inQueue(queue)))).toBe('not-found'); // she is out
});

test('TS3 a message over 345 characters or 4 KiB is refused, by what the relay reads and by what it keeps', async () => {
  const { app, anna, bob, mia, session, queue } = await desk();
  const to = `/api/sessions/${session.id}/offer`;
  const family = '👩‍👩‍👧';
  for (const message of ['a'.repeat(346), family.repeat(228)]) {
    expect(await anna.api.refused('POST', to, request(anna, mia, inQueue(queue), { message }))).toBe('bad-request');
  }
  const notes = 'n'.repeat(4097);
  expect(await anna.api.refused('POST', to, request(anna, mia, inQueue(queue), { notes }))).toBe('bad-request');
  expect((await app.parts.book.get(session.id))?.epoch).toBe(1);

  await available(bob);
  const message = family.repeat(227);
  await offer(anna, session, request(anna, mia, inQueue(queue), { message, notes: 'Paper jam' }));
  const { offers } = await shown(bob, (one) => one.offers.length === 1);
  expect(offers).toMatchObject([{ from: 'Anna', customers: ['Mia'], message, mine: false }]);
  const kept = app.parts.book.change(session.id, (record) => ({
    ...record,
    ...(record.offer && { offer: { ...record.offer, message: 'a'.repeat(346) } }),
  }));
  await expect(kept).rejects.toThrow();
  expect((await app.parts.book.get(session.id))?.offer?.message).toBe(message);
});

test('TS4 the sender is out, assistants stay, nobody manages; the notes are for who accepts', async () => {
  const { anna, bob, cas, mia, hers, session, queue } = await desk();
  await cas.api.post(Roster, '/api/sessions/assist', { number: session.number });
  await available(bob);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue), { notes: 'Paper jam' }));
  expect(made).toMatchObject({ mine: true, notes: 'Paper jam', state: { is: 'waiting' }, to: { id: queue } });
  expect((await anna.events.next('out')).data).toMatchObject({ session: session.id, why: 'left' });
  const waiting = await hers.roster(({ epoch, offer: here }) => epoch === 2 && here?.place === 1);
  expect(waiting.participants.map(({ name, role }) => `${name} ${role}`)).toEqual(['Mia customer', 'Cas assistant']);
  expect(waiting.offer).toEqual({ id: made.id, at: made.at, keeper: mia.id, name: PRINTERS, place: 1, nobody: false });
  expect(waiting.controls).toMatchObject([{ why: 'offered', by: anna.id, to: mia.id }]);
  const invite = { guest: 'customer', language: 'en', epoch: 2 };
  expect(await cas.api.refused('POST', `/api/sessions/${session.id}/invitations`, invite)).toBe('forbidden');
  expect(await anna.api.refused('POST', `/api/sessions/${session.id}/invitations`, invite)).toBe('not-found');

  const { offers } = await shown(bob, (one) => one.offers.length === 1);
  expect(offers[0]?.notes).toBeUndefined();
  const roster = await accept(bob, made);
  expect(roster.offer?.acceptor).toBe(bob.id);
  expect((await state(bob, 'taken')).offers).toMatchObject([{ notes: 'Paper jam', state: { by: 'Bob', me: true } }]);
  await sign(mia, bob, session);
  const taken = await hers.roster(({ epoch }) => epoch === 3);
  expect(taken.offer).toBeUndefined();
  expect(taken.participants.find(({ role }) => role === 'primary')).toMatchObject({ id: bob.id, way: 'offer' });
  await bob.invite({ ...session, epoch: 3 });
});

test('TS5 TC6 two accept in the same moment: one has it, the others are told who', async () => {
  const { app, anna, bob, cas, mia, hers, session, queue } = await desk();
  await app.pass(1); // a code of his other browser, newer than that of the first
  const other = await app.beside(); // of two relays on one store
  const elsewhere = await listed(other, 'Cas');
  await Promise.all([available(bob), available(cas)]);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await Promise.all([bob, elsewhere].map((one) => shown(one, ({ offers }) => offers.length === 1)));
  const answers = await Promise.all(
    [bob, elsewhere].map(
      async ({ api, pen: { signingKey } }) =>
        (await api.raw('POST', `/api/offers/${made.id}/accept`, { signingKey })).status,
    ),
  );
  expect(answers.toSorted()).toEqual([200, 409]);
  const [heir, late] = answers[0] === 200 ? [bob, elsewhere] : [elsewhere, bob];
  const name = heir === bob ? 'Bob' : 'Cas';
  expect(await late.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('taken');
  await accept(heir, made); // the answer was lost: said again
  expect(await anna.api.refused('POST', `/api/offers/${made.id}/take-back`)).toBe('taken');
  await hers.roster(({ offer: here }) => here?.acceptor === heir.id);
  for (const one of [anna, late]) {
    expect((await state(one, 'taken')).offers[0]).toMatchObject({ state: { by: name, me: false } });
  }
  const wrong = { control: control('accepted', mia, late, 3) };
  expect(await mia.api.refused('POST', `/api/sessions/${session.id}/control`, wrong)).toBe('conflict');
  await sign(mia, heir, session);
  const { participants } = await hers.roster(({ epoch }) => epoch === 3);
  expect(participants.filter(({ role }) => role === 'primary').map(({ id }) => id)).toEqual([heir.id]);
  // Shown for some seconds, and then no more.
  await app.pass(10);
  for (const one of [anna, heir, late]) await shown(one, ({ offers }) => offers.length === 0);
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('not-found');
});

test('TS5 declined by all: the sender is told, and takes it back', async () => {
  const { app, anna, bob, cas, mia, hers, session } = await desk();
  const made = await offer(anna, session, request(anna, mia, toAgents(bob, cas)));
  await state(cas, 'waiting');
  await bob.api.do(`/api/offers/${made.id}/decline`);
  await shown(bob, ({ offers }) => offers.length === 0); // it is off his screen
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('not-found');
  await cas.api.do(`/api/offers/${made.id}/decline`);
  expect((await state(anna, 'nobody')).offers).toMatchObject([{ to: { names: ['Bob', 'Cas'] } }]);
  await hers.roster(({ offer: here }) => here?.nobody === true);
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/take-back`)).toBe('not-found');
  const back = await anna.api.post(Roster, `/api/offers/${made.id}/take-back`, { signingKey: anna.pen.signingKey });
  expect(back.offer?.acceptor).toBe(anna.id);
  await sign(mia, anna, session);
  await anna.events.roster(({ epoch, participants }) => epoch === 3 && participants.at(-1)?.role === 'primary');
  expect(anna.events.all.filter(({ event }) => event === 'out')).toHaveLength(1); // when she offered it
  expect((await state(anna, 'taken')).offers).toMatchObject([{ state: { me: true } }]);
  await app.pass(10);
  await shown(anna, ({ offers }) => offers.length === 0); // that she took it back is news for a while
});

test.each(OfferLapsed.options)('TS5 TS6 not accepted in the site’s time: %s', async (policy) => {
  const { app, anna, bob, cas, mia, hers, session, queue } = await desk({ OFFER_LAPSED: policy, OFFER_LIFE: '30' });
  await available(bob);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  expect(made.lapsesAt).toBe(made.at + 30_000);
  await state(bob, 'waiting');
  await app.pass(20);
  await available(cas);
  await state(cas, 'waiting');
  await cas.api.do(`/api/offers/${made.id}/decline`);
  await shown(cas, ({ offers }) => offers.length === 0);
  await app.pass(9);
  expect((await app.parts.book.get(session.id))?.offer?.lapses).toBe(0);
  await app.pass(1);
  // Who missed it is away by themselves.
  const away = await shown(bob, ({ on, offers }) => !on && offers.length === 0);
  expect(away).toMatchObject({ listed: true, missed: true }); // and may be told so
  switch (policy) {
    case 'back':
      await state(anna, 'nobody');
      expect(await cas.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('not-found'); // declined it
      await accept(bob, made); // late, and yet
      break;
    case 'queue':
      await shown(cas, ({ offers }) => offers[0]?.lapsesAt === made.at + 60_000); // who declined is asked anew
      await hers.roster(({ offer: here }) => here?.at === made.at && !here.nobody);
      break;
    case 'end':
      expect(await hers.roster(({ phase }) => phase === 'ended')).toMatchObject({ ended: { why: 'nobody took it' } });
      expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('session-ended');
      await state(anna, 'over');
  }
});

test('TS6 who missed an offer stays available where the site says so, or where it came too late for them', async () => {
  const { app, anna, bob, mia, session, queue } = await desk({ OFFER_MISSED: 'stay' });
  await available(bob);
  await offer(anna, session, request(anna, mia, inQueue(queue)));
  await app.pass(120);
  expect(await state(anna, 'nobody')).toMatchObject({ listed: true });
  expect((await anna.api.get(Transferees, '/api/transferees')).queues).toMatchObject([{ available: 1, waiting: 1 }]);

  const second = await desk();
  await offer(second.anna, second.session, request(second.anna, second.mia, inQueue(second.queue)));
  await second.app.pass(119);
  await available(second.bob);
  await second.app.pass(1);
  await state(second.anna, 'nobody');
  expect(await shown(second.bob, ({ offers }) => offers.length === 1)).toMatchObject({ on: true });
});

test('TS6 who becomes available gets what waits longest first; who waits is told their place', async () => {
  const { app, anna, bob, mia, hers, session, queue } = await desk();
  const second = await helped(app, anna, 'Piet');
  const later = await offer(anna, second.session, request(anna, second.mia, inQueue(queue)));
  await second.hers.roster(({ offer: here }) => here?.place === 1);
  await app.pass(5);
  const latest = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await hers.roster(({ offer: here }) => here?.place === 2);
  expect(bob.events.all.some((one) => one.event === 'offers' && one.data.offers.length > 0)).toBe(false); // he is away

  await available(bob);
  const { offers } = await shown(bob, ({ on }) => on);
  expect(offers.map(({ id, customers }) => [id, ...customers])).toEqual([
    [later.id, 'Piet'],
    [latest.id, 'Mia'],
  ]);
  await available(bob, false);
  await shown(bob, (one) => !one.on && one.offers.length === 0);
  await available(bob);
  await bob.events.drop();
  const again = await bob.open(); // the switch stays as it was
  expect((await again.next('offers')).data).toMatchObject({ on: true, offers: [{ customers: ['Piet'] }, {}] });
  const order = again.all.map(({ event }) => event);
  await again.next('ready');
  expect(order.indexOf('offers')).toBeLessThan(again.all.findIndex(({ event }) => event === 'ready'));

  await accept(bob, later);
  await hers.roster(({ offer: here }) => here?.place === 1);
});

test('PA1 an agent who helps as many customers as they may cannot accept one more', async () => {
  const { app, anna, bob, mia, session, queue } = await desk({ CUSTOMERS_AT_ONCE: '1' });
  const own = await helped(app, bob, 'Piet');
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('full');
  await bob.api.do(`/api/sessions/${own.session.id}/end`, { epoch: 1 });
  await accept(bob, made);
  // What is accepted counts, before it is signed.
  const third = await helped(app, anna, 'Eva');
  const more = await offer(anna, third.session, request(anna, third.mia, inQueue(queue)));
  expect(await bob.api.refused('POST', `/api/offers/${more.id}/accept`)).toBe('full');
  await sign(mia, bob, session);
});

test('TS5 who accepted and is lost before the customer’s page has signed: it waits again', async () => {
  const { app, anna, bob, cas, mia, hers, session, queue } = await desk();
  await Promise.all([available(bob), available(cas)]);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await accept(bob, made);
  await hers.roster(({ participants }) => participants.some(({ id }) => id === bob.id));
  await bob.events.drop();
  await hers.roster(({ participants }) => participants.some((one) => one.id === bob.id && one.state === 'away'));
  await app.pass(59);
  expect(await cas.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('taken');
  await app.pass(1);
  const { participants, offer: here } = await hers.roster(({ offer: one }) => one?.place === 1 && !one.acceptor);
  expect([participants.map(({ name }) => name), here?.acceptor]).toEqual([['Mia'], undefined]);
  await hers.roster(({ version, offer: one }) => version > 0 && one?.acceptor === undefined);
  await accept(cas, made);
  await sign(mia, cas, session);
});

test('RE1 TS5 the relay is killed while it is offered, and again when it is accepted: nothing is lost', async () => {
  const { app, anna, bob, mia, session, queue } = await desk();
  await available(bob);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue), { message: 'Printer' }));
  await app.pass(100);
  const second = await app.again();
  const at = (one: Person, where: AppInMemory) => where.person(one);
  const his = await at(bob, second).open();
  expect((await his.next('offers')).data.offers).toMatchObject([
    { id: made.id, message: 'Printer', at: made.at, lapsesAt: made.at + 220_000, state: { is: 'waiting' } },
  ]);
  await accept(at(bob, second), made);
  const third = await second.again();
  const hers = await at(mia, third).open();
  expect((await hers.next('roster')).data.offer?.acceptor).toBe(bob.id);
  await third.pass(59);
  await at(bob, third).open();
  await hers.roster(({ participants }) => participants.some((one) => one.id === bob.id && one.state === 'present'));
  await sign(at(mia, third), bob, session);
  expect(await at(anna, third).api.refused('POST', `/api/offers/${made.id}/take-back`)).toBe('taken');
});

test('TS5 the only customer leaves: it ends, and nobody is offered it any more', async () => {
  const { anna, bob, cas, mia, session, queue } = await desk();
  await cas.api.post(Roster, '/api/sessions/assist', { number: session.number });
  await available(bob);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await state(bob, 'waiting');
  await mia.api.do(`/api/sessions/${session.id}/leave`);
  const { ended } = await cas.events.roster(({ phase }) => phase === 'ended');
  expect(ended).toMatchObject({ why: 'closed' });
  expect(ended?.by).toBeUndefined();
  for (const one of [anna, bob]) await state(one, 'over');
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('session-ended');
  expect((await anna.api.get(Transferees, '/api/transferees')).queues).toMatchObject([{ waiting: 0 }]);
});
