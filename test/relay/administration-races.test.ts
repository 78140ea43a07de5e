import { expect, test } from 'vitest';
import { AuditPage, Overview } from '../../shared/protocol/administration-api.ts';
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
