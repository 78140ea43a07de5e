import { expect, test } from 'vitest';
import { Roster } from '../../shared/protocol/relay-api.ts';
import {
  accept,
  available,
  control,
  desk,
  inQueue,
  listed,
  offer,
  request,
  shown,
  sign,
  state,
  toAgents,
} from '../support/offer-desk.ts';
import { newPen } from '../support/pen.ts';

test('EN2 TS5 an assistant who was removed is not shown its offer and may not accept it, nor in another browser', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  await app.pass(1); // a code of his other browser, newer than that of the first
  const elsewhere = await listed(app, 'Cas');
  await cas.api.post(Roster, '/api/sessions/assist', { number: session.number });
  await anna.manage('remove', session, cas.id);
  await cas.events.next('out');
  expect(await elsewhere.api.refused('POST', '/api/sessions/assist', { number: session.number })).toBe('forbidden');
  expect(
    await anna.api.refused('POST', `/api/sessions/${session.id}/offer`, request(anna, mia, toAgents(bob, cas))),
  ).toBe('removed-before');
  await Promise.all([available(bob), available(cas)]);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await state(bob, 'waiting');
  for (const one of [cas, elsewhere]) {
    expect(await one.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('not-found');
    expect((await shown(one, ({ on }) => on)).offers).toEqual([]);
  }
  await app.pass(120); // he missed nothing
  await shown(bob, ({ on }) => !on);
  expect(await shown(cas, ({ on }) => on)).toMatchObject({ offers: [] });
  await accept(bob, made);
});

test('TS1 who is taken out of every queue is not shown what was offered to them by name, and cannot accept it', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  const made = await offer(anna, session, request(anna, mia, toAgents(bob, cas)));
  for (const one of [bob, cas]) await state(one, 'waiting');
  await app.parts.queues.set(queue, { members: [anna.agent, bob.agent] });
  await shown(cas, (one) => !one.listed && one.offers.length === 0);
  expect(await cas.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('not-found');
  expect(await cas.api.refused('GET', '/api/transferees')).toBe('not-listed');
  await bob.api.do(`/api/offers/${made.id}/decline`);
  await state(anna, 'nobody'); // nobody else is left who could
  await app.parts.queues.set(queue, { members: [anna.agent, cas.agent] });
  await state(cas, 'waiting');
  await accept(cas, made);
});

test('TC6 TS5 neither an offer nor who accepted it counts without the signature and the key of who they are', async () => {
  const { app, anna, bob, mia, session, queue } = await desk();
  await available(bob);
  const to = `/api/sessions/${session.id}/offer`;
  const body = request(anna, mia, inQueue(queue));
  const { signature: _, ...said } = body.control;
  const strange = newPen();
  const forged = [
    strange.signed(session.id, said),
    anna.pen.signed(session.id, { ...said, key: strange.signingKey }),
    mia.pen.signed(session.id, said),
  ];
  for (const one of forged) expect(await anna.api.refused('POST', to, { ...body, control: one })).toBe('not-verified');
  const record = await app.parts.book.get(session.id);
  expect([record?.epoch, record?.offer]).toEqual([1, undefined]);
  const made = await offer(anna, session, body);
  await accept(bob, made);
  const path = `/api/sessions/${session.id}/control`;
  const { signature: __, ...accepted } = control('accepted', mia, bob, 3);
  for (const one of [
    strange.signed(session.id, accepted),
    mia.pen.signed(session.id, { ...accepted, key: strange.signingKey }),
  ])
    expect(await mia.api.refused('POST', path, { control: one })).toBe('not-verified');
  expect((await app.parts.book.get(session.id))?.epoch).toBe(2);
  await sign(mia, bob, session);
});

test('TS5 TC6 an offer names all customers; when the one who keeps the session leaves, another puts in charge who accepts', async () => {
  const { app, anna, bob, mia, session, queue } = await desk();
  const piet = await app.customer();
  await piet.join((await anna.invite(session)).id, 'Piet');
  const his = await piet.open();
  await his.roster(({ participants }) => participants.every((one) => one.state === 'present'));
  await available(bob);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  expect(made.customers).toEqual(['Mia', 'Piet']);
  await shown(bob, ({ offers }) => offers[0]?.customers.join() === 'Mia,Piet');
  await accept(bob, made);
  await his.roster(({ offer: here }) => here?.acceptor === bob.id && here.keeper === mia.id);
  await expect(sign(piet, bob, session)).rejects.toThrow('forbidden'); // she is here

  await mia.api.do(`/api/sessions/${session.id}/leave`);
  await his.roster(({ offer: here }) => here?.keeper === piet.id);
  await shown(bob, ({ offers }) => offers[0]?.customers.join() === 'Piet');
  const { epoch, participants } = await sign(piet, bob, session);
  expect(epoch).toBe(3);
  expect(participants.map(({ name, role }) => [name, role])).toEqual([
    ['Piet', 'customer'],
    ['Bob', 'primary'],
  ]);
});

test('TS5 an agent’s own second browser is told that it was they who took it', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  await app.pass(1);
  const elsewhere = await listed(app, 'Bob');
  await Promise.all([available(bob), available(cas)]);
  const { id } = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await accept(bob, { id });
  expect(await elsewhere.api.refused('POST', `/api/offers/${id}/accept`)).toBe('taken-by-you');
  expect(await cas.api.refused('POST', `/api/offers/${id}/accept`)).toBe('taken');
});

test('TS5 TC6 who comes without a key is not let have an offered session: nobody could put them in charge', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  await available(bob);
  await cas.api.post(Roster, '/api/sessions/assist', { number: session.number }); // without one too
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  const path = `/api/offers/${made.id}/accept`;
  expect(await bob.api.refused('POST', path)).toBe('not-verified');
  expect(await cas.api.refused('POST', path, { signingKey: cas.pen.signingKey })).toBe('not-verified'); // said too late
  expect((await app.parts.book.get(session.id))?.offer?.state.is).toBe('waiting');
  await accept(bob, made);
  await sign(mia, bob, session);
});

test('TS5 who accepted and was not put in charge in time comes last: it is others’ first, and theirs again when it lapses', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  for (const one of [bob, cas]) await available(one);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  const taking = { signingKey: bob.pen.signingKey };
  await accept(bob, made);
  await accept(bob, made); // its answer was lost
  await app.pass(60);
  await shown(bob, ({ offers }) => offers.length === 0);
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`, taking)).toBe('not-found');
  await state(cas, 'waiting');
  await app.pass(120); // nor has Cas taken it
  expect((await shown(cas, ({ on }) => !on)).listed).toBe(true);
  expect((await shown(bob, ({ offers }) => offers.length === 1)).on).toBe(true); // he has missed nothing
  await accept(bob, made);
  await sign(mia, bob, session);
});

test('TS5 when all others have declined it, who was late may accept it at once', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await desk();
  for (const one of [bob, cas]) await available(one);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await accept(bob, made);
  await app.pass(60);
  await cas.api.do(`/api/offers/${made.id}/decline`);
  await state(anna, 'nobody');
  await accept(bob, made);
});
