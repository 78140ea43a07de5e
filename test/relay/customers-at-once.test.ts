import { expect, test } from 'vitest';
import { appInMemory, type Person } from '../support/app.ts';
import { control, helped } from '../support/offer-desk.ts';

/** So many turns of the microtask queue: where another request stands by then. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

const LATER = [0, 5, 10, 20, 40, 80];
const status = async (asked: Promise<Response>) => (await asked).status;

/** Two relays on one store, and two agents who may help so many customers. */
async function room(most: number) {
  const app = await appInMemory({ CUSTOMERS_AT_ONCE: String(most) });
  return { app, other: await app.beside(), anna: await app.agent('Anna'), bob: await app.agent('Bob') };
}

test.each(LATER)(
  'PA1 of two who join two sessions of one agent at once, one finds room: %i turns later',
  async (later) => {
    const { app, other, anna } = await room(1);
    const links = [await anna.invite(await anna.start('single')), await anna.invite(await anna.start('single'))];
    const come = async (at: number, one: Person) =>
      status(one.api.raw('POST', `/api/invitations/${links[at]?.id}/join`, one.as('Mia')));
    const [mia, piet] = [await app.customer(), other.person(await app.customer())];
    const answers = await Promise.all([come(0, mia), turns(later).then(() => come(1, piet))]);
    expect(answers.toSorted()).toEqual([200, 409]);
    const late = answers[0] === 409 ? 0 : 1;
    const again = late === 0 ? mia : piet;
    expect(await again.api.refused('POST', `/api/invitations/${links[late]?.id}/join`, again.as('Mia'))).toBe('full');
  },
);

test.each(LATER)('PA1 of two admitted at once into two sessions, one finds room: %i turns later', async (later) => {
  const { app, other, anna } = await room(1);
  await anna.open();
  const sessions = [await anna.start('single'), await anna.start('single')];
  const guests = [await app.customer(), await app.customer()];
  for (const at of [0, 1]) await guests[at]?.knock(sessions[at]?.number ?? '', 'Mia');
  const admit = (at: number, by: Person) =>
    status(by.api.raw('POST', `/api/sessions/${sessions[at]?.id}/admit`, { participant: guests[at]?.id, epoch: 1 }));
  const answers = await Promise.all([admit(0, anna), turns(later).then(() => admit(1, other.person(anna)))]);
  expect(answers.toSorted()).toEqual([200, 409]);
});

test.each(LATER)('PA1 TC6 a session is handed over while somebody joins: %i turns later', async (later) => {
  const { app, other, anna, bob } = await room(2);
  await app.parts.agents.set('bob@example.org', { customers: 1 });
  const bobs = await bob.open();
  await anna.open();
  const { session, hers } = await helped(app, anna);
  await bob.assist(session);
  await bobs.roster(({ participants }) => participants.every(({ state }) => state === 'present'));
  await hers.roster(({ participants }) => participants.length === 3);
  const link = await anna.invite(session);
  const piet = other.person(await app.customer());
  const next = control('handed over', anna, bob, 2, session.id);
  await Promise.all([
    anna.api.raw('POST', `/api/sessions/${session.id}/control`, { control: next }),
    turns(later).then(() => piet.api.raw('POST', `/api/invitations/${link.id}/join`, piet.as('Piet'))),
  ]);
  const record = await app.parts.book.get(session.id);
  const leader = record?.participants.find(({ role }) => role === 'primary')?.name;
  const customers = record?.participants.filter(({ role }) => role === 'customer').length;
  expect([
    ['Bob', 1],
    ['Anna', 2],
  ]).toContainEqual([leader, customers]);
});

test('PA1 room that was asked for and never used is free again', async () => {
  const { app, anna } = await room(1);
  const [session, link] = await anna.start('single').then(async (one) => [one, await anna.invite(one)] as const);
  const [mia, piet] = [await app.customer(), await app.customer()];
  // Refused for another reason: it lets go at once.
  await anna.api.do(`/api/sessions/${session.id}/revoke`, { invitation: link.id, epoch: 1 });
  expect(await mia.api.refused('POST', `/api/invitations/${link.id}/join`, mia.as('Mia'))).toBe('invitation-over');
  const own = await anna.invite(session);
  // A relay that died in between held it for a while.
  const agent = (await app.parts.agents.list())[0]?.id ?? '';
  const died = { id: 'x', customers: [mia.id], until: Date.UTC(2026, 0, 5, 9) + 30_000 };
  await app.store.put('coming', agent, { coming: [died] });
  expect(await piet.api.refused('POST', `/api/invitations/${own.id}/join`, piet.as('Piet'))).toBe('full');
  await app.pass(30);
  expect((await piet.join(own.id, 'Piet')).state).toBe('present');
});
