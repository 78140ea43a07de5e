import { join } from 'node:path';
import { Agents } from '../../relay/agents.ts';
import { systemClock } from '../../relay/clock.ts';
import { Queues } from '../../relay/queues.ts';
import { openSqlite } from '../../relay/store/sqlite.ts';
import { SiteLimits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Agent } from './actors.ts';
import type { Screen } from './screen.ts';

/**
 * Lists agents in a queue of that name, as `npm run queue` does without starting a program for it. Another process than
 * the relay's, so a dashboard that is open already does not hear of it.
 */
export async function addQueue(name: string, members: readonly Agent[]): Promise<void> {
  const [one] = members;
  if (!one) throw new Error('a queue of nobody');
  const store = openSqlite(join(one.relay.dataDir, 'relay.sqlite'), systemClock);
  const agents = await new Agents(store, systemClock, z.parse(SiteLimits, {})).list();
  const queues = new Queues(store, systemClock);
  const { id } = await queues.create({ en: name, nl: name });
  const ids = members.map(({ email }) => agents.find((agent) => agent.email === email)?.id ?? '');
  await queues.set(id, { members: ids });
  await store.close();
}

/** Opens the agent's dashboard, in front, and switches them to available there. */
export async function isAvailable(agent: Agent): Promise<Screen> {
  if ((await agent.browser.countPages('dashboard.html')) === 0) await agent.opensSecondDashboard();
  const dashboard = await agent.looksAtDashboard();
  await dashboard.press('radio', 'Available');
  return dashboard;
}
