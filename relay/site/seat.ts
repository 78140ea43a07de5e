import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A place in a session, kept by this browser: coming back to it needs no knock (ST5). */
export interface KeptSeat {
  id: string; // protocol/ids.ts ParticipantId
  token: string;
  name: string;
  keptAt: number; // ms
  invitation?: string; // the link it came by; none: by number
  session?: string; // once admitted
  lapsesAt?: number; // while knocking; ms, this machine's clock
}

interface Schema extends DBSchema {
  seats: { key: string; value: KeptSeat };
}

/** Which seat an address comes back to: a link to its own seat, the number page to the newest. */
export function seatFor(seats: readonly KeptSeat[], invitation: string | undefined): KeptSeat | undefined {
  const newestFirst = seats.toSorted((one, other) => other.keptAt - one.keptAt);
  return invitation ? newestFirst.find((seat) => seat.invitation === invitation) : newestFirst[0];
}

/**
 * The kept seats, in IndexedDB. Where a browser keeps nothing (some private windows), they live as long as the page:
 * the session works, and a reload has to knock.
 */
export class Seats {
  readonly #memory = new Map<string, KeptSeat>();
  #database: Promise<IDBPDatabase<Schema> | undefined> | undefined;

  #open() {
    this.#database ??= openDB<Schema>('hulplijn-site', 1, {
      upgrade: (database) => void database.createObjectStore('seats', { keyPath: 'id' }),
    }).catch(() => undefined);
    return this.#database;
  }

  async find(invitation: string | undefined): Promise<KeptSeat | undefined> {
    const stored = await (await this.#open())?.getAll('seats').catch(() => []);
    return seatFor([...(stored ?? []), ...this.#memory.values()], invitation);
  }

  /** The ids of all seats kept here. */
  async ids(): Promise<string[]> {
    return (await (await this.#open())?.getAllKeys('seats').catch(() => [])) ?? [];
  }

  async keep(seat: KeptSeat): Promise<void> {
    try {
      const database = await this.#open();
      if (!database) throw new Error('nothing is kept here');
      await database.put('seats', seat);
    } catch {
      this.#memory.set(seat.id, seat);
    }
  }

  async forget(id: string): Promise<void> {
    this.#memory.delete(id);
    await (await this.#open())?.delete('seats', id).catch(() => undefined);
  }
}
