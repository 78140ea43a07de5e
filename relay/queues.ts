import { QueueName } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import type { Clock } from './clock.ts';
import { newId } from './secrets.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';

/** Agents to whom a session can be offered together (TS1). */
export const QueueRecord = z.object({
  id: z.string(),
  name: QueueName,
  members: z.array(z.string()), // agents' ids; one that is no agent any more does no harm
});
export type QueueRecord = z.infer<typeof QueueRecord>;

/** Of a queue that was removed, for as long as an offer may be under way to it. */
const RemovedRecord = z.object({ at: z.int() });

/** The queues of the site. Every change is told to the agents it is about. */
export class Queues {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #queues: Records<typeof QueueRecord>;
  readonly #removed: Records<typeof RemovedRecord>;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queues = new Records(store, 'queue', QueueRecord);
    this.#removed = new Records(store, 'removed queue', RemovedRecord, ({ at }) => ({ dueAt: at }));
  }

  /** By name: their ids are random, and an order of those would be none. */
  async list(): Promise<QueueRecord[]> {
    const all = (await this.#queues.list('')).map(({ value }) => value);
    return all.sort((a, b) => a.name.en.localeCompare(b.name.en, 'en'));
  }

  get(id: string): Promise<QueueRecord | undefined> {
    return this.#queues.get(id);
  }

  /** Those an agent is listed in. */
  async of(agent: string): Promise<QueueRecord[]> {
    return (await this.list()).filter(({ members }) => members.includes(agent));
  }

  async create(name: QueueName): Promise<QueueRecord> {
    const queue = { id: newId(), name, members: [] };
    await this.#queues.write(queue.id, queue);
    return queue;
  }

  /** `undefined`: there is none. */
  async set(
    id: string,
    { name, members }: { name?: QueueName | undefined; members?: string[] | undefined },
  ): Promise<QueueRecord | undefined> {
    let before: string[] = [];
    const queue = await this.#queues.change(id, (found) => {
      before = found.members;
      return { id, name: name ?? found.name, members: members ? [...new Set(members)] : before };
    });
    await this.#tell([...before, ...(queue?.members ?? [])]);
    return queue;
  }

  /** One agent into it or out of it, whoever else changes it at the same time. `undefined`: there is none. */
  async place(id: string, agent: string, isIn: boolean): Promise<QueueRecord | undefined> {
    const queue = await this.#queues.change(id, (found) => {
      const { members } = found;
      if (members.includes(agent) === isIn) return found;
      return { ...found, members: isIn ? [...members, agent] : members.filter((one) => one !== agent) };
    });
    if (queue) await this.#tell([...queue.members, agent]);
    return queue;
  }

  /** Out of every queue. */
  async leave(agent: string): Promise<void> {
    for (const { id } of await this.of(agent)) await this.place(id, agent, false);
  }

  /** False: there is none. What waits in it is then for the sweeper to take out (Offers.leaveQueue). */
  async remove(id: string): Promise<boolean> {
    const found = await this.get(id);
    if (!found) return false;
    await this.#removed.write(id, { at: this.#clock.now() });
    const removed = await this.#queues.remove(id);
    await this.#tell(found.members);
    return removed;
  }

  /** Ids of removed queues in which something may still be waiting. */
  removed(limit: number): Promise<string[]> {
    return this.#removed.due(this.#clock.now(), limit);
  }

  /** From `ms` after its removal on. */
  async forgetRemoved(id: string, ms: number): Promise<void> {
    await this.#removed.removeIf(id, ({ at }) => this.#clock.now() - at >= ms);
  }

  async #tell(agents: readonly string[]): Promise<void> {
    for (const agent of new Set(agents)) await this.#store.publish(topics.agent(agent), '');
  }
}
