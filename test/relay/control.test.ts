import { expect, test } from 'vitest';
import type { Control } from '../../shared/protocol/control.ts';
import { Joined, Roster } from '../../shared/protocol/relay-api.ts';
import { appInMemory, type Person } from '../support/app.ts';
import { newPen } from '../support/pen.ts';

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
  for (const one of [bob, cas]) await one.assist(session);
  const mia = await app.customer();
  await mia.join((await anna.invite(session)).id, 'Mia');
  const to = `/api/sessions/${session.id}/control`;
  const records = new Map<string, { control: Control }>();
  const control = (heir: Person, by = anna, epoch = 2, why: Control['why'] = 'handed over') => {
    const record = { epoch, why, by: by.id, to: heir.id, key: heir.pen.signingKey };
    const text = JSON.stringify(record);
    const found = records.get(text) ?? { control: by.pen.signed(session.id, record) };
    records.set(text, found);
    return found;
  };

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

/** Bob assists Anna, Mia is helped, and Anna's page has been away for so many seconds. */
async function lost(seconds: number) {
  const { app, anna, session, events } = await started();
  const [bob, mia] = [await app.agent('Bob'), await app.customer()];
  await bob.assist(session);
  const his = await bob.open();
  await mia.join((await anna.invite(session)).id, 'Mia');
  await mia.open();
  await events.drop();
  await his.roster(({ participants }) => participants[0]?.state === 'away');
  await app.pass(seconds);
  const to = `/api/sessions/${session.id}/control`;
  const taken = { epoch: 2, why: 'primary lost', by: mia.id, to: bob.id, key: bob.pen.signingKey } as const;
  const inForce = async () => (await app.parts.book.get(session.id))?.epoch;
  return { app, anna, bob, mia, his, session, to, taken, inForce };
}

test('EN3 a customer puts an assistant in charge, once the primary has been away for its time', async () => {
  const { app, anna, bob, mia, his, session, to, taken } = await lost(59);
  const control = mia.pen.signed(session.id, taken);
  expect(await mia.api.refused('POST', to, { control })).toBe('forbidden');
  await app.pass(1);
  const own = bob.pen.signed(session.id, { ...taken, by: bob.id });
  expect(await bob.api.refused('POST', to, { control: own })).toBe('forbidden');
  await mia.api.post(Roster, to, { control });
  await mia.api.post(Roster, to, { control }); // the answer was lost: said again
  const { participants } = await his.roster(({ epoch }) => epoch === 2);
  expect(participants.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'Anna assistant',
    'Bob primary',
    'Mia customer',
  ]);
  expect(await anna.api.refused('POST', `/api/sessions/${session.id}/end`, { epoch: 1 })).toBe('forbidden');
});

test('TC6 EN3 what a customer has not signed, or with a false key for the heir, is refused and changes nothing', async () => {
  const { bob, mia, session, to, taken, inForce } = await lost(60);
  const { signature, ...said } = mia.pen.signed(session.id, taken);
  const stranger = newPen();
  const forged: Control[] = [
    { ...said, signature: 's'.repeat(86) },
    { ...said, signature: signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}` },
    stranger.signed(session.id, taken),
    bob.pen.signed(session.id, taken),
    mia.pen.signed('e'.repeat(32), taken), // for another session
    mia.pen.signed(session.id, { ...taken, key: stranger.signingKey }),
    mia.pen.signed(session.id, { ...taken, key: 'k'.repeat(87) }), // not a key at all
  ];
  for (const control of forged) expect(await mia.api.refused('POST', to, { control })).toBe('not-verified');
  expect(await inForce()).toBe(1);
  await mia.api.post(Roster, to, { control: { ...said, signature } });
  expect(await inForce()).toBe(2);
  for (const control of forged) expect(await mia.api.refused('POST', to, { control })).toBe('handed-over');
});

test('TC6 an agent whose extension says no key takes part, and is not put in charge', async () => {
  const { app, anna, session } = await started();
  const old = await app.agent('Bob');
  const roster = await old.api.post(Roster, '/api/sessions/assist', { number: session.number });
  expect(roster.participants.map(({ signingKey }) => signingKey)).toEqual([anna.pen.signingKey, undefined]);
  await old.open();
  const to = `/api/sessions/${session.id}/control`;
  const control = anna.pen.signed(session.id, {
    ...{ epoch: 2, why: 'handed over', by: anna.id, to: old.id, key: old.pen.signingKey },
  });
  await expect.poll(() => anna.api.refused('POST', to, { control })).toBe('not-verified');

  // Nor does a seat get or change its key while it is kept: it comes with the next place they take.
  await old.assist(session);
  expect(await anna.api.refused('POST', to, { control })).toBe('not-verified');
  await old.api.do(`/api/sessions/${session.id}/leave`);
  await old.assist(session);
  expect((await anna.api.post(Roster, to, { control })).epoch).toBe(2);
});

test('TC6 the roster shows the key of each for their whole stay; a customer comes again with the same', async () => {
  const { app, anna, session } = await started();
  const mia = await app.customer();
  const { signingKey } = mia.pen;
  const link = (await anna.invite(session)).id;
  const keyInRoster = async () => (await app.parts.book.get(session.id))?.participants[1]?.signingKey;
  const path = `/api/invitations/${link}/join`;
  expect(await mia.api.refused('POST', path, { name: 'Mia' })).toBe('bad-request');
  await mia.join(link, 'Mia');
  const other = { name: 'Mia', signingKey: newPen().signingKey };
  await mia.api.post(Joined, path, other); // she is in: nothing changes
  expect(await keyInRoster()).toBe(signingKey);
  await mia.api.do(`/api/sessions/${session.id}/leave`);
  const knock = { ...other, number: session.number };
  for (const [at, said] of [[path, other] as const, ['/api/knock', knock] as const])
    expect(await mia.api.refused('POST', at, said)).toBe('forbidden');
  await mia.knock(session.number, 'Mia');
  await anna.manage('decline', session, mia.id);
  expect(await mia.api.refused('POST', '/api/knock', knock)).toBe('forbidden');
  await mia.knock(session.number, 'Mia');
  await anna.admit(session, mia.id);
  expect(await keyInRoster()).toBe(signingKey);
});
