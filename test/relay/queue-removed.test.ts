import { expect, test } from 'vitest';
import { OfferLapsed } from '../../shared/protocol/limits.ts';
import { Roster } from '../../shared/protocol/relay-api.ts';
import type { AppInMemory } from '../support/app.ts';
import {
  accept,
  available,
  desk,
  inQueue,
  offer,
  request,
  shown,
  sign,
  state,
  toAgents,
} from '../support/offer-desk.ts';

/** As the administrator does, or a command in another process: what follows from it is the sweeper's. */
async function removed({ parts, pass }: AppInMemory, id: string): Promise<void> {
  await parts.administration.removeQueue('command line', { id });
  await pass(1);
}

test.each(OfferLapsed.options)('TS5 a queue is removed while a session waits in it: %s', async (policy) => {
  const { app, anna, bob, mia, hers, session, queue } = await desk({ OFFER_LAPSED: policy });
  await app.parts.queues.set((await app.parts.queues.create({ en: 'Other', nl: 'Andere' })).id, {
    members: [bob.agent],
  });
  await available(bob);
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  await state(bob, 'waiting');
  await removed(app, queue);
  await shown(bob, ({ offers, on }) => offers.length === 0 && on); // and nothing was missed
  if (policy === 'end') {
    expect(await hers.roster(({ phase }) => phase === 'ended')).toMatchObject({ ended: { why: 'nobody took it' } });
    await state(anna, 'over');
    return;
  }
  await state(anna, 'nobody');
  await hers.roster(({ offer: here }) => here?.nobody === true && here.name === undefined && here.place === undefined);
  await app.pass(400); // it is not offered anew
  expect((await app.parts.book.get(session.id))?.offer).toMatchObject({ state: { is: 'nobody' }, lapses: 1 });
  expect(await bob.api.refused('POST', `/api/offers/${made.id}/accept`)).toBe('not-found');
  await anna.api.post(Roster, `/api/offers/${made.id}/take-back`, { signingKey: anna.pen.signingKey });
  expect((await sign(mia, anna, session)).participants).toContainEqual(
    expect.objectContaining({ id: anna.id, role: 'primary' }),
  );
});

test('TS5 who had accepted before the queue was removed is put in charge; lost meanwhile, nobody took it', async () => {
  for (const isLost of [false, true]) {
    const { app, anna, bob, mia, session, queue } = await desk({ OFFER_LAPSED: 'queue' });
    await available(bob);
    const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
    await accept(bob, made);
    await removed(app, queue);
    if (isLost) {
      await app.pass(60);
      await state(anna, 'nobody');
    } else expect(await sign(mia, bob, session)).toMatchObject({ epoch: 3 });
  }
});

test('TS5 what was under way to a queue while it was removed goes back too; what is for agents by name stays', async () => {
  const { app, anna, bob, mia, session, queue } = await desk();
  await app.parts.queues.set((await app.parts.queues.create({ en: 'Other', nl: 'Andere' })).id, {
    members: [anna.agent, bob.agent],
  });
  const { get } = app.parts.queues;
  const queues = Object.assign(app.parts.queues, {
    // It is there when it is looked at, and no more when the session has been offered.
    get: async (id: string) => {
      const found = await get.call(queues, id);
      queues.get = get;
      await removed(app, queue);
      return found;
    },
  });
  await offer(anna, session, request(anna, mia, inQueue(queue)));
  expect((await app.parts.book.get(session.id))?.offer?.state.is).toBe('waiting');
  await app.pass(1);
  await state(anna, 'nobody');

  const { app: other, ...there } = await desk();
  await offer(there.anna, there.session, request(there.anna, there.mia, toAgents(there.bob)));
  await removed(other, there.queue);
  expect((await other.parts.book.get(there.session.id))?.offer?.state.is).toBe('waiting');
});
