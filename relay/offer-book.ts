import { OfferId, SessionId } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import { z } from '../shared/protocol/schema.ts';
import { type AgentRecord, agentRecords, mayLead } from './agent-record.ts';
import { Availability } from './availability.ts';
import type { Clock } from './clock.ts';
import { customerNames } from './keeper.ts';
import { isFor, isRemoved, type OfferRecord, OUTCOME_SHOWN, openOffer, waits } from './offer-record.ts';
import { Queues } from './queues.ts';
import type { SessionRecord } from './session-record.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';

const Pointer = z.object({
  offer: OfferId,
  session: SessionId,
  at: z.int(),
  waits: z.boolean(),
  until: z.optional(z.int()), // while it is not open: not yet, or no more
});
type Pointer = z.infer<typeof Pointer>;

/** From look-up to offer, which may never come; ms. */
export const ENTERING = 60_000;

/**
 * Where offers are found. An offer lives in its session's record; these are look-ups, written before it and checked
 * against it when read: by its id, by the queue it is in, by each agent it is for or from.
 */
export class OfferBook {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #limits: SiteLimits;
  readonly #pointers: Records<typeof Pointer>;
  readonly #queues: Queues;
  readonly #availability: Availability;
  readonly #agentRecords: Records<typeof AgentRecord>;

  constructor(store: Store, clock: Clock, limits: SiteLimits) {
    this.#store = store;
    this.#clock = clock;
    this.#limits = limits;
    this.#pointers = new Records(store, 'offer', Pointer, ({ until }) => ({ expiresAt: until }));
    this.#queues = new Queues(store, clock);
    this.#availability = new Availability(store, clock);
    this.#agentRecords = agentRecords(store);
  }

  async enter(offer: Entry, session: SessionId): Promise<void> {
    const at = this.#clock.now();
    const pointer = { offer: offer.id, session, at, waits: false, until: at + ENTERING };
    for (const key of keys(offer)) await this.#pointers.write(key, pointer);
  }

  async leave(offer: Entry): Promise<void> {
    for (const key of keys(offer)) await this.#pointers.remove(key);
  }

  async sessionOf(id: OfferId): Promise<SessionId | undefined> {
    return (await this.#pointers.get(`id:${id}`))?.session;
  }

  /** For the agent by name, or from them. */
  async ofAgent(agent: string): Promise<Pointer[]> {
    return this.#list(`agent:${agent}:`);
  }

  async inQueue(queue: string): Promise<Pointer[]> {
    return this.#list(`queue:${queue}:`);
  }

  /** What waits in a queue, the longest first. */
  async waitingIn(queue: string): Promise<Pointer[]> {
    const all = (await this.inQueue(queue)).filter((one) => one.waits);
    return all.sort((a, b) => a.at - b.at || (a.offer < b.offer ? -1 : 1));
  }

  /** From 1; `undefined` where it waits in no queue. */
  async place({ offer }: SessionRecord): Promise<number | undefined> {
    if (offer?.to.is !== 'queue' || isRemoved(offer.to) || !waits(offer)) return undefined;
    const index = (await this.waitingIn(offer.to.id)).findIndex((one) => one.offer === offer.id);
    return index < 0 ? undefined : index + 1;
  }

  /** A session changed: look-ups follow, and the agents it is about are told. `now` reads the record as it stands. */
  async changed(
    before: SessionRecord,
    after: SessionRecord,
    now: () => Promise<SessionRecord | undefined>,
  ): Promise<void> {
    const [was, is] = [before.offer, after.offer];
    if (was === is && customerNames(before).join() === customerNames(after).join()) return;
    if (was && is && was.state.is === 'waiting' && is.lapses > was.lapses)
      await this.#missed(was, was.state.since, before);
    for (const one of was?.id === is?.id ? [is] : [was, is]) {
      if (!one) continue;
      await this.#settle(one, after.id, now);
      for (const agent of await this.#agents(one)) await this.#store.publish(topics.agent(agent), '');
    }
  }

  /** Brings the look-ups in line with the session. Whoever changes it calls this, so it does not matter who came first. */
  async #settle(offer: OfferRecord, session: SessionId, now: () => Promise<SessionRecord | undefined>): Promise<void> {
    for (;;) {
      const found = (await now())?.offer;
      const here = found?.id === offer.id ? found : undefined;
      if (!here) await this.leave(offer);
      else await this.#point(here, session);
      const then = (await now())?.offer;
      if (then?.state.is === found?.state.is && then?.id === found?.id) return;
    }
  }

  async #point(offer: OfferRecord, session: SessionId): Promise<void> {
    const until = openOffer({ offer }) ? {} : { until: this.#clock.now() + OUTCOME_SHOWN };
    const pointer = { offer: offer.id, session, at: offer.at, waits: waits(offer), ...until };
    let moved = false;
    for (const key of keys(offer)) {
      const found = await this.#pointers.get(key);
      if (found && found.waits === pointer.waits && !found.until && !pointer.until) continue;
      await this.#pointers.write(key, pointer);
      moved ||= found?.waits !== pointer.waits;
    }
    if (!moved || offer.to.is !== 'queue') return;
    // Everybody who waits there may have another place now.
    for (const one of await this.waitingIn(offer.to.id)) await this.#store.publish(topics.session(one.session), '');
  }

  async #missed(offer: OfferRecord, since: number, record: SessionRecord): Promise<void> {
    if (this.#limits.offerMissed === 'stay') return;
    const all = (await this.#agentRecords.list('')).map(({ value }) => value);
    const members = all.filter((one) => mayLead(one, record)).map(({ id }) => id);
    for (const agent of await this.#agents(offer)) {
      if (isFor(offer, agent, { members, barred: record.barred })) await this.#availability.missed(agent, since);
    }
  }

  /** Sender and all it is for. */
  async #agents({ by, to }: OfferRecord): Promise<string[]> {
    const chosen = to.is === 'queue' ? ((await this.#queues.get(to.id))?.members ?? []) : to.agents.map(({ id }) => id);
    return [...new Set([by.agent, ...chosen])];
  }

  async #list(prefix: string): Promise<Pointer[]> {
    return (await this.#pointers.list(prefix)).map(({ value }) => value);
  }
}

/** What look-ups are made of. */
export type Entry = Pick<OfferRecord, 'id' | 'by' | 'to'>;

function keys({ id, by, to }: Entry): string[] {
  return [
    `id:${id}`,
    `agent:${by.agent}:${id}`,
    ...(to.is === 'queue' ? [`queue:${to.id}:${id}`] : to.agents.map((one) => `agent:${one.id}:${id}`)),
  ];
}
