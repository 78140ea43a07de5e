import { afterEach, describe, expect, test } from 'vitest';
import { AuditEntry, AuditPage, Health, MailTested, Overview } from '../../shared/protocol/administration-api.ts';
import { Desk, Me, Roster } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { openEvents } from '../support/events.ts';
import { type MailServer, startMailServer } from '../support/mail.ts';
import { callerOf, pair, signIn } from '../support/real-people.ts';
import { startRelay, type TestRelay } from '../support/relay.ts';
import type { Caller } from '../support/relay-http.ts';

const ANNA = 'anna@example.org';
const BOB = 'bob@example.org';
const PATIENT = 60_000;

let relay: TestRelay | undefined;
let mail: MailServer | undefined;
afterEach(async () => {
  await relay?.stop();
  await mail?.close();
  relay = undefined;
  mail = undefined;
});

/** A relay of its own, where Anna is the first agent. */
async function withAnna(env: Record<string, string> = {}): Promise<{ relay: TestRelay; anna: Caller }> {
  relay = await startRelay({ env, mail });
  await relay.addAgent(ANNA, 'Anna');
  return { relay, anna: (await signIn(relay, ANNA)).api };
}

const at = (what: string) => `/api/administration/${what}`;
const overview = (caller: Caller) => caller.get(Overview, at('overview'));

describe('over HTTP', () => {
  test(
    'PA1 the first agent administers, nobody else may look or change until they are given the right',
    async () => {
      const { relay, anna } = await withAnna();
      await relay.addAgent(BOB, 'Bob');
      const bob = (await signIn(relay, BOB)).api;
      expect((await anna.get(Me, '/api/me')).agent.administers).toBe(true);
      expect((await bob.get(Me, '/api/me')).agent.administers).toBe(false);
      for (const what of ['overview', 'health', 'log', 'log.csv', 'log.jsonl'])
        expect(await bob.refused('GET', at(what)), what).toBe('forbidden');
      for (const what of ['agents/invite', 'agents/mail', 'agents/set', 'agents/remove', 'queues/add'])
        expect(await bob.refused('POST', at(what), { email: ANNA, name: 'X' }), what).toBe('forbidden');
      for (const what of ['queues/set', 'queues/remove', 'settings', 'mail-test'])
        expect(await bob.refused('POST', at(what), {}), what).toBe('forbidden');
      expect(await callerOf(relay).refused('GET', at('overview'))).toBe('signed-out');

      await anna.do(at('agents/set'), { email: BOB, administers: true });
      expect((await bob.get(Me, '/api/me')).agent.administers).toBe(true);
      expect((await overview(bob)).agents.map(({ email, administers }) => [email, administers])).toEqual([
        [ANNA, true],
        [BOB, true],
      ]);
    },
    PATIENT,
  );

  test(
    'PA1 the last administrator keeps the right, also of two who take it from each other at once',
    async () => {
      const { relay, anna } = await withAnna();
      expect(await anna.refused('POST', at('agents/set'), { email: ANNA, administers: false })).toBe(
        'last-administrator',
      );
      expect(await anna.refused('POST', at('agents/remove'), { email: ANNA })).toBe('last-administrator');
      await relay.addAgent(BOB, 'Bob');
      await anna.do(at('agents/set'), { email: BOB, administers: true });
      const bob = (await signIn(relay, BOB)).api;
      await Promise.all([
        anna.raw('POST', at('agents/set'), { email: BOB, administers: false }),
        bob.raw('POST', at('agents/set'), { email: ANNA, administers: false }),
      ]);
      const left = await relay.agent('list');
      expect(left.out).toContain('administers=yes');
    },
    PATIENT,
  );

  test(
    'PA1 an agent is invited by a mail in both languages, and signs in; nobody is added whom no mail reaches',
    async () => {
      mail = await startMailServer();
      const { relay, anna } = await withAnna({ DESK_NAME: 'Acme Support' });
      await anna.do(at('agents/invite'), { email: ' Bob@Example.org ', name: 'Bob' });
      const sent = mail.received.find(({ mail: { subject } }) => subject?.includes('you can sign in'));
      expect(sent?.to).toEqual(['Bob@example.org']);
      expect(sent?.mail.from?.text).toContain('Acme Support');
      expect(sent?.mail.subject).toMatch(/you can sign in.*kunt zich aanmelden/s);
      for (const words of ['Anna has made you', 'Anna heeft u', relay.url]) expect(sent?.mail.text).toContain(words);
      const { agent } = await (await signIn(relay, BOB)).api.get(Me, '/api/me');
      expect(agent).toMatchObject({ name: 'Bob', administers: false });

      expect(await anna.refused('POST', at('agents/invite'), { email: BOB, name: 'Bob' })).toBe('agent-exists');
      expect(await anna.refused('POST', at('agents/invite'), { email: 'bob', name: 'Bob' })).toBe('bad-address');
      const nobody = { email: 'refused@example.org', name: 'Nobody' };
      expect(await anna.refused('POST', at('agents/invite'), nobody)).toBe('mail-refused');
      expect((await overview(anna)).agents.map(({ email }) => email)).toEqual([ANNA, BOB]);
      await anna.do(at('agents/mail'), { email: BOB });
      expect(mail.received.at(-1)).toMatchObject({ to: [BOB], mail: { subject: sent?.mail.subject } });
    },
    PATIENT,
  );

  test(
    'PA1 rights count at once, the stricter of site and agent; what cannot be is refused',
    async () => {
      const { anna } = await withAnna({ CUSTOMERS_AT_ONCE: '5' });
      await anna.do(at('agents/set'), { email: ANNA, modes: ['single'], customers: 2 });
      expect((await anna.get(Me, '/api/me')).agent).toMatchObject({ modes: ['single'], customers: 2 });
      expect(await anna.refused('POST', '/api/sessions', { mode: 'multi' })).toBe('mode-not-allowed');
      await anna.do(at('agents/set'), { email: ANNA, modes: null, customers: null, name: 'Anna de Vries' });
      expect((await anna.get(Me, '/api/me')).agent).toMatchObject({
        ...{ name: 'Anna de Vries', modes: ['multi', 'single'], customers: 5 },
      });
      for (const wrong of [{ modes: [] }, { modes: ['both'] }, { administers: 'yes' }, { name: ' ' }])
        expect(await anna.refused('POST', at('agents/set'), { email: ANNA, ...wrong })).toBe('bad-request');
      expect(await anna.refused('POST', at('agents/set'), { email: ANNA, customers: 0 })).toBe('out-of-range');
      expect(await anna.refused('POST', at('agents/set'), { email: BOB, customers: 1 })).toBe('not-found');
    },
    PATIENT,
  );

  test(
    'PA1 limits, the desk’s name, its languages and modes change while it runs, are told to pages, and outlive it',
    async () => {
      const { relay, anna } = await withAnna({ DESK_NAME: 'Acme', PRIMARY_LOST: '17', CUSTOMERS_AT_ONCE: '8' });
      const hers = await openEvents(anna);
      const session = await anna.post(Roster, '/api/sessions', {});
      expect(session).toMatchObject({ desk: 'Acme', limits: { primaryLost: 17 } });
      await anna.do(at('settings'), {
        ...{ limits: { primaryLost: 19, customersAtOnce: 1 }, deskName: 'Acme Support' },
        ...{ languages: ['nl'], modes: ['single'] },
      });
      const told = await hers.roster(({ limits }) => limits.primaryLost === 19);
      expect(told.desk).toBe('Acme Support');
      const desk = () => callerOf(relay).get(Desk, '/api/desk');
      const changed = { name: 'Acme Support', language: 'nl', languages: ['nl'], modes: ['single'] };
      expect(await desk()).toMatchObject(changed);
      expect((await anna.get(Me, '/api/me')).agent).toMatchObject({ modes: ['single'], customers: 1 });

      await relay.restart();
      expect(await desk()).toMatchObject(changed);
      // Nothing: as the environment says.
      await anna.do(at('settings'), {
        limits: { primaryLost: null, customersAtOnce: null },
        deskName: null,
        modes: null,
      });
      expect(await desk()).toMatchObject({ name: 'Acme', languages: ['nl'], modes: ['multi', 'single'] });
      const { settings, given } = await overview(anna);
      expect(settings.limits).toEqual(given.limits);
    },
    PATIENT,
  );

  test(
    'PA1 a limit beyond its range is refused, and nothing of that change counts',
    async () => {
      const { anna } = await withAnna();
      const { settings } = await overview(anna);
      for (const limits of [
        { participants: 9 },
        { codeLife: 1 },
        { awayEnds: 1.5 },
        { chatWait: '2' },
        { nonsense: 3 },
      ])
        expect(await anna.refused('POST', at('settings'), { limits, deskName: 'X' })).toBe('out-of-range');
      for (const wrong of [{ deskName: '' }, { languages: [] }, { languages: ['en', 'en'] }, { modes: ['x'] }])
        expect(await anna.refused('POST', at('settings'), wrong)).toBe('bad-request');
      expect((await overview(anna)).settings).toEqual(settings);
    },
    PATIENT,
  );

  test(
    'TS1 a queue has a name in both languages and members; who is removed is in none',
    async () => {
      const { relay, anna } = await withAnna();
      await relay.addAgent(BOB, 'Bob');
      await anna.do(at('queues/add'), { name: { en: 'Printers', nl: 'Afdrukken' } });
      for (const same of [
        { en: ' PRINTERS', nl: 'Printers' },
        { en: 'Print', nl: 'afdrukken' },
        { en: 'Print\u200Bers', nl: 'Printers' }, // of no width
        { en: 'Print', nl: 'Afdruk\u2060ken \u200B' },
      ])
        expect(await anna.refused('POST', at('queues/add'), { name: same })).toBe('queue-exists');
      await anna.do(at('queues/add'), { name: { en: 'Afdrukken', nl: 'Printers' } }); // in each language another
      const { agents, queues: both } = await overview(anna);
      const [other] = both.filter(({ name }) => name.en === 'Afdrukken');
      const renamed = { id: other?.id, name: { en: 'Scanners', nl: 'Afdrukken' } };
      expect(await anna.refused('POST', at('queues/set'), renamed)).toBe('queue-exists');
      await anna.do(at('queues/set'), { id: other?.id, name: { en: 'afdrukken', nl: 'Printers' } }); // its own
      await anna.do(at('queues/remove'), { id: other?.id });
      const { queues } = await overview(anna);
      const [queue] = queues;
      expect(queue).toMatchObject({ name: { en: 'Printers', nl: 'Afdrukken' }, members: [] });
      const members = agents.map(({ id }) => id);
      await anna.do(at('queues/set'), { id: queue?.id, members: [...members, ...members] }); // each once
      expect(await anna.refused('POST', at('queues/set'), { id: queue?.id, members: ['nobody'] })).toBe('not-found');
      expect(await anna.refused('POST', at('queues/add'), { name: { en: 'Printers' } })).toBe('bad-request');
      await anna.do(at('agents/remove'), { email: BOB });
      const left = await overview(anna);
      expect(left.queues[0]?.members).toEqual(left.agents.map(({ id }) => id));
      await anna.do(at('queues/remove'), { id: queue?.id });
      expect((await overview(anna)).queues).toEqual([]);
      expect(await anna.refused('POST', at('queues/remove'), { id: queue?.id })).toBe('not-found');
    },
    PATIENT,
  );

  test(
    'TS1 PA1 an agent is put into queues and out of them; in others nothing changes, and the log says so',
    async () => {
      const { relay, anna } = await withAnna();
      await relay.addAgent(BOB, 'Bob');
      for (const [en, nl] of [
        ['Printers', 'Afdrukken'],
        ['Network', 'Netwerk'],
        ['Mail', 'E-mail'],
      ])
        await anna.do(at('queues/add'), { name: { en, nl } });
      const seen = await overview(anna);
      const bob = seen.agents.find(({ email }) => email === BOB)?.id ?? '';
      const queue = (en: string) => seen.queues.find(({ name }) => name.en === en)?.id ?? '';
      const set = (queues: object) => anna.do(at('agents/set'), { email: BOB, queues });
      const listed = async () => {
        const { queues } = await overview(anna);
        return queues.flatMap(({ name, members }) => (members.includes(bob) ? [name.en] : [])).sort();
      };
      await set({ [queue('Printers')]: true, [queue('Network')]: true });
      expect(await listed()).toEqual(['Network', 'Printers']);
      await set({ [queue('Printers')]: false, [queue('Mail')]: true });
      expect(await listed()).toEqual(['Mail', 'Network']);
      await set({ [queue('Mail')]: true, removed: false }); // changes nothing
      const wrong = { email: BOB, name: 'Robert', queues: { [queue('Printers')]: true, nowhere: true } };
      expect(await anna.refused('POST', at('agents/set'), wrong)).toBe('not-found');
      expect(await anna.refused('POST', at('agents/set'), { email: BOB, queues: ['Mail'] })).toBe('bad-request');
      expect(await anna.refused('POST', at('agents/set'), { email: BOB, queues: { [queue('Mail')]: 1 } })).toBe(
        'bad-request',
      );
      expect(await listed()).toEqual(['Mail', 'Network']);
      const changes = (await anna.get(AuditPage, at('log'))).entries.filter(({ what }) => what === 'agent changed');
      expect(changes.map(({ about, before, after }) => ({ about, before, after }))).toEqual([
        { about: BOB, before: { queues: ['Network', 'Printers'] }, after: { queues: ['Mail', 'Network'] } },
        { about: BOB, before: { queues: [] }, after: { queues: ['Network', 'Printers'] } },
      ]);
    },
    PATIENT,
  );

  test(
    'PA1 a test mail goes to who asks, and what the mail server said comes back in a word',
    async () => {
      mail = await startMailServer();
      const { anna } = await withAnna();
      const tested = await anna.post(MailTested, at('mail-test'), { language: 'nl' });
      expect(tested).toMatchObject({ to: ANNA, result: 'sent', said: expect.stringMatching(/^250/) });
      expect(mail.received.at(-1)?.mail.text).toContain('het versturen van mail werkt');
      expect((await anna.get(Health, at('health'))).mail).toBe('ok');
      await mail.close();
      expect(await anna.post(MailTested, at('mail-test'), { language: 'en' })).toMatchObject({ result: 'no answer' });
      expect((await anna.get(Health, at('health'))).mail).toBe('unreachable');
    },
    PATIENT,
  );

  test(
    'JO6 PA1 the relay’s health, and who said that they did not ask for this',
    async () => {
      const { relay, anna } = await withAnna({ TURN_URLS: 'turn:turn.example.org', TURN_SECRET: 'secret' });
      const { invitation } = await pair(relay, ANNA);
      const stream = await openEvents(anna);
      await stream.next('ready');
      const health = await anna.get(Health, at('health'));
      expect(health).toMatchObject({
        version: '0.1.0',
        store: true,
        sessions: 1,
        streams: 1,
        mail: 'outbox',
        turn: true,
      });
      expect(health.now).toBeGreaterThan(health.startedAt);
      await callerOf(relay).do(`/api/invitations/${invitation}/report`);
      expect((await overview(anna)).reports).toMatchObject([{ agent: 'Anna' }]);
    },
    PATIENT,
  );
});

describe('the log of changes', () => {
  test(
    'PA1 who, when, what, before and after; as pages, as CSV and as JSON lines',
    async () => {
      const { relay, anna } = await withAnna();
      await relay.agent('add', BOB, '=Bob, "the builder"');
      await anna.do(at('agents/set'), { email: BOB, customers: 3 });
      await anna.do(at('agents/set'), { email: BOB, customers: 3 }); // changes nothing
      await anna.do(at('settings'), { limits: { knockLife: 100 } });
      expect(await anna.refused('POST', at('settings'), { limits: { knockLife: 1 } })).toBe('out-of-range');
      await anna.do(at('agents/remove'), { email: BOB });
      const { entries, more } = await anna.get(AuditPage, at('log'));
      expect(more).toBe(false);
      const name = '=Bob, "the builder"';
      expect(entries.map(({ id: _id, at: _at, ...entry }) => entry)).toEqual([
        {
          ...{ who: `Anna <${ANNA}>`, what: 'agent removed', about: BOB },
          ...{ before: { name, customers: 3, administers: false }, after: {} },
        },
        {
          ...{ who: `Anna <${ANNA}>`, what: 'settings changed', about: '' },
          ...{ before: { knockLife: 300 }, after: { knockLife: 100 } },
        },
        { who: `Anna <${ANNA}>`, what: 'agent changed', about: BOB, before: {}, after: { customers: 3 } },
        { who: 'command line', what: 'agent added', about: BOB, before: {}, after: { name, administers: false } },
      ]);
      expect((await anna.get(AuditPage, `${at('log')}?before=${entries[2]?.id}`)).entries).toHaveLength(1);

      const lines = (await (await anna.raw('GET', at('log.jsonl'))).text()).trim().split('\n');
      expect(lines.map((line) => z.parse(AuditEntry, JSON.parse(line)))).toEqual(entries.toReversed());
      const table = await (await anna.raw('GET', at('log.csv'))).text();
      expect(table.split('\r\n')[0]).toBe('"at","who","what","about","before","after"');
      expect(table.split('\r\n')).toHaveLength(entries.length + 2);
      expect(table).toContain('""name"":""=Bob, \\""the builder\\""""');
      expect((await relay.agent('log')).out).toBe(table);
      expect((await relay.agent('log', 'jsonl')).out.trim().split('\n')).toEqual(lines);
    },
    PATIENT,
  );
});

describe('from the command line', () => {
  test(
    'PA1 TS1 agents and queues: as on the screen, and refused as there',
    async () => {
      const { relay, anna } = await withAnna();
      const invited = await relay.agent('invite', BOB, 'Bob');
      expect(invited.code).toBe(0);
      expect(invited.out).toMatch(/^Added bob@example.org\. With no SMTP_URL the mail is not sent/);
      expect((await relay.mailTo(BOB)).text).toContain('you are a support representative');
      expect((await relay.agent('set', BOB, 'administers=yes', 'customers=3')).out).toContain(
        'customers=3\tadministers=yes',
      );
      for (const [args, said] of [
        [['set', BOB, 'administers=maybe'], 'administers must be yes or no'],
        [['set', BOB, 'customers=500'], 'customers must be a whole number from 1 to 100'],
        [['set', BOB, 'customers=0x10'], 'customers must be a whole number from 1 to 100'],
        [['set', BOB, 'modes=multi,multi'], 'modes must be multi, single, or both (multi,single), each once'],
        [['set', BOB, `name=${'x'.repeat(81)}`], 'name must have at most 80 characters'],
        [['add', 'cas@example.org', 'Cas\u202E'], 'The name must have no invisible characters'],
        [['add', 'cas@example.org'], 'The name is missing'],
        [['add'], 'npm run agent -- add'],
        [['log', 'xml'], 'The log can be had as csv or jsonl, not as xml'],
        [['set', BOB, 'rights=all'], 'rights=all is no setting'],
        [['invite', BOB, 'Bob'], 'has that address already'],
        [['remove', 'cas@example.org'], 'No agent has that address'],
      ] as const) {
        const { code, out } = await relay.agent(...args);
        expect([code, out]).toEqual([1, expect.stringContaining(said)]);
      }

      const added = await relay.queue('add', 'Printers', 'Afdrukken');
      const id = added.out.split('\t')[0] ?? '';
      expect(await relay.queue('add', 'Scanners', 'x'.repeat(81))).toEqual({
        ...{ code: 1, out: 'The name in Dutch must have at most 80 characters.\n' },
      });
      expect(await relay.queue('add', 'Print', ' AFDRUKKEN ')).toEqual({
        ...{ code: 1, out: 'Another queue has one of these names already.\n' },
      });
      expect((await relay.queue('set', id, `members=${ANNA},${BOB}`, 'en=Printing')).out).toBe(
        `${id}\ten=Printing\tnl=Afdrukken\tmembers=${ANNA},${BOB}\n`,
      );
      expect((await overview(anna)).queues).toMatchObject([
        { name: { en: 'Printing' }, members: [expect.anything(), expect.anything()] },
      ]);
      expect((await relay.queue('set', id, 'members=cas@example.org')).out).toContain('No agent has the address');
      expect((await relay.agent('set', BOB, 'queues=')).out).toMatch(/\tqueues=\n$/);
      expect((await relay.agent('set', BOB, `queues=${id}`)).out).toMatch(new RegExp(`\tqueues=${id}\n$`));
      expect((await relay.agent('set', BOB, 'queues=nowhere')).out).toContain('No queue has the id nowhere');
      expect((await relay.queue('remove', id)).code).toBe(0);
      expect((await relay.queue('list')).out).toBe('');
      expect((await relay.queue('remove', id)).code).toBe(1);

      expect((await relay.agent('set', ANNA, 'administers=no')).code).toBe(0);
      expect((await relay.agent('remove', BOB)).out).toContain('Somebody must be left who administers');
    },
    2 * PATIENT,
  );
});
