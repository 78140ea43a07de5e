import { expect, test } from 'vitest';
import { Transferees } from '../../shared/protocol/relay-api.ts';
import {
  accept,
  available,
  control,
  desk,
  inQueue,
  offer,
  request,
  shown,
  sign,
  state,
  toAgents,
} from '../support/offer-desk.ts';

/** Anna leads a shared session; Bob may lead none such any more. */
async function withoutBob() {
  const all = await desk();
  await all.app.parts.administration.setAgent('command line', { email: 'bob@example.org', modes: ['multi'] });
  return all;
}

test('ST3 TS5 an offered session of another mode than theirs is not shown to an agent, nor theirs to accept or to miss', async () => {
  const { app, anna, bob, cas, mia, session, queue } = await withoutBob();
  for (const one of [bob, cas]) await available(one);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await state(cas, 'waiting');
  expect((await shown(bob, ({ on }) => on)).offers).toEqual([]);
  const taking = { signingKey: bob.pen.signingKey };
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`, taking)).toBe('mode-not-allowed');
  expect((await app.parts.book.get(session.id))?.participants.map(({ name }) => name)).toEqual(['Mia']);
  await app.pass(120);
  await shown(cas, ({ on }) => !on);
  expect((await shown(bob, ({ listed }) => listed)).on).toBe(true);
  await accept(cas, made);
  await sign(mia, cas, session);
});

test('ST3 TS5 when all who may lead it have declined an offered session, its sender is told', async () => {
  const { anna, bob, cas, mia, session, queue } = await withoutBob();
  for (const one of [bob, cas]) await available(one);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await cas.api.do(`/api/offers/${made.id}/decline`);
  await state(anna, 'nobody');
});

test('ST3 TS2 who may not lead it is not among those to whom a session can be offered, nor taken by name', async () => {
  const { anna, bob, cas, mia, session } = await withoutBob();
  for (const one of [bob, cas]) await available(one);
  const see = async (mode: string) => {
    const { queues, agents } = await anna.api.get(Transferees, `/api/transferees${mode}`);
    return [queues[0]?.available, agents.map(({ name }) => name)];
  };
  expect(await see('')).toEqual([2, ['Bob', 'Cas']]);
  expect(await see('?mode=multi')).toEqual([2, ['Bob', 'Cas']]);
  expect(await see('?mode=single')).toEqual([1, ['Cas']]);
  expect(await anna.api.refused('GET', '/api/transferees?mode=both')).toBe('bad-request');
  const to = `/api/sessions/${session.id}/offer`;
  expect(await anna.api.refused('POST', to, request(anna, mia, toAgents(bob, cas)))).toBe('mode-not-allowed');
  await offer(anna, session, request(anna, mia, toAgents(cas)));
});

test('ST3 TC1 EN3 nobody puts them in charge: neither the primary by a transfer, nor a customer after a loss', async () => {
  const { app, anna, bob, cas, mia, session } = await withoutBob();
  for (const one of [bob, cas]) await one.assist(session);
  const path = `/api/sessions/${session.id}/control`;
  const handed = control('handed over', anna, bob, 2, session.id);
  expect(await anna.api.refused('POST', path, { control: handed })).toBe('mode-not-allowed');
  await anna.events.drop();
  await app.pass(61);
  expect(await mia.api.refused('POST', path, { control: control('primary lost', mia, bob) })).toBe('mode-not-allowed');
  await mia.api.do(path, { control: control('primary lost', mia, cas) });
  expect((await app.parts.book.get(session.id))?.epoch).toBe(2);
});
