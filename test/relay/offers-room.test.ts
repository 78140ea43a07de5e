import { expect, test } from 'vitest';
import { Invitation, Roster } from '../../shared/protocol/relay-api.ts';
import { accept, desk, helped, inQueue, offer, request, sign } from '../support/offer-desk.ts';

test('PA1 of two offers accepted at once one is refused, where there is room for one', async () => {
  const { app, anna, bob, mia, session, queue } = await desk({ CUSTOMERS_AT_ONCE: '1' });
  const one = await offer(anna, session, request(anna, mia, inQueue(queue)));
  const second = await helped(app, anna, 'Eva');
  const two = await offer(anna, second.session, request(anna, second.mia, inQueue(queue)));
  const answers = await Promise.all(
    [one, two].map(async ({ id }) => {
      const taking = { signingKey: bob.pen.signingKey };
      return (await bob.api.raw('POST', `/api/offers/${id}/accept`, taking)).status;
    }),
  );
  expect(answers.toSorted()).toEqual([200, 409]);
  const late = answers[0] === 200 ? two : one;
  expect(await bob.api.refused('POST', `/api/offers/${late.id}/accept`)).toBe('full');
});

test('PA1 TS5 who joins an offered session takes neither the seat nor the room of who accepts it', async () => {
  const { app, anna, bob, mia, session, queue } = await desk({ CUSTOMERS_AT_ONCE: '2', PARTICIPANTS: '3' });
  const own = await helped(app, bob, 'Piet');
  const links = [await anna.invite(session), await anna.invite(session)];
  const join = async (at: number) => {
    const eva = await app.customer();
    return (await eva.api.raw('POST', `/api/invitations/${links[at]?.id}/join`, eva.as('Eva'))).status;
  };
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  const cas = await app.agent('Cas');
  await cas.api.post(Roster, '/api/sessions/assist', { number: session.number });
  expect(await join(0)).toBe(409); // the third seat is for who accepts
  await cas.api.do(`/api/sessions/${session.id}/leave`);
  await accept(bob, made);
  expect(await join(0)).toBe(409); // Bob helps Piet and Mia already
  await bob.api.do(`/api/sessions/${own.session.id}/end`, { epoch: 1 });
  expect(await join(0)).toBe(200);
});

test('TS5 SE3 so many offers of one agent in a window, whatever became of them; others go on offering', async () => {
  const { app, anna, bob, mia, session, queue } = await desk({ OFFERS_PER_AGENT: '3' });
  const body = request(anna, mia, inQueue(queue));
  await offer(anna, session, body);
  const again = () => anna.api.raw('POST', `/api/sessions/${session.id}/offer`, body);
  expect([(await again()).ok, (await again()).ok]).toEqual([true, true]); // said once more, it is the same offer
  const late = await again();
  expect([late.status, await late.json()]).toEqual([429, { error: 'too-many-attempts', retryAfter: 600 }]);
  const bobs = await helped(app, bob, 'Piet');
  await offer(bob, bobs.session, request(bob, bobs.mia, inQueue(queue)));
  await app.pass(600);
  expect((await again()).status).not.toBe(429);
});

test('JO1 TS5 a link names who is in charge now, and nobody while the session waits; who finds no room then reads that it waits', async () => {
  const { app, anna, bob, mia, hers, session, queue } = await desk();
  const { id: link } = await anna.invite(session);
  const named = async (id: string) => (await app.anybody().get(Invitation, `/api/invitations/${id}`)).agent;
  expect(await named(link)).toBe('Anna');
  const made = await offer(anna, session, request(anna, mia, inQueue(queue)));
  expect(await named(link)).toBeUndefined();
  await accept(bob, made);
  await hers.roster(({ offer: here }) => here?.acceptor === bob.id);
  await sign(mia, bob, session);
  expect(await named(link)).toBe('Bob');

  // In multi-session mode a second customer would get a session of their own, with nobody to lead it.
  const own = await anna.start('multi');
  const piet = await app.customer();
  await piet.join((await anna.invite(own)).id, 'Piet');
  const his = await piet.open();
  await his.roster(({ participants }) => participants.every(({ state }) => state === 'present'));
  const { id: second } = await anna.invite(own);
  await offer(anna, own, request(anna, piet, inQueue(queue)));
  const eva = await app.customer();
  expect(await eva.api.refused('POST', `/api/invitations/${second}/join`, eva.as('Eva'))).toBe('no-agent-yet');
});
