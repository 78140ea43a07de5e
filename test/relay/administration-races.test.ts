import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { csv } from '../../relay/audit.ts';
import { AuditPage, LimitName, Overview } from '../../shared/protocol/administration-api.ts';
import { ErrorBody, HulplijnError } from '../../shared/protocol/errors.ts';
import { contradictions, LIMIT_PAIRS } from '../../shared/protocol/limits.ts';
import { Me, Roster } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { appInMemory } from '../support/app.ts';

const ANNA = 'anna@example.org';
const at = (what: string) => `/api/administration/${what}`;

/** So many turns of the microtask queue: where another request stands by then. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

test('PA1 the last administrator keeps the right, however two requests against it fall together', async () => {
  const app = await appInMemory();
  await app.agent('Anna');
  await app.parts.agents.add('bob@example.org', 'Bob');
  const { administration, agents } = app.parts;
  const drop = (): Promise<unknown> => administration.setAgent('command line', { email: ANNA, administers: false });
  const remove = (): Promise<unknown> => administration.removeAgent('command line', { email: ANNA });
  for (const second of [drop, remove]) {
    for (let late = 0; late < 30; late++) {
      await Promise.allSettled([drop(), turns(late).then(second)]);
      const left = (await agents.list()).filter(({ administers }) => administers);
      expect([second.name, late, left.map(({ name }) => name)]).toEqual([second.name, late, ['Anna']]);
    }
  }
});

test('PA1 what is refused changes nothing, so that nothing changes that is not in the log', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const body = { email: ANNA, name: 'Root', customers: 100, modes: ['single'], administers: false };
  expect(await anna.api.refused('POST', at('agents/set'), body)).toBe('last-administrator');
  const [agent] = (await anna.api.get(Overview, at('overview'))).agents;
  expect(agent).toMatchObject({ name: 'Anna', administers: true });
  expect([agent?.customers, agent?.modes]).toEqual([undefined, undefined]);
  expect((await anna.api.get(AuditPage, at('log'))).entries).toEqual([]);
});

test('PA1 agents removed at once are all out of their queue, and a queue that holds one who is none can be changed', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const { administration, agents, queues } = app.parts;
  for (const name of ['Bob', 'Cas']) await agents.add(`${name.toLowerCase()}@example.org`, name);
  const members = (await agents.list()).map(({ id }) => id);
  const { id } = await queues.create({ en: 'Printers', nl: 'Afdrukken' });
  await queues.set(id, { members });
  const remove = (email: string) => administration.removeAgent('command line', { email });
  await Promise.all(['bob@example.org', 'cas@example.org'].map(remove));
  const [left] = await agents.list();
  expect((await queues.get(id))?.members).toEqual([left?.id]);

  await queues.set(id, { members }); // as it may be in a store from before
  await anna.api.do(at('queues/set'), { id, members });
  expect((await queues.get(id))?.members).toEqual([left?.id]);
  expect(await anna.api.refused('POST', at('queues/set'), { id, members })).toBe('not-found');
});

test('TS1 PA1 an agent who is put into a queue takes nobody’s place in it, whoever else changes it; nobody stays in it who is removed', async () => {
  const app = await appInMemory();
  await app.agent('Anna');
  const { administration, agents, queues } = app.parts;
  const emailOf = (name: string) => `${name.toLowerCase()}@example.org`;
  for (const name of ['Bob', 'Cas', 'Dina']) await agents.add(emailOf(name), name);
  const ids = new Map((await agents.list()).map(({ id, name }) => [name, id]));
  const { id } = await queues.create({ en: 'Printers', nl: 'Afdrukken' });
  const set = (name: string, isIn: boolean) =>
    administration.setAgent('command line', { email: emailOf(name), queues: { [id]: isIn } });
  const listed = async () => new Set((await queues.get(id))?.members);
  for (let late = 0; late < 30; late++) {
    await queues.set(id, { members: [ids.get('Dina') ?? ''] });
    const all = [
      set('Bob', true),
      turns(late).then(() => set('Cas', true)),
      turns(late).then(() => set('Dina', false)),
    ];
    await Promise.all(all);
    expect([late, await listed()]).toEqual([late, new Set([ids.get('Bob'), ids.get('Cas')])]);
  }
  await agents.add(emailOf('Eva'), 'Eva');
  const place = queues.place.bind(queues);
  vi.spyOn(queues, 'place').mockImplementationOnce(async (...it) => {
    await administration.removeAgent('command line', { email: emailOf('Eva') });
    return place(...it);
  });
  await set('Eva', true);
  expect(await listed()).toEqual(new Set([ids.get('Bob'), ids.get('Cas')]));
});

test('PA1 what cannot be done of a removal keeps nothing else from being done, and is done later', async () => {
  const app = await appInMemory();
  const [root, anna] = [await app.agent('Root'), await app.agent('Anna')];
  await app.pass(1); // a code of her other browser, newer than that of the first
  const elsewhere = await app.agent('Anna');
  const { book, queues, agents } = app.parts;
  const bob = await app.agent('Bob');
  const streams = [await anna.open(), await elsewhere.open()];
  const sessions = [await anna.start(), await anna.start(), await elsewhere.start()];
  const helped = await bob.start();
  await anna.api.post(Roster, '/api/sessions/assist', { number: helped.number });
  const queue = await queues.create({ en: 'Printers', nl: 'Afdrukken' });
  await queues.set(queue.id, { members: (await agents.list()).map(({ id }) => id) });

  const { put } = app.store;
  const broken = vi.spyOn(app.store, 'put').mockImplementation((kind, key, ...rest) => {
    if (kind === 'session' && key === sessions[0]?.id) throw new Error('the disk');
    return put.call(app.store, kind, key, ...rest);
  });
  await root.api.do(at('agents/remove'), { email: ANNA });
  for (const one of streams) await one.closed;
  for (const one of [anna, elsewhere]) expect(await one.api.refused('GET', '/api/me')).toBe('signed-out');
  const phases = async () => Promise.all(sessions.map(async ({ id }) => (await book.get(id))?.phase));
  expect(await phases()).toEqual(['unjoined', 'ended', 'ended']);
  expect((await book.get(helped.id))?.participants.map(({ name }) => name)).toEqual(['Bob']);
  expect((await queues.get(queue.id))?.members).toHaveLength(2);
  expect((await root.api.get(AuditPage, at('log'))).entries).toMatchObject([{ what: 'agent removed', about: ANNA }]);

  const logged = vi.spyOn(app.parts.log, 'error');
  await app.pass(60); // still broken
  expect(logged).toHaveBeenCalledWith(expect.anything(), 'a removal is stuck');
  expect(await phases()).toEqual(['unjoined', 'ended', 'ended']);
  broken.mockRestore();
  const again = await app.agent('Anna'); // somebody else by now
  await app.pass(60);
  expect(await phases()).toEqual(['ended', 'ended', 'ended']);
  await again.api.get(Me, '/api/me');
  await app.pass(60);
  expect(await app.store.list('leaving', '')).toEqual([]);
});

test('SE3 PA1 attempts in all are never fewer than from one address: refused, whichever of them is set', async () => {
  const app = await appInMemory({ ATTEMPTS_PER_ADDRESS: '10', ATTEMPTS_IN_ALL: '600' });
  const anna = await app.agent('Anna');
  const set = (limits: object) => anna.api.raw('POST', at('settings'), { limits });
  const now = () => {
    const { attemptsPerAddress, attemptsInAll } = app.parts.config.limits;
    return [attemptsPerAddress, attemptsInAll];
  };
  const wrong = { limits: { attemptsPerAddress: 601, primaryLost: 70 } };
  expect(await anna.api.refused('POST', at('settings'), wrong)).toBe('limits-contradict');
  expect([now(), app.parts.config.limits.primaryLost]).toEqual([[10, 600], 60]); // nothing of it counts
  await set({ attemptsPerAddress: 601, attemptsInAll: 601 });
  expect(await anna.api.refused('POST', at('settings'), { limits: { attemptsInAll: null } })).toBe('limits-contradict');
  expect(now()).toEqual([601, 601]);
  await set({ attemptsPerAddress: null, attemptsInAll: 10 });
  expect(now()).toEqual([10, 10]);
  await Promise.all([set({ attemptsPerAddress: 10, attemptsInAll: 20 }), set({ attemptsPerAddress: 20 })]);
  expect(now()).toEqual([10, 20]);

  await set({ attemptsPerAddress: null });

  // The environment says something else since, with which that does not go: it counts, and other things can be set.
  const later = await app.again({ ATTEMPTS_PER_ADDRESS: '50' });
  await later.parts.settings.begin();
  await later.person(anna).api.do(at('settings'), { limits: { primaryLost: 70 } });
  const { attemptsPerAddress, attemptsInAll, primaryLost } = later.parts.config.limits;
  expect([attemptsPerAddress, attemptsInAll, primaryLost]).toEqual([50, 600, 70]);
});

test('EN3 SE3 PA1 limits that contradict each other are refused together, and each that is changed beside another counts', async () => {
  const app = await appInMemory();
  const anna = await app.agent('Anna');
  const set = async (limits: object) => {
    const answer = await anna.api.raw('POST', at('settings'), { limits });
    return answer.ok ? 'done' : z.parse(ErrorBody, await answer.json());
  };
  // Each alone is refused by the other's name.
  expect(await set({ primaryLost: 601 })).toEqual({
    error: 'limits-contradict',
    pairs: [{ lower: 'primaryLost', upper: 'awayEnds', below: false }],
  });
  const both = await set({ awayEnds: 20_000, mailPerSiteDay: 10 });
  expect(both).toMatchObject({
    pairs: [{ upper: 'idleLife' }, { lower: 'mailPerAgentHour' }, { lower: 'mailPerRecipientHour' }],
  });
  expect(await set({ primaryLost: 601, awayEnds: 601 })).toBe('done');
  expect(await set({ awayEnds: null })).toMatchObject({ pairs: [{ lower: 'primaryLost' }] });
  expect(await set({ awayEnds: null, primaryLost: null })).toBe('done');

  // Whatever is set, in whatever order: what counts never contradicts itself, and what contradicts never counts.
  const some = LIMIT_PAIRS.flatMap(({ lower, upper }) => [lower, upper]);
  const value = fc.oneof(fc.constant(null), fc.integer({ min: 60, max: 120 }));
  const change = fc.dictionary(fc.constantFrom(...some), value);
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
      for (const limits of changes) {
        const before = { ...app.parts.settings.now.limits };
        const wanted = { ...before };
        for (const name of LimitName.options) {
          const one = limits[name];
          if (one !== undefined) wanted[name] = one ?? app.parts.settings.given.limits[name];
        }
        const fits = contradictions(wanted).length === 0;
        expect(await set(limits)).toEqual(fits ? 'done' : expect.objectContaining({ pairs: contradictions(wanted) }));
        expect(app.parts.settings.now.limits).toEqual(fits ? wanted : before);
      }
    }),
    { numRuns: 30 },
  );
});

test('ST1 PA1 how long an unused sign-in lasts counts at once, also for those that are', async () => {
  const app = await appInMemory();
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  await app.pass(3 * 3600);
  await anna.api.do(at('settings'), { limits: { tokenUnused: 3600 } });
  expect(await bob.api.refused('GET', '/api/me')).toBe('signed-out');
  await anna.api.get(Overview, at('overview')); // was used
});

test('PA1 in the log as a table no name is a formula, whatever the spreadsheet takes for the end of a cell', () => {
  const names = ['=1+1', ';=1+1', 'a;"=1+1', '; @x', 'Bob; the builder', 'a=b', '＝1+1', ';　＋1', '－1', '＠x'];
  const entry = (name: string) => ({
    ...{ id: '1', at: 0, who: 'command line', what: 'agent added' as const },
    ...{ about: name, before: {}, after: { name } },
  });
  const cells = csv(names.map(entry)).split('\r\n').slice(1, -1);
  expect(cells.map((row) => row.split('","')[3])).toEqual([
    ...["'=1+1", ";'=1+1", `a;'""=1+1`, ";' @x", 'Bob; the builder', 'a=b', "'＝1+1", ";'　＋1", "'－1", "'＠x"],
  ]);
  for (const row of cells) expect(row).not.toMatch(/;[\s"\\]*[=+\-@＝＋－＠]/);
});

test('ST1 a code that a mail server refuses is logged without whose it was', async () => {
  const app = await appInMemory();
  await app.parts.agents.add(ANNA, 'Anna');
  const cause = new Error(`550 5.1.1 <${ANNA}>: Recipient address rejected`);
  vi.spyOn(app.outbox, 'send').mockRejectedValue(new HulplijnError('mail-refused', { cause }));
  const logged = vi.spyOn(app.parts.log, 'error');
  await app.anybody().raw('POST', '/api/sign-in', { email: ANNA, language: 'en' });
  await expect.poll(() => logged.mock.calls).toEqual([[{ code: 'mail-refused' }, expect.any(String)]]);
});
