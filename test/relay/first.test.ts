import { expect, test } from 'vitest';
import { appInMemory } from '../support/app.ts';

test('ST1 JO1 the whole way: start, invite, join, see each other, leave, end', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const events = await anna.open();
  await events.next('ready');
  const session = await anna.start();
  expect(session).toMatchObject({ phase: 'unjoined', mode: 'multi', you: anna.id, epoch: 1 });
  expect(session.participants).toMatchObject([{ name: 'Anna', role: 'primary', state: 'present' }]);

  const { id, url } = await anna.invite(session);
  expect(url).toBe(`http://localhost:8080/j/${id}`);
  const mia = await app.customer();
  const hers = await mia.open();
  const joined = await mia.join(id, 'Mia');
  expect(joined.state).toBe('present');
  const roster = await events.roster((one) => one.participants[1]?.state === 'present');
  expect(roster.participants[1]).toMatchObject({ name: 'Mia', role: 'customer', way: 'link', invitation: id });
  const seen = await hers.roster((one) => one.participants.length === 2);
  expect(seen.number).toBe('');

  await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
  expect(await hers.roster((one) => one.phase === 'ended')).toMatchObject({ ended: { why: 'ended', by: 'Anna' } });
});

test('JO4 a customer with the number knocks and is admitted', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const events = await anna.open();
  const session = await anna.start();
  const mia = await app.customer();
  const hers = await mia.open();
  expect((await mia.knock(session.number, 'Mia')).state).toBe('knocking');
  const waiting = await events.roster((one) => one.knocks.length === 1);
  expect(waiting.knocks).toMatchObject([{ id: mia.id, name: 'Mia', way: 'number' }]);
  expect(await anna.admit(session, mia.id)).toEqual({ session: session.id });
  await hers.roster((one) => one.participants.some(({ id, state }) => id === mia.id && state === 'present'));
  expect(hers.all.filter(({ event }) => event === 'roster').length).toBeGreaterThan(0);
});
