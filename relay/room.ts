import { HulplijnError } from '../shared/protocol/errors.ts';
import { ParticipantId } from '../shared/protocol/ids.ts';
import type { Limits } from '../shared/protocol/limits.ts';
import { z } from '../shared/protocol/schema.ts';
import { customersOf } from './agent-record.ts';
import type { Agents } from './agents.ts';
import type { Clock } from './clock.ts';
import { openOffer } from './offer-record.ts';
import { newId } from './secrets.ts';
import type { SessionBook } from './session-book.ts';
import { primaryOf } from './session-change.ts';
import type { SessionRecord } from './session-record.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';

/** From asking for room to the session's change takes milliseconds; a relay that dies in between holds it this long. */
const HELD = 30_000;

const Coming = z.object({ id: z.string(), customers: z.array(ParticipantId), until: z.int() });
type Coming = z.infer<typeof Coming>;
const Comings = z.object({ coming: z.array(Coming) });

interface Parts {
  store: Store;
  book: SessionBook;
  agents: Agents;
  clock: Clock;
  limits: Limits;
}

/**
 * PA1: how many customers an agent may help at once, over all their sessions, each of which is a record of its own. So
 * who is about to come is entered first in one record of that agent, in the order of its compare-and-set, and leaves it
 * only when they are in a session, or refused. Whoever counts after entering sees all who were let in before, in one or
 * the other; those behind will see them. That holds over any number of relays, unless one stalls for longer than `HELD`.
 */
export class Room {
  readonly #parts: Parts;
  readonly #coming: Records<typeof Comings>; // by agent

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#coming = new Records(parts.store, 'coming', Comings, ({ coming }) => ({
      expiresAt: Math.max(0, ...coming.map(({ until }) => until)),
    }));
  }

  /**
   * `act` makes that agent help these customers; it must refuse if by then it would be other ones or another agent.
   * `full` if the agent would help more than they may. Whom they help already needs no room.
   */
  async keep<T>(agent: string, customers: readonly ParticipantId[], act: () => Promise<T>): Promise<T> {
    const mine = { id: newId(), customers: [...customers], until: this.#parts.clock.now() + HELD };
    const coming = await this.#enter(agent, mine);
    try {
      const before = coming.slice(
        0,
        coming.findIndex(({ id }) => id === mine.id),
      );
      await this.#mustFit(agent, before, customers);
      return await act();
    } finally {
      await this.#leave(agent, mine).catch(() => {}); // it goes by itself: what is done stands
    }
  }

  async #mustFit(id: string, before: readonly Coming[], customers: readonly ParticipantId[]): Promise<void> {
    const { agents, limits } = this.#parts;
    const agent = await agents.byId(id);
    if (!agent) return;
    const helped = await this.#helped(id);
    if (customers.every((one) => helped.has(one))) return;
    const all = new Set([...helped, ...before.flatMap((one) => one.customers), ...customers]);
    if (all.size > customersOf(agent, limits)) throw new HulplijnError('full');
  }

  async #helped(agent: string): Promise<Set<ParticipantId>> {
    const { agents, book } = this.#parts;
    const helped = new Set<ParticipantId>();
    for (const device of await agents.deviceIds(agent)) {
      for (const session of await book.sessionsOf(device)) {
        const record = await book.get(session);
        if (!record || record.phase === 'ended' || leaderOf(record)?.id !== device) continue;
        for (const customer of customersIn(record)) helped.add(customer);
      }
    }
    return helped;
  }

  /** All who are coming, in their order. */
  async #enter(agent: string, mine: Coming): Promise<Coming[]> {
    const now = this.#parts.clock.now();
    const after = await this.#coming.change(agent, ({ coming }) => ({
      coming: [...coming.filter(({ until }) => until > now), mine],
    }));
    if (after) return after.coming;
    return (await this.#coming.create(agent, { coming: [mine] })) ? [mine] : this.#enter(agent, mine);
  }

  async #leave(agent: string, mine: Coming): Promise<void> {
    await this.#coming.change(agent, ({ coming }) => ({ coming: coming.filter(({ id }) => id !== mine.id) }));
  }
}

export function customersIn({ participants }: SessionRecord): ParticipantId[] {
  return participants.filter(({ role }) => role === 'customer').map(({ id }) => id);
}

/** In charge, or about to be: accepted its offer. Nobody while it waits for who accepts it. */
export function leaderOf(record: SessionRecord): { id: ParticipantId; agent?: string | undefined } | undefined {
  const state = openOffer(record)?.state;
  return state?.is === 'accepted' ? state.by : primaryOf(record);
}

/** The session as it stands now, if it is still the one that room was made for; `conflict` if not. */
export type Same = (now: SessionRecord) => SessionRecord;

/** PA1: nobody more has come since. */
export function withThose(customers: readonly ParticipantId[]): Same {
  return (now) => {
    if (!customersIn(now).every((one) => customers.includes(one))) throw new HulplijnError('conflict');
    return now;
  };
}
