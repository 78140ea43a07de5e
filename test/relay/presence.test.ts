import { expect, test } from 'vitest';
import { appInMemory } from '../support/app.ts';
import { newPage } from '../support/events.ts';

/** Agent and customer, both connected, in one session. */
async function two(env: Record<string, string> = {}) {
  const app = await appInMemory(env);
  const anna = await app.agent('Anna');
  const page = newPage();
  const events = await anna.open(page);
  const session = await anna.start();
  const mia = await app.customer();
  const herPage = newPage();
  const hers = await mia.open(herPage);
  await mia.join((await anna.invite(session)).id, 'Mia');
  await events.roster((one) => one.participants[1]?.state === 'present');
  await hers.roster((one) => one.participants.every(({ state }) => state === 'present'));
  return { app, anna, mia, page, herPage, events, hers, session };
}

test('ST5 a page that goes and is back within the grace was reloaded', async () => {
  const { app, anna, page, hers, session } = await two();
  await anna.api.do('/api/gone', { page, token: anna.api.token });
  await hers.roster((one) => one.participants[0]?.state === 'away');
  await app.pass(9);
  const fresh = newPage();
  const again = await anna.open(fresh);
  expect((await again.roster(({ id }) => id === session.id)).phase).toBe('open');
  await again.next('ready');
  const seen = await hers.roster((one) => one.participants[0]?.page === fresh);
  expect(seen.participants[0]?.state).toBe('present');
  await app.pass(60);
  expect((await app.parts.book.get(session.id))?.phase).toBe('open');
});

test('ST5 a primary’s page that goes and stays away was closed: its sessions end', async () => {
  const { app, anna, page, hers } = await two();
  await anna.api.do('/api/gone', { page, token: anna.api.token });
  await app.pass(10);
  expect(await hers.roster((one) => one.phase === 'ended')).toMatchObject({ ended: { why: 'closed', by: 'Anna' } });
  // Coming back later, the agent has none of it.
  const again = await anna.open();
  await again.next('ready');
  expect(again.all.filter(({ event }) => event === 'roster')).toMatchObject([]);
});

test('ST5 a customer’s page that goes shows as gone, keeps its seat and comes back without a knock', async () => {
  const { app, mia, herPage, events, session } = await two();
  await mia.api.do('/api/gone', { page: herPage, token: mia.api.token });
  await app.pass(10);
  await events.roster((one) => one.participants[1]?.state === 'gone');
  await app.pass(60);
  const again = await mia.open();
  await again.roster(({ id }) => id === session.id);
  await events.roster((one) => one.participants[1]?.state === 'present');
});

test('ST5 a late "gone" of the page before says nothing of the page that is here', async () => {
  const { app, mia, herPage, session } = await two();
  const fresh = await mia.open();
  await fresh.next('ready');
  await mia.api.do('/api/gone', { page: herPage, token: mia.api.token });
  await app.pass(30);
  expect((await app.parts.book.get(session.id))?.participants[1]).toMatchObject({ state: 'present', held: {} });
});

test('ST5 a crash says nothing: away at once, and nothing ends in the grace', async () => {
  const { app, anna, hers, events, session } = await two();
  await events.drop();
  await hers.roster((one) => one.participants[0]?.state === 'away');
  await app.pass(500);
  expect((await app.parts.book.get(session.id))?.phase).toBe('open');
  const again = await anna.open();
  await again.next('ready');
  await hers.roster((one) => one.participants[0]?.state === 'present');
});

test('EN3 a primary away for ten minutes: the session ends and the customer is told', async () => {
  const { app, events, hers } = await two();
  await events.drop();
  await hers.roster((one) => one.participants[0]?.state === 'away');
  await app.pass(599);
  expect(hers.all.some((one) => one.event === 'roster' && one.data.phase === 'ended')).toBe(false);
  await app.pass(1);
  expect(await hers.roster((one) => one.phase === 'ended')).toMatchObject({ ended: { why: 'primary away' } });
});

test('EN3 who was away when the session ended is told on coming back, once', async () => {
  const { app, mia, hers, events } = await two();
  await hers.drop();
  await events.roster((one) => one.participants[1]?.state === 'away');
  await events.drop();
  await app.pass(700);
  const back = await mia.open();
  expect(await back.roster((one) => one.phase === 'ended')).toMatchObject({ ended: { why: 'primary away' } });
  const twice = await mia.open();
  await twice.next('ready');
  expect(twice.all.map(({ event }) => event)).toEqual(['ready']);
});

test('ST5 a session nobody joined ends after an hour; its number is free again', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const events = await anna.open();
  const session = await anna.start();
  await app.pass(3600);
  expect(await events.roster((one) => one.phase === 'ended')).toMatchObject({ ended: { why: 'unjoined' } });
  expect(await app.parts.book.byNumber(session.number)).toBeUndefined();
});

test('ST5 a session nobody is connected to ends when it has been idle for long enough', async () => {
  const { app, events, hers, session } = await two({ AWAY_ENDS: '14400' });
  await events.drop();
  await hers.drop();
  await expect
    .poll(async () => (await app.parts.book.get(session.id))?.participants.map(({ state }) => state))
    .toEqual(['away', 'away']);
  await app.pass(4 * 3600);
  expect((await app.parts.book.get(session.id))?.ended?.why).toBe('idle');
});

test('JO4 ST5 a knock goes on waiting when its page was reloaded, and is told when it was too late', async () => {
  const { app, anna, events, session } = await two();
  const eve = await app.customer();
  const goes = (page: string) => eve.api.do('/api/gone', { page, token: eve.api.token });
  const [first, second] = [newPage(), newPage()];
  await eve.open(first);
  await eve.knock(session.number, 'Eve');
  await goes(first);
  await app.pass(9);
  await (await eve.open(second)).next('ready');
  await goes(first); // late: the page before
  await app.pass(60);
  const seen = await app.parts.book.get(session.id);
  expect(seen?.knocks).toMatchObject([{ id: eve.id }]);
  expect(seen?.knocks[0]?.goneAt).toBeUndefined();
  await goes(second);
  await app.pass(10);
  await events.roster((one) => one.knocks.length === 0 && one.version > (seen?.version ?? 0));
  const late = await eve.open();
  expect((await late.next('out')).data.why).toBe('left');
  expect(await anna.api.refused('POST', `/api/sessions/${session.id}/admit`, { participant: eve.id, epoch: 1 })).toBe(
    'not-found',
  );
});

test('JO4 ST5 who is let in after the page went shows as gone when it stays away', async () => {
  const { app, anna, events, session } = await two({ MODES: 'single' });
  const eve = await app.customer();
  const page = newPage();
  await eve.open(page);
  await eve.knock(session.number, 'Eve');
  await eve.api.do('/api/gone', { page, token: eve.api.token });
  await anna.admit(session, eve.id);
  await app.pass(10);
  await events.roster((one) => one.participants.some(({ id, state }) => id === eve.id && state === 'gone'));
});

test('JO4 a knock lapses when its page goes', async () => {
  const { app, events, session } = await two();
  const eve = await app.customer();
  const page = newPage();
  await eve.open(page);
  await eve.knock(session.number, 'Eve');
  await events.roster((one) => one.knocks.length === 1);
  await eve.api.do('/api/gone', { page, token: eve.api.token });
  await app.pass(10);
  await events.roster((one) => one.knocks.length === 0);
});

test('RE1 the newest page of a browser has its stream, the older one is told and closed', async () => {
  const { app, mia, hers, events, session } = await two();
  const fresh = await mia.open();
  await fresh.next('ready');
  await hers.next('replaced');
  await hers.closed;
  const state = (await app.parts.book.get(session.id))?.participants[1]?.state;
  expect(state).toBe('present');
  await fresh.drop();
  await events.roster((one) => one.participants[1]?.state === 'away');
});

test('RE1 a killed relay: everybody is away, what was to end gets its whole time again', async () => {
  const { app, anna, page, session } = await two();
  await anna.api.do('/api/gone', { page, token: anna.api.token });
  const again = await app.again();
  const states = (await again.parts.book.get(session.id))?.participants.map(({ state }) => state);
  expect(states).toEqual(['away', 'away']);
  await again.pass(9);
  expect((await again.parts.book.get(session.id))?.phase).toBe('open');
});

test('RE1 EN3 who was away when the relay was killed has not been away for all the time there was none', async () => {
  const { app, hers, events, session } = await two();
  await events.drop();
  await hers.roster((one) => one.participants[0]?.state === 'away');
  const again = await app.again({}, 3600);
  expect((await again.parts.book.get(session.id))?.phase).toBe('open');
  await again.pass(599);
  expect((await again.parts.book.get(session.id))?.phase).toBe('open');
  await again.pass(1);
  expect((await again.parts.book.get(session.id))?.ended).toMatchObject({ why: 'primary away' });
});

test('RE1 another relay that dies without a word: whom it held is away when its lease is over', async () => {
  const { app, session } = await two();
  await app.pass(1);
  const run = app.parts.presence.run;
  const other = await app.again();
  expect(run).not.toBe(other.parts.presence.run);
  expect((await other.parts.book.get(session.id))?.participants[0]?.state).toBe('away');
});
