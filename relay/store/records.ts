import { HulplijnError } from '../../shared/protocol/errors.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { PutOptions, Store } from './store.ts';

/** Under so many simultaneous writers of one record somebody is attacking, or something is broken. */
const TRIES = 50;

type Life = Pick<PutOptions, 'expiresAt' | 'dueAt'>;

/** The records of one kind, parsed when read and before they are written, changed only by compare-and-set. */
export class Records<S extends z.core.$ZodType> {
  readonly #store: Store;
  readonly #kind: string;
  readonly #schema: S;
  readonly #life: (value: z.output<S>) => Life;

  /** `life` says of a record until when it exists and when it is due. */
  constructor(store: Store, kind: string, schema: S, life: (value: z.output<S>) => Life = () => ({})) {
    this.#store = store;
    this.#kind = kind;
    this.#schema = schema;
    this.#life = life;
  }

  async get(key: string): Promise<z.output<S> | undefined> {
    return (await this.#read(key))?.value;
  }

  /** False if there is one already. */
  create(key: string, value: z.output<S>): Promise<boolean> {
    return this.#put(key, value, { ifVersion: 0 });
  }

  /** Whatever was there. */
  async write(key: string, value: z.output<S>): Promise<void> {
    await this.#put(key, value);
  }

  /**
   * Reads, asks `change` for the new value, writes it if nobody else wrote meanwhile, and begins anew if somebody did.
   * Resolves to the value that stands then, `undefined` if there is none. `change` is pure: returning the value it was
   * given leaves the record alone, throwing too.
   */
  async change(key: string, change: (value: z.output<S>) => z.output<S>): Promise<z.output<S> | undefined> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const found = await this.#read(key);
      if (!found) return undefined;
      const next = change(found.value);
      if (next === found.value) return next;
      if (await this.#put(key, next, { ifVersion: found.version })) return next;
    }
    throw new HulplijnError('conflict');
  }

  /** The record, for one caller only: of two who take it at once, the other gets `undefined`. */
  async take(key: string): Promise<z.output<S> | undefined> {
    const found = await this.#read(key);
    if (!found) return undefined;
    return (await this.#store.delete(this.#kind, key, { ifVersion: found.version })) ? found.value : undefined;
  }

  /** Deletes the record if `really` says so of what stands there. */
  async removeIf(key: string, really: (value: z.output<S>) => boolean): Promise<boolean> {
    const found = await this.#read(key);
    if (!found || !really(found.value)) return false;
    return this.#store.delete(this.#kind, key, { ifVersion: found.version });
  }

  remove(key: string): Promise<boolean> {
    return this.#store.delete(this.#kind, key);
  }

  async list(prefix: string): Promise<{ key: string; value: z.output<S> }[]> {
    const found = await this.#store.list(this.#kind, prefix);
    return found.map(({ key, value }) => ({ key, value: z.parse(this.#schema, value) }));
  }

  due(before: number, limit: number): Promise<string[]> {
    return this.#store.due(this.#kind, before, limit);
  }

  #put(key: string, value: z.output<S>, options: { ifVersion?: number } = {}): Promise<boolean> {
    z.parse(this.#schema, value); // what could not be read again must not get in
    return this.#store.put(this.#kind, key, value, { ...this.#life(value), ...options });
  }

  async #read(key: string): Promise<{ value: z.output<S>; version: number } | undefined> {
    const found = await this.#store.get(this.#kind, key);
    return found && { value: z.parse(this.#schema, found.value), version: found.version };
  }
}
