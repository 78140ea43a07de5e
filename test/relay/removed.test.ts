import { expect, test } from 'vitest';
import type { Invited, Roster } from '../../shared/protocol/relay-api.ts';
import type { Person } from '../support/app.ts';
import { control, desk } from '../support/offer-desk.ts';

const assists = ({ api, pen }: Person, { id }: Invited) =>
  api.refused('POST', '/api/sessions/assist', { invitation: id, signingKey: pen.signingKey });
const joins = (one: Person, { id }: Invited) =>
  one.api.refused('POST', `/api/invitations/${id}/join`, one.as('Somebody'));

/** Anna has made links of both kinds and handed her session over to Bob, whom she assists. */
async function handedOver() {
  const all = await desk();
  const { anna, bob, session } = all;
  await bob.assist(session);
  const links = [await anna.invite(session, 'representative'), await anna.invite(session)] as const;
  await anna.api.do(`/api/sessions/${session.id}/control`, {
    control: control('handed over', anna, bob, 2, session.id),
  });
  const now: Roster = { ...session, epoch: 2 };
  return { ...all, now, links };
}

test('EN2 an assistant in two browsers is removed from both at once, and told in each', async () => {
  const { app, anna, cas, session } = await desk();
  await app.pass(1); // a code of the other browser, newer than that of the first
  const second = await app.agent('Cas');
  const elsewhere = await second.open();
  for (const one of [cas, second]) await one.assist(session);
  await anna.manage('remove', session, second.id);
  for (const events of [cas.events, elsewhere])
    expect((await events.next('out', ({ data }) => data.why === 'removed')).data.session).toBe(session.id);
  for (const { api } of [cas, second])
    expect(await api.refused('POST', '/api/sessions/assist', { number: session.number })).toBe('forbidden');
});

test('EN2 who was primary and is removed comes back by no link they made before, neither as an agent nor as a customer', async () => {
  const { app, anna, bob, mia, session, now, links } = await handedOver();
  const later = await bob.invite(now);
  await bob.manage('remove', now, anna.id);
  const [asAgent, asCustomer] = links;
  expect(await assists(anna, asAgent)).toBe('invitation-over');
  expect(await joins(await app.customer(), asCustomer)).toBe('invitation-over');
  // Links of others are as they were; and so is who came by one of hers.
  const piet = await app.customer();
  expect((await piet.join(later.id, 'Piet')).state).toBe('present');
  expect((await app.parts.book.get(session.id))?.participants.some(({ id }) => id === mia.id)).toBe(true);
});

test('EN2 only an invitation made after the removal brings a removed assistant back', async () => {
  const { anna, cas, session } = await desk();
  const before = await anna.invite(session, 'representative');
  await cas.assist(session);
  await anna.manage('remove', session, cas.id);
  expect(await assists(cas, before)).toBe('forbidden');
  const after = await anna.invite(session, 'representative');
  await cas.api.do('/api/sessions/assist', { invitation: after.id, signingKey: cas.pen.signingKey });
});

test('PA1 EN3 an agent whom the administrator removed comes in by no link of their own, and decides nothing as a customer', async () => {
  const { app, anna, bob, session } = await desk();
  await app.parts.agents.set('bob@example.org', { administers: true });
  await bob.assist(session);
  const link = await anna.invite(session);
  await bob.api.do('/api/administration/agents/remove', { email: 'anna@example.org' });
  expect(await joins(await app.customer(), link)).toBe('invitation-over');
});

test('PA1 so it is where they had handed over, and were in with no browser any more', async () => {
  const { app, anna, bob, session, links } = await handedOver();
  await app.parts.agents.set('bob@example.org', { administers: true });
  await anna.api.do(`/api/sessions/${session.id}/leave`);
  await anna.api.do('/api/sign-out');
  await bob.api.do('/api/administration/agents/remove', { email: 'anna@example.org' });
  expect(await joins(await app.customer(), links[1])).toBe('invitation-over');
});
