import { expect, test, vi } from 'vitest';
import { csv } from '../../relay/audit.ts';
import { AuditPage, Overview } from '../../shared/protocol/administration-api.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
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

test('ST1 PA1 how long an unused sign-in lasts counts at once, also for those that are', async () => {
  const app = await appInMemory();
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  await app.pass(3 * 3600);
  await anna.api.do(at('settings'), { limits: { tokenUnused: 3600 } });
  expect(await bob.api.refused('GET', '/api/me')).toBe('signed-out');
  await anna.api.get(Overview, at('overview')); // was used
});

test('PA1 in the log as a table no name is a formula, whatever the spreadsheet takes for the end of a cell', () => {
  const names = ['=1+1', ';=1+1', 'a;"=1+1', '; @x', 'Bob; the builder', 'a=b'];
  const entry = (name: string) => ({
    ...{ id: '1', at: 0, who: 'command line', what: 'agent added' as const },
    ...{ about: name, before: {}, after: { name } },
  });
  const cells = csv(names.map(entry)).split('\r\n').slice(1, -1);
  expect(cells.map((row) => row.split('","')[3])).toEqual([
    ...["'=1+1", ";'=1+1", `a;'""=1+1`, ";' @x", 'Bob; the builder', 'a=b'],
  ]);
  for (const row of cells) expect(row).not.toMatch(/;[\s"\\]*[=+\-@]/);
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
