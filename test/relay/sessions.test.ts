import { describe, expect, test } from 'vitest';
import { Invitation, Me, Roster } from '../../shared/protocol/relay-api.ts';
import { newSessionNumber } from '../../shared/protocol/session-number.ts';
import { appInMemory } from '../support/app.ts';
import { newPage } from '../support/events.ts';

/** An agent with a session and an open stream. */
async function started(mode: 'multi' | 'single' = 'multi', env: Record<string, string> = {}) {
  const app = await appInMemory(env);
  const anna = await app.agent('Anna');
  const page = newPage();
  const events = await anna.open(page);
  const session = await anna.start(mode);
  return { app, anna, events, session, page };
}

describe('starting and joining', () => {
  test('ST1 JO1 the whole way: start, invite, join, see each other, end', async () => {
    const { app, anna, events, session } = await started();
    expect(session).toMatchObject({ phase: 'unjoined', mode: 'multi', you: anna.id, epoch: 1 });
    expect(session.participants).toMatchObject([{ name: 'Anna', role: 'primary', state: 'present' }]);

    const { id, url } = await anna.invite(session);
    expect(url).toBe(`http://localhost:8080/j/${id}`);
    const shown = await app.anybody().get(Invitation, `/api/invitations/${id}`);
    expect(shown).toEqual({ desk: 'Hulplijn', agent: 'Anna', guest: 'customer', state: 'fresh', others: false });

    const mia = await app.customer();
    const hers = await mia.open();
    expect((await mia.join(id, 'Mia')).state).toBe('present');
    const roster = await events.roster((one) => one.participants[1]?.state === 'present');
    expect(roster.participants[1]).toMatchObject({ name: 'Mia', role: 'customer', way: 'link', invitation: id });
    const seen = await hers.roster((one) => one.participants.length === 2);
    expect(seen.number).toBe('');

    await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
    const ended = await hers.roster((one) => one.phase === 'ended');
    expect(ended).toMatchObject({ ended: { why: 'ended', by: 'Anna' } });
    expect((await app.anybody().get(Invitation, `/api/invitations/${id}`)).state).toBe('over');
  });

  test('JO3 a used link knocks, except for its own seat', async () => {
    const { app, anna, events, session } = await started();
    const { id } = await anna.invite(session);
    const mia = await app.customer();
    expect((await mia.join(id, 'Mia')).state).toBe('present');
    expect((await mia.join(id, 'Mia')).state).toBe('present');
    const eve = await app.customer();
    expect((await eve.join(id, 'Eve')).state).toBe('knocking');
    const { knocks } = await events.roster((one) => one.knocks.length === 1);
    expect(knocks).toMatchObject([{ name: 'Eve', way: 'used link' }]);
    await mia.api.do(`/api/sessions/${session.id}/leave`);
    expect((await mia.join(id, 'Mia')).state).toBe('present');
  });

  test('JO3 of two who open one link at once, one is in and one knocks', async () => {
    const { app, anna, session } = await started('single');
    const { id } = await anna.invite(session);
    const both = await Promise.all([app.customer(), app.customer()]);
    const states = await Promise.all(both.map(async (one) => (await one.join(id, 'X')).state));
    expect(states.sort()).toEqual(['knocking', 'present']);
  });

  test('JO3 removal revokes the invitation; so does the primary; JO6 so does a report, which the primary is told', async () => {
    const { app, anna, events, session } = await started('single');
    const [one, two, three] = [await anna.invite(session), await anna.invite(session), await anna.invite(session)];
    const mia = await app.customer();
    const hers = await mia.open();
    await mia.join(one.id, 'Mia');
    await anna.manage('remove', session, mia.id);
    expect((await hers.next('out')).data).toMatchObject({ session: session.id, why: 'removed' });
    expect(await mia.api.refused('POST', `/api/invitations/${one.id}/join`, mia.as('Mia'))).toBe('invitation-over');

    await anna.api.do(`/api/sessions/${session.id}/revoke`, { invitation: two.id, epoch: 1 });
    expect(await mia.api.refused('POST', `/api/invitations/${two.id}/join`, mia.as('Mia'))).toBe('invitation-over');

    await app.anybody().do(`/api/invitations/${three.id}/report`);
    expect((await events.next('reported')).data).toEqual({ session: session.id, invitation: three.id });
    expect((await app.anybody().get(Invitation, `/api/invitations/${three.id}`)).state).toBe('over');
  });

  test('JO4 knock, admit, decline, lapse: who is refused is never told why', async () => {
    const { app, anna, events, session } = await started();
    const people = await Promise.all(['Ali', 'Bea', 'Cem'].map(() => app.customer()));
    const streams = await Promise.all(people.map((one) => one.open()));
    for (const [index, one] of people.entries()) {
      expect((await one.knock(session.number, `Person ${index}`)).state).toBe('knocking');
    }
    const waiting = await events.roster((one) => one.knocks.length === 3);
    expect(waiting.knocks.map(({ name, way }) => [name, way])).toEqual([0, 1, 2].map((n) => [`Person ${n}`, 'number']));
    const [ali, bea, cem] = people;
    if (!ali || !bea || !cem) throw new Error('unreachable');

    expect(await anna.admit(session, ali.id)).toEqual({ session: session.id });
    const his = await streams[0]?.roster((one) =>
      one.participants.some(({ state, id }) => id === ali.id && state === 'present'),
    );
    expect(his?.knocks).toEqual([]);
    await anna.manage('decline', session, bea.id);
    await streams[1]?.next('refused');
    await app.pass(301);
    await streams[2]?.next('refused');
    await events.roster((one) => one.knocks.length === 0);
    // Nobody but the admitted one has seen a roster.
    expect(streams.slice(1).flatMap((stream) => stream?.all.filter(({ event }) => event === 'roster'))).toEqual([]);
  });

  test('JO4 a sixth reads busy; one who waits twice waits once; who leaves makes room', async () => {
    const { app, events, session, page } = await started();
    expect(page).toBeDefined();
    const people = await Promise.all([1, 2, 3, 4, 5, 6].map(() => app.customer()));
    const sixth = people.pop();
    for (const one of people) await one.knock(session.number, 'X');
    await people[0]?.knock(session.number, 'X');
    expect(await sixth?.api.refused('POST', '/api/knock', { ...sixth?.as('X'), number: session.number })).toBe('busy');
    await people[0]?.api.do('/api/gone', { page: newPage(), token: people[0].api.token });
    await app.pass(10);
    expect((await sixth?.knock(session.number, 'X'))?.state).toBe('knocking');
    await events.roster((one) => one.knocks.length === 5);
  });

  test('JO4 a wrong, a mistyped and an ended number read the same', async () => {
    const { app, anna, session } = await started();
    const mia = await app.customer();
    await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
    for (const number of [session.number, newSessionNumber(() => 77), '123', '1234567890', 'hello']) {
      expect(await mia.api.refused('POST', '/api/knock', { ...mia.as('Mia'), number })).toBe('bad-number');
    }
  });

  test.each([
    ['Zoë 👩‍👩‍👧‍👦 مريم', true],
    ['<script>alert(1)</script>', true],
    ['   ', false],
    ['', false],
    ['a\u202eb', false],
    ['a\nb', false],
    ['x'.repeat(81), false],
  ])('JO5 the name %j', async (name, taken) => {
    const { app, anna, session } = await started();
    const { id } = await anna.invite(session);
    const mia = await app.customer();
    if (!taken) expect(await mia.api.refused('POST', `/api/invitations/${id}/join`, mia.as(name))).toBe('bad-request');
    else expect(await mia.join(id, name)).toMatchObject({ roster: { participants: [{}, { name }] } });
  });
});

describe('assisting and who may what', () => {
  test('AS1 an agent assists by number or by invitation, at once', async () => {
    const { app, anna, events, session } = await started();
    const bob = await app.agent('Bob');
    const typed = ` ${session.number.slice(0, 3)}-${session.number.slice(3)}`;
    const roster = await bob.api.post(Roster, '/api/sessions/assist', { number: typed });
    expect(roster).toMatchObject({ you: bob.id, number: session.number, knocks: [] });
    expect(roster.participants[1]).toMatchObject({ role: 'assistant', name: 'Bob', way: 'number' });
    await events.roster((one) => one.participants.length === 2);
    expect(await anna.api.refused('POST', '/api/sessions/assist', { number: typed })).toBe('already-here');

    const cleo = await app.agent('Cleo');
    const { id } = await anna.invite(session, 'representative');
    const hers = await cleo.api.post(Roster, '/api/sessions/assist', { invitation: id });
    expect(hers.participants[2]).toMatchObject({ way: 'link', invitation: id });
    const seen = await bob.api.post(Roster, '/api/sessions/assist', { number: typed });
    expect(seen.participants[2]?.invitation).toBeUndefined(); // the id of a link is nobody else's business
    const mia = await app.customer();
    expect(await mia.api.refused('POST', `/api/invitations/${id}/join`, mia.as('Mia'))).toBe('forbidden');
    expect(await bob.api.refused('POST', '/api/sessions/assist', { number: newSessionNumber(() => 5) })).toBe(
      'bad-number',
    );
  });

  test('EN2 a removed assistant comes back by a new invitation only', async () => {
    const { app, anna, session } = await started();
    const bob = await app.agent('Bob');
    await bob.api.post(Roster, '/api/sessions/assist', { number: session.number });
    await anna.manage('remove', session, bob.id);
    expect(await bob.api.refused('POST', '/api/sessions/assist', { number: session.number })).toBe('forbidden');
    // Nor by a link that somebody else came by.
    const [used, { id }] = [await anna.invite(session, 'representative'), await anna.invite(session, 'representative')];
    const cleo = await app.agent('Cleo');
    await cleo.api.post(Roster, '/api/sessions/assist', { invitation: used.id });
    expect(await bob.api.refused('POST', '/api/sessions/assist', { invitation: used.id })).toBe('forbidden');
    await bob.api.post(Roster, '/api/sessions/assist', { invitation: id });
  });

  test('EN2 a removal outlives however many knock and go', async () => {
    const { app, anna, session } = await started();
    const bob = await app.agent('Bob');
    await bob.api.post(Roster, '/api/sessions/assist', { number: session.number });
    await anna.manage('remove', session, bob.id);
    for (let n = 0; n < 101; n++) {
      const eve = await app.customer();
      await eve.knock(session.number, 'Eve');
      await anna.manage('decline', session, eve.id);
    }
    expect(await bob.api.refused('POST', '/api/sessions/assist', { number: session.number })).toBe('forbidden');
    expect((await app.parts.book.get(session.id))?.outs).toHaveLength(100);
  });

  test('AS2 what only the primary may is refused to assistants, customers and strangers; and with an old epoch', async () => {
    const { app, anna, session } = await started();
    const bob = await app.agent('Bob');
    await bob.api.post(Roster, '/api/sessions/assist', { number: session.number });
    const { id } = await anna.invite(session);
    const mia = await app.customer();
    await mia.join(id, 'Mia');
    const stranger = await app.agent('Eve');
    const knocker = await app.customer();
    await knocker.knock(session.number, 'Kai');
    const to = (act: string) => `/api/sessions/${session.id}/${act}`;
    const acts: [string, object][] = [
      ['admit', { participant: knocker.id }],
      ['decline', { participant: knocker.id }],
      ['remove', { participant: mia.id }],
      ['revoke', { invitation: id }],
      ['end', {}],
    ];
    for (const [act, body] of acts) {
      expect(await bob.api.refused('POST', to(act), { ...body, epoch: 1 }), act).toBe('forbidden');
      expect(await mia.api.refused('POST', to(act), { ...body, epoch: 1 }), act).toBe('forbidden');
      expect(await stranger.api.refused('POST', to(act), { ...body, epoch: 1 }), act).toBe('not-found');
      expect(await knocker.api.refused('POST', to(act), { ...body, epoch: 1 }), act).toBe('not-found');
      expect(await app.anybody().refused('POST', to(act), { ...body, epoch: 1 }), act).toBe('signed-out');
      expect(await anna.api.refused('POST', to(act), { ...body, epoch: 0 }), act).toBe('handed-over');
    }
    const invite = { guest: 'customer', language: 'en', epoch: 1 };
    expect(await bob.api.refused('POST', to('invitations'), invite)).toBe('forbidden');
    expect(await mia.api.refused('POST', to('invitations'), invite)).toBe('forbidden');
    expect(await anna.api.refused('POST', to('leave'))).toBe('forbidden');
    expect(await mia.api.refused('POST', '/api/sessions', {})).toBe('forbidden');
    await mia.api.do(to('leave'));
    await bob.api.do(to('leave'));
  });

  test('EN1 number and invitations are dead at once', async () => {
    const { app, anna, session } = await started();
    const { id } = await anna.invite(session);
    await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
    await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 }); // said twice is said once
    const mia = await app.customer();
    expect(await mia.api.refused('POST', `/api/invitations/${id}/join`, mia.as('Mia'))).toBe('session-ended');
    expect(await app.parts.book.byNumber(session.number)).toBeUndefined();
  });
});

test('AS2 an invitation that is refused leaves nothing behind', async () => {
  const { app, session } = await started();
  const bob = await app.agent('Bob');
  const path = `/api/sessions/${session.id}/invitations`;
  expect(await bob.api.refused('POST', path, { guest: 'customer', language: 'en', epoch: 1 })).toBe('not-found');
  expect(await app.store.list('invitation', '')).toEqual([]);
});

test('ST5 knocks and invitations that are over are forgotten, also by a session that goes on', async () => {
  const { app, anna, session } = await started('single');
  const eve = await app.customer(); // without a stream: nobody tells her
  await eve.knock(session.number, 'Eve');
  await anna.manage('decline', session, eve.id);
  const kai = await app.customer();
  await kai.knock(session.number, 'Kai');
  await anna.manage('decline', session, kai.id);
  await kai.knock(session.number, 'Kai');
  await anna.admit(session, kai.id);
  const over = await anna.invite(session);
  await anna.api.do(`/api/sessions/${session.id}/revoke`, { invitation: over.id, epoch: 1 });
  const living = await anna.invite(session);
  await app.pass(3 * 3600);
  await anna.open();
  for (let hours = 0; hours < 24; hours += 3) await app.pass(3 * 3600);
  expect((await app.parts.book.get(session.id))?.phase).toBe('open');
  const members = (await app.store.list('member', '')).map(({ key }) => key.slice(0, 32));
  expect(members.sort()).toEqual([anna.id, kai.id].sort());
  expect((await app.store.list('invitation', '')).map(({ key }) => key)).toEqual([living.id]);
});

test('JO4 who is refused leaves nothing behind', async () => {
  const { app, anna, session } = await started('multi', { KNOCKS_WAITING: '1' });
  const [mia, eve] = [await app.customer(), await app.customer()];
  await mia.knock(session.number, 'Mia');
  expect(await eve.api.refused('POST', '/api/knock', { ...eve.as('Eve'), number: session.number })).toBe('busy');
  expect(await anna.api.refused('POST', '/api/sessions/assist', { number: session.number })).toBe('already-here');
  const enlisted = (await app.store.list('member', '')).map(({ key }) => key.slice(0, 32)).sort();
  expect(enlisted).toEqual([anna.id, mia.id].sort());
  await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
  await app.pass(86_400);
  for (const kind of ['session', 'number', 'member', 'invitation'])
    expect(await app.store.list(kind, ''), kind).toEqual([]);
});

describe('several customers', () => {
  test('PA4 multi-session: a further customer by link gets a session, number and primary of their own', async () => {
    const { app, anna, events, session } = await started('multi');
    const [first, second] = [await anna.invite(session), await anna.invite(session)];
    const mia = await app.customer();
    await mia.join(first.id, 'Mia');
    const noa = await app.customer();
    const joined = await noa.join(second.id, 'Noa');
    if (joined.state !== 'present') throw new Error('knocking');
    expect(joined.roster.id).not.toBe(session.id);
    expect(joined.roster.participants.map(({ name }) => name)).toEqual(['Anna', 'Noa']);
    const tab = await events.roster((one) => one.id === joined.roster.id && one.participants.length === 2);
    expect(tab.number).not.toBe(session.number);
    expect(tab.participants).toMatchObject([{ id: anna.id, state: 'present' }, { invitation: second.id }]);
    // The same seat again: the same session. Somebody else: knocks there.
    expect(await noa.join(second.id, 'Noa')).toMatchObject({ roster: { id: tab.id } });
    const eve = await app.customer();
    expect((await eve.join(second.id, 'Eve')).state).toBe('knocking');
    await events.roster((one) => one.id === tab.id && one.knocks.length === 1);
    await anna.manage('remove', tab, noa.id);
    expect((await app.anybody().get(Invitation, `/api/invitations/${second.id}`)).state).toBe('over');
  });

  test('PA4 multi-session: one who is admitted is moved to a session of their own', async () => {
    const { app, anna, events, session } = await started('multi');
    const mia = await app.customer();
    await mia.join((await anna.invite(session)).id, 'Mia');
    const noa = await app.customer();
    const hers = await noa.open();
    await noa.knock(session.number, 'Noa');
    await events.roster((one) => one.knocks.length === 1);
    const { session: own } = await anna.admit(session, noa.id);
    expect(own).not.toBe(session.id);
    const roster = await hers.roster((one) => one.id === own && one.participants[1]?.state === 'present');
    expect(roster.participants.map(({ name, way }) => [name, way])).toEqual([
      ['Anna', 'started'],
      ['Noa', 'number'],
    ]);
    expect(hers.all.some(({ event }) => event === 'refused' || event === 'out')).toBe(false);
    await events.roster((one) => one.id === session.id && one.knocks.length === 0);
  });

  test('PA1 PA2 single session: customers share it, up to eight participants', async () => {
    const { app, anna, session } = await started('single');
    for (let n = 0; n < 7; n++) {
      const { id } = await anna.invite(session);
      const one = await app.customer();
      expect(await one.join(id, `C${n}`)).toMatchObject({ roster: { id: session.id } });
    }
    const { id } = await anna.invite(session);
    expect((await app.anybody().get(Invitation, `/api/invitations/${id}`)).others).toBe(true);
    const ninth = await app.customer();
    expect(await ninth.api.refused('POST', `/api/invitations/${id}/join`, ninth.as('X'))).toBe('full');
  });

  test('PA1 ST3 modes and customers at once: of site and agent the stricter', async () => {
    const app = await appInMemory({ CUSTOMERS_AT_ONCE: '2' });
    const anna = await app.agent('Anna');
    await app.parts.agents.set('anna@example.org', { modes: ['multi'], customers: 5 });
    expect((await anna.api.get(Me, '/api/me')).agent).toMatchObject({ modes: ['multi'], customers: 2 });
    expect(await anna.api.refused('POST', '/api/sessions', { mode: 'single' })).toBe('mode-not-allowed');
    const [one, two] = [await anna.start(), await anna.start()];
    for (const session of [one, two]) await (await app.customer()).join((await anna.invite(session)).id, 'X');
    const third = await app.customer();
    const { id } = await anna.invite(one);
    expect(await third.api.refused('POST', `/api/invitations/${id}/join`, third.as('X'))).toBe('full');
    await third.knock(one.number, 'X');
    const admit = { participant: third.id, epoch: 1 };
    expect(await anna.api.refused('POST', `/api/sessions/${one.id}/admit`, admit)).toBe('full');
  });
});
