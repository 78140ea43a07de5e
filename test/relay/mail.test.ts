import { afterAll, beforeAll, expect, test } from 'vitest';
import { smtpMailer } from '../../relay/mail/smtp.ts';
import { ErrorBody } from '../../shared/protocol/errors.ts';
import { Invitation, Invited, Roster, SignInStarted } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { appInMemory } from '../support/app.ts';
import { type MailServer, startMailServer } from '../support/mail.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

const from = { name: 'Acme "Support", Inc', address: 'desk@example.org' };
const mail = { to: 'mia@example.org', subject: 'Größe 😀', text: 'Hallo\n', html: '<p>Hallo</p>' };

test('IN5 over real SMTP: one recipient, both forms, the desk as sender', async () => {
  const before = server.received.length;
  const mailer = smtpMailer(server.url, from);
  await mailer.ready();
  await mailer.send(mail);
  mailer.close();
  const got = server.received[before];
  expect(got).toMatchObject({ from: from.address, to: [mail.to] });
  expect(got?.mail.from?.value).toEqual([from]);
  expect(got?.mail).toMatchObject({ subject: mail.subject, html: mail.html });
  expect(got?.mail.text?.trim()).toBe('Hallo');
});

test('IN8 a recipient the server refuses, and a server that is not there', async () => {
  const mailer = smtpMailer(server.url, from);
  await expect(mailer.send({ ...mail, to: 'refused@example.org' })).rejects.toMatchObject({ code: 'mail-refused' });
  mailer.close();
  const nowhere = smtpMailer('smtp://127.0.0.1:1', from);
  await expect(nowhere.send(mail)).rejects.toMatchObject({ code: 'mail-unreachable' });
  await expect(nowhere.ready()).rejects.toMatchObject({ code: 'mail-unreachable' });
});

test('IN5 IN7 the relay sends an invitation in the chosen language, to one address', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const session = await anna.start();
  const body = { guest: 'representative', language: 'nl', epoch: 1, mail: ' Bob@Example.org ' };
  const { url } = await anna.api.post(Invited, `/api/sessions/${session.id}/invitations`, body);
  const [sent] = await app.outbox.read();
  expect(sent).toMatchObject({ to: 'Bob@Example.org' });
  expect(sent?.text).toContain(url);
  expect(sent?.text).toContain('Assisteren bij sessie');
});

test.each(['nobody', 'a@b@c', 'a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', ''])(
  'IN8 %j is no address',
  async (address) => {
    const app = await appInMemory();
    const anna = await app.agent('Anna');
    const session = await anna.start();
    const body = { guest: 'customer', language: 'en', epoch: 1, mail: address };
    expect(await anna.api.refused('POST', `/api/sessions/${session.id}/invitations`, body)).toBe('bad-address');
    expect(await app.anybody().refused('POST', '/api/sign-in', { email: address, language: 'en' })).toBe('bad-address');
  },
);

test('SE3 IN8 a mail that is not sent invites nobody; the quota says how long to wait', async () => {
  const app = await appInMemory({ MAIL_PER_RECIPIENT_HOUR: '2', UNJOINED_LIFE: '9999', AWAY_ENDS: '9999' });
  const anna = await app.agent('Anna');
  const session = await anna.start();
  const path = `/api/sessions/${session.id}/invitations`;
  const body = { guest: 'customer', language: 'en', epoch: 1, mail: 'mia@example.org' };
  await anna.api.post(Invited, path, body);
  await anna.api.post(Invited, path, body);
  const answer = await anna.api.raw('POST', path, { ...body, mail: 'MIA@example.org' });
  expect(answer.status).toBe(429);
  expect(z.parse(ErrorBody, await answer.json())).toEqual({ error: 'mail-quota', retryAfter: 3600 });
  const states = (await app.parts.book.get(session.id))?.invitations.map(({ state }) => state.is);
  expect(states).toEqual(['fresh', 'fresh', 'over']);
  await app.pass(3600);
  await anna.api.post(Invited, path, body);
  // Without a mail there is no quota.
  const { id } = await anna.api.post(Invited, path, { ...body, mail: undefined });
  expect((await app.anybody().get(Invitation, `/api/invitations/${id}`)).state).toBe('fresh');
});

test('SE3 mails of an agent and of the site are limited too', async () => {
  const app = await appInMemory({ MAIL_PER_AGENT_HOUR: '8', MAIL_PER_RECIPIENT_HOUR: '5', MAIL_PER_SITE_DAY: '10' });
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')]; // two mails of the day
  const invite = async (who: typeof anna, mail: string) => {
    const { id } = await who.api.post(Roster, '/api/sessions', {});
    return who.api.raw('POST', `/api/sessions/${id}/invitations`, {
      guest: 'customer',
      language: 'en',
      epoch: 1,
      mail,
    });
  };
  for (let n = 0; n < 8; n++) expect((await invite(anna, `a${n}@example.org`)).status).toBe(201);
  expect((await invite(anna, 'b@example.org')).status).toBe(429);
  expect((await invite(bob, 'c@example.org')).status).toBe(429); // the site's day
});

test('ST1 a sign-in answers the same for an address that is nobody’s, and sends nothing', async () => {
  const app = await appInMemory({ MAIL_PER_RECIPIENT_HOUR: '2' });
  const ask = (email: string) => app.anybody().raw('POST', '/api/sign-in', { email, language: 'en' });
  const answer = await ask('nobody@example.org');
  expect(answer.status).toBe(200);
  z.parse(SignInStarted, await answer.json());
  expect(await app.outbox.read()).toEqual([]);
  await ask('nobody@example.org');
  expect((await ask('nobody@example.org')).status).toBe(429);
});

test('SE3 asking for codes of nobody does not use up the site’s mails, and is refused just so when they are', async () => {
  const app = await appInMemory({ MAIL_PER_SITE_DAY: '10', MAIL_PER_AGENT_HOUR: '1', MAIL_PER_RECIPIENT_HOUR: '10' });
  const ask = async (email: string) =>
    (await app.anybody().raw('POST', '/api/sign-in', { email, language: 'en' })).status;
  for (let n = 0; n < 12; n++) expect(await ask(`nobody${n}@example.org`)).toBe(200);
  await app.agent('Anna');
  expect(await ask('nobody@example.org')).toBe(200);
  for (let n = 0; n < 9; n++) await app.agent(`Bob${n}`);
  expect(await ask('anna@example.org')).toBe(429);
  expect(await ask('nobody@example.org')).toBe(429);
});

test('SE3 PA1 test mails have a limit of their own: they take no sign-in code and no invitation from whoever presses', async () => {
  const app = await appInMemory({ MAIL_PER_RECIPIENT_HOUR: '2', MAIL_PER_AGENT_HOUR: '2' });
  const anna = await app.agent('Anna'); // one code of hers
  const tested = async () => (await anna.api.raw('POST', '/api/administration/mail-test', { language: 'en' })).status;
  expect([await tested(), await tested(), await tested()]).toEqual([200, 200, 429]);
  const code = { email: 'anna@example.org', language: 'en' };
  expect((await app.anybody().raw('POST', '/api/sign-in', code)).status).toBe(200);
  const { id } = await anna.start();
  const invitation = { guest: 'customer', language: 'en', epoch: 1, mail: 'mia@example.org' };
  await anna.api.post(Invited, `/api/sessions/${id}/invitations`, invitation);
});

test('SE3 ST1 neither a stranger elsewhere nor invitations use up an agent’s own sign-in codes; all together have a bound', async () => {
  const app = await appInMemory({ MAIL_PER_RECIPIENT_HOUR: '2' });
  await app.parts.agents.add('anna@example.org', 'Anna');
  const bob = await app.agent('Bob');
  const ask = async (address: string, email = 'anna@example.org') =>
    (await app.anybody(address).raw('POST', '/api/sign-in', { email, language: 'en' })).status;
  const stranger = '203.0.113.7';
  expect([await ask(stranger), await ask(stranger), await ask(stranger, 'ANNA@example.org')]).toEqual([200, 200, 429]);
  const { id } = await bob.start();
  const invitation = { guest: 'representative', language: 'en', epoch: 1, mail: 'anna@example.org' };
  for (let n = 0; n < 2; n++) await bob.api.post(Invited, `/api/sessions/${id}/invitations`, invitation);
  expect(await ask('198.51.100.4')).toBe(200);
  const answers = [];
  for (let n = 10; n < 20; n++) answers.push(await ask(`203.0.113.${n}`));
  expect(answers.filter((status) => status === 200)).toHaveLength(5); // eight in all
  await app.pass(3600);
  expect(await ask('198.51.100.4')).toBe(200);
});
