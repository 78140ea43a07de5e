import { expect, test } from 'vitest';
import { Roster } from '../../shared/protocol/relay-api.ts';
import { appInMemory, type Person } from '../support/app.ts';

/** An agent with a session and an open stream. */
async function started(env: Record<string, string> = {}) {
  const app = await appInMemory(env);
  const anna = await app.agent('Anna');
  const events = await anna.open();
  return { app, anna, events, session: await anna.start('multi') };
}

test('TC1 TC6 control goes to an assistant who is here, by one compare-and-set; everybody hears the record', async () => {
  const { app, anna, events, session } = await started({ CUSTOMERS_AT_ONCE: '1' });
  const [bob, cas] = [await app.agent('Bob'), await app.agent('Cas')];
  for (const one of [bob, cas]) await one.api.post(Roster, '/api/sessions/assist', { number: session.number });
  const mia = await app.customer();
  await mia.join((await anna.invite(session)).id, 'Mia');
  const to = `/api/sessions/${session.id}/control`;
  const control = (heir: Person, by = anna, epoch = 2, why = 'handed over') => ({
    control: { epoch, why, by: by.id, to: heir.id, key: 'k'.repeat(87), signature: heir.id.padEnd(86, '0') },
  });

  expect(await anna.api.refused('POST', to, control(bob))).toBe('not-here'); // no page of his is connected
  const theirs = await Promise.all([bob, cas, mia].map((one) => one.open()));
  expect(await bob.api.refused('POST', to, control(bob, bob))).toBe('forbidden');
  expect(await mia.api.refused('POST', to, control(bob, mia))).toBe('forbidden');
  expect(await mia.api.refused('POST', to, control(bob, mia, 2, 'primary lost'))).toBe('forbidden');
  expect(await anna.api.refused('POST', to, control(bob, bob))).toBe('forbidden'); // signed by another than who asks
  expect(await anna.api.refused('POST', to, control(mia))).toBe('not-found');
  expect(await anna.api.refused('POST', to, control(bob, anna, 3))).toBe('handed-over');

  // Bob helps as many as he may already.
  const own = await bob.start();
  const piet = await app.customer();
  await piet.join((await bob.invite(own)).id, 'Piet');
  expect(await anna.api.refused('POST', to, control(bob))).toBe('full');
  await bob.api.do(`/api/sessions/${own.id}/end`, { epoch: 1 });

  const answers = await Promise.all(
    [bob, cas].map(async (heir) => (await anna.api.raw('POST', to, control(heir))).status),
  );
  expect(answers.sort()).toEqual([200, 409]);
  const seen = await Promise.all([events, ...theirs].map((one) => one.roster(({ epoch }) => epoch === 2)));
  const heirs = seen.map(({ participants }) =>
    participants.filter(({ role }) => role === 'primary').map(({ id }) => id),
  );
  const heir = heirs[0]?.[0] === bob.id ? bob : cas;
  expect(heirs).toEqual(seen.map(() => [heir.id]));
  expect(seen.map(({ controls }) => controls)).toEqual(seen.map(() => [control(heir).control]));

  expect(await anna.api.refused('POST', `/api/sessions/${session.id}/end`, { epoch: 1 })).toBe('forbidden');
  expect(await heir.api.refused('POST', `/api/sessions/${session.id}/end`, { epoch: 1 })).toBe('handed-over');
  await anna.api.do(`/api/sessions/${session.id}/leave`); // as any assistant may
  await heir.api.do(`/api/sessions/${session.id}/end`, { epoch: 2 });
});

test('EN3 a customer puts an assistant in charge, once the primary has been away for its time', async () => {
  const { app, anna, session, events } = await started();
  const bob = await app.agent('Bob');
  await bob.api.post(Roster, '/api/sessions/assist', { number: session.number });
  const his = await bob.open();
  const mia = await app.customer();
  await mia.join((await anna.invite(session)).id, 'Mia');
  await mia.open();
  const to = `/api/sessions/${session.id}/control`;
  const signature = 's'.repeat(86);
  const taken = { epoch: 2, why: 'primary lost', by: mia.id, to: bob.id, key: 'k'.repeat(87), signature };
  await events.drop();
  await his.roster(({ participants }) => participants[0]?.state === 'away');
  await app.pass(59);
  expect(await mia.api.refused('POST', to, { control: taken })).toBe('forbidden');
  await app.pass(1);
  expect(await bob.api.refused('POST', to, { control: { ...taken, by: bob.id } })).toBe('forbidden');
  await mia.api.post(Roster, to, { control: taken });
  await mia.api.post(Roster, to, { control: taken }); // the answer was lost: said again
  const { participants } = await his.roster(({ epoch }) => epoch === 2);
  expect(participants.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'Anna assistant',
    'Bob primary',
    'Mia customer',
  ]);
  expect(await anna.api.refused('POST', `/api/sessions/${session.id}/end`, { epoch: 1 })).toBe('forbidden');
});
