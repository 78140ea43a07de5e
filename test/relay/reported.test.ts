import { expect, test } from 'vitest';
import { Overview } from '../../shared/protocol/administration-api.ts';
import { Joined, type Roster } from '../../shared/protocol/relay-api.ts';
import { appInMemory, type Person } from '../support/app.ts';
import { control } from '../support/offer-desk.ts';

/** Anna's session, in which Bob assists. */
async function withBob(mode: 'single' | 'multi') {
  const app = await appInMemory();
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  await bob.open();
  const session = await anna.start(mode);
  await bob.assist(session);
  return { app, anna, bob, session };
}

const handOver = (from: Person, to: Person, { id }: Roster) =>
  from.api.do(`/api/sessions/${id}/control`, { control: control('handed over', from, to, 2, id) });
const reportsFor = async ({ api }: Person) => (await api.get(Overview, '/api/administration/overview')).reports;

test('JO6 a report names the agent who invited, not who is in charge by then; said again it changes nothing', async () => {
  const { app, anna, bob, session } = await withBob('single');
  const first = await anna.invite(session);
  const second = await anna.invite(session);
  const report = (id: string) => app.anybody().do(`/api/invitations/${id}/report`);
  await report(first.id);
  const before = await reportsFor(anna);
  await handOver(anna, bob, session);
  await app.pass(5);
  await report(first.id);
  expect(await reportsFor(anna)).toEqual(before);
  await report(second.id);
  expect((await reportsFor(anna)).map(({ agent }) => agent)).toEqual(['Anna', 'Anna']);
});

test('JO6 PA4 so it is for a customer who got a session of their own, by a link of who handed over', async () => {
  const { app, anna, bob, session } = await withBob('multi');
  const [mias, piets] = [await anna.invite(session), await anna.invite(session)];
  const [mia, piet] = [await app.customer(), await app.customer()];
  await mia.join(mias.id, 'Mia');
  await handOver(anna, bob, session);
  const joined = await piet.api.post(Joined, `/api/invitations/${piets.id}/join`, piet.as('Piet'));
  expect(joined.state === 'present' && joined.roster.id).not.toBe(session.id);
  await app.anybody().do(`/api/invitations/${piets.id}/report`);
  expect((await reportsFor(anna)).map(({ agent }) => agent)).toEqual(['Anna']);
});
