/**
 * The relay's memory: versioned records by kind and key, counters, and publish/subscribe. Everything the relay knows
 * is in here, so any number of relays may share one store, and a relay that is killed loses nothing but its sockets.
 *
 * Times are milliseconds since the epoch on the relay's clock. `test/contract/store.ts` proves each adapter.
 */
export interface Store {
  get(kind: string, key: string): Promise<Stored | undefined>;
  /**
   * Writes `value` (JSON). With `ifVersion` it is compare-and-set: it happens only if the record still has that version
   * (0: does not exist), and says whether it did.
   */
  put(kind: string, key: string, value: unknown, options?: PutOptions): Promise<boolean>;
  /** Says whether it was there, and of `ifVersion`: of two who delete at once, one is told `true`. */
  delete(kind: string, key: string, options?: { ifVersion?: number }): Promise<boolean>;
  /** Keys of the records whose `dueAt` has come, the longest due first. They stay due until written again or deleted. */
  due(kind: string, before: number, limit: number): Promise<string[]>;
  /** All records whose key begins with `prefix`, in order of key. */
  list(kind: string, prefix: string): Promise<(Stored & { key: string })[]>;
  /** Adds to a counter that begins anew `windowMs` after its first addition. */
  increment(key: string, by: number, windowMs: number): Promise<{ count: number; msLeft: number }>;
  /** Hands `message` to every subscriber of `topic` on every relay; resolves to how many there were. */
  publish(topic: string, message: string): Promise<number>;
  subscribe(topic: string, receive: (message: string) => void): Promise<Unsubscribe>;
  /** May be called twice. */
  close(): Promise<void>;
}

export interface Stored {
  value: unknown;
  /** Opaque; differs after every write, also when a record was deleted and made again. */
  version: number;
}

export interface PutOptions {
  ifVersion?: number;
  /** From then on the record does not exist. Without: until deleted. */
  expiresAt?: number | undefined;
  dueAt?: number | undefined;
}

/** May be called twice. */
export type Unsubscribe = () => void;
