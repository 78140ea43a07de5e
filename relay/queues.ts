import { QueueName } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { newId } from './secrets.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';

export const QueueRecord = z.object({ id: z.string(), name: QueueName, members: z.array(z.string()) });
export type QueueRecord = z.infer<typeof QueueRecord>;

export class Queues {
  readonly #records: Records<typeof QueueRecord>;

  constructor(store: Store) {
    this.#records = new Records(store, 'queue', QueueRecord);
  }

  async list(): Promise<QueueRecord[]> {
    return (await this.#records.list('')).map(({ value }) => value);
  }

  get(id: string): Promise<QueueRecord | undefined> {
    return this.#records.get(id);
  }

  async create(name: QueueName): Promise<QueueRecord> {
    const record = { id: newId(), name, members: [] };
    await this.#records.create(record.id, record);
    return record;
  }

  set(id: string, patch: { name?: QueueName | undefined; members?: string[] | undefined }) {
    return this.#records.change(id, (record) => ({
      ...record,
      name: patch.name ?? record.name,
      members: patch.members ?? record.members,
    }));
  }

  remove(id: string): Promise<boolean> {
    return this.#records.remove(id);
  }
}
