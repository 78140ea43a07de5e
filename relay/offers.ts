import { HulplijnError } from '../shared/protocol/errors.ts';
import type { OfferId, ParticipantId, SessionId } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import type { Mode, Offer, OfferRequest, RelayEvent, Transferees } from '../shared/protocol/relay-api.ts';
import { type AgentRecord, mayLead } from './agent-record.ts';
import type { Agents } from './agents.ts';
import type { Availability } from './availability.ts';
import { checkControl } from './checked-control.ts';
import type { Clock } from './clock.ts';
import type { Coming } from './desk.ts';
import { each } from './each.ts';
import { customerNames } from './keeper.ts';
import { ENTERING } from './offer-book.ts';
import { isFor, type OfferRecord, type OfferTo, offerFor, type Taker, waits } from './offer-record.ts';
import type { QueueRecord, Queues } from './queues.ts';
import { customersIn, type Room, withThose } from './room.ts';
import { newId } from './secrets.ts';
import type { SessionBook } from './session-book.ts';
import * as rules from './session-offer.ts';
import type { SessionRecord } from './session-record.ts';

interface Parts {
  book: SessionBook;
  queues: Queues;
  availability: Availability;
  agents: Agents;
  room: Room;
  clock: Clock;
  limits: SiteLimits;
}

/** Who asks. */
interface By {
  id: ParticipantId;
  agent: AgentRecord;
}

type Shown = Omit<Extract<RelayEvent, { event: 'offers' }>['data'], 'now'>;

/** Offering sessions to agents and queues (TS): what takes more than one record. */
export class Offers {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** TS1, TS2: to whom that agent may offer a session; one of that `mode`, where it is said. */
  async transferees({ id: me }: AgentRecord, mode?: Mode): Promise<Transferees> {
    const { agents, availability, book, clock, queues } = this.#parts;
    await this.#listed(me);
    const all = await queues.list();
    const listed = listedIn(all).filter((agent) => agent !== me);
    const others = (await agents.list()).filter((one) => listed.includes(one.id) && (!mode || mayLead(one, { mode })));
    const available = new Set(await availability.among(others.map(({ id }) => id)));
    return {
      queues: await Promise.all(
        all.map(async ({ id, name, members }) => {
          const waiting = await book.offers.waitingIn(id);
          const longest = waiting[0]?.at;
          return {
            ...{ id, name, waiting: waiting.length },
            available: members.filter((agent) => available.has(agent)).length,
            ...(longest !== undefined && { longest }),
          };
        }),
      ),
      agents: others.map(({ id, name, email }) => ({ id, name, email, available: available.has(id) })),
      now: clock.now(),
    };
  }

  async setAvailable({ id }: AgentRecord, on: boolean): Promise<void> {
    await this.#listed(id);
    await this.#parts.availability.set(id, on);
  }

  /** What that agent's pages are shown. */
  async shownTo(agent: string): Promise<Shown> {
    const { agents, availability, book, queues } = this.#parts;
    const who = await agents.byId(agent);
    const mine = await queues.of(agent);
    const listed = mine.length > 0;
    const { on, missed } = listed ? await availability.switchOf(agent) : { on: false, missed: false };
    const reach = on ? mine.map(({ id }) => id) : [];
    const inQueues = await Promise.all(reach.map((queue) => book.offers.inQueue(queue)));
    const pointers = new Map(
      [...(await book.offers.ofAgent(agent)), ...inQueues.flat()].map((one) => [one.offer, one]),
    );
    const shown: Offer[] = [];
    for (const pointer of pointers.values()) {
      const record = await book.get(pointer.session);
      const found = record?.offer;
      if (found?.id !== pointer.offer || !record) continue;
      const isListed = found.to.is === 'queue' ? reach.includes(found.to.id) : listed;
      const reached = isListed && who && mayLead(who, record);
      if (sees(found, agent, { members: reached ? [agent] : [], barred: record.barred })) {
        shown.push(offerFor(found, { session: pointer.session, customers: customerNames(record), agent }));
      }
    }
    return {
      listed,
      on,
      ...(missed && { missed }),
      offers: shown.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    };
  }

  /** TS4: only by an agent listed in a queue, to one queue or to listed agents. */
  async offer(session: SessionId, by: By, { control, to, message, notes }: OfferRequest): Promise<Offer> {
    const { book, limits } = this.#parts;
    await this.#listed(by.agent.id);
    const before = await book.get(session);
    if (!before) throw new HulplijnError('not-found');
    const checked = await checkControl(before, control);
    const entry = { id: newId(), by: taker(by), to: await this.#to(by.agent.id, to, before) };
    await book.offers.enter(entry, session);
    let record: SessionRecord | undefined;
    try {
      const given = { ...entry, checked, message, notes };
      record = await book.change(session, (found, now) => rules.offer(found, given, now, limits));
    } finally {
      if (record?.offer?.id !== entry.id) await book.offers.leave(entry); // refused, or said before
    }
    if (!record.offer) throw new HulplijnError('conflict'); // said before, and over by now
    return offerFor(record.offer, { session, customers: customerNames(record), agent: by.agent.id });
  }

  /** TS5: the first has it. PA1, ST3: if they may help so many customers, and lead one like it. */
  async accept(id: OfferId, by: Coming): Promise<SessionRecord> {
    const { limits } = this.#parts;
    const members = await this.#members(id);
    return this.#accepted(id, by, (record, now) => rules.accept(record, id, taking(by), members, now, limits));
  }

  async takeBack(id: OfferId, by: Coming): Promise<SessionRecord> {
    const { limits } = this.#parts;
    return this.#accepted(id, by, (record, now) => rules.takeBack(record, id, taking(by), now, limits));
  }

  async decline(id: OfferId, by: By): Promise<void> {
    const { availability, book, limits } = this.#parts;
    const session = await this.#session(id);
    const all = await this.#leading(await this.#members(id), await book.get(session));
    const members = { all, available: await availability.among(all) };
    await book.change(session, (record, now) => rules.decline(record, id, by.agent.id, members, now, limits));
  }

  /** What waits in a queue that is no more is its sender's again; and what was under way to it, while that may still come. */
  async leaveQueue(queue: string): Promise<void> {
    const { book, limits, queues } = this.#parts;
    if (!(await queues.get(queue)))
      await each(await book.offers.inQueue(queue), async ({ session }) => {
        if (!(await book.get(session))) return;
        await book.change(session, (record, now) => rules.withoutQueue(record, queue, now, limits));
      });
    await queues.forgetRemoved(queue, ENTERING);
  }

  async #accepted(
    id: OfferId,
    by: By,
    act: (record: SessionRecord, now: number) => SessionRecord,
  ): Promise<SessionRecord> {
    const { book, room } = this.#parts;
    const session = await this.#session(id);
    const found = await book.get(session);
    const customers = found && waits(found.offer) ? customersIn(found) : [];
    const same = withThose(customers);
    const record = await room.keep(by.agent.id, customers, () =>
      book.enlisted(by.id, session, () =>
        book.change(session, (now, at) => {
          const accepted = act(waits(now.offer) ? same(now) : now, at);
          if (accepted !== now && !mayLead(by.agent, now)) throw new HulplijnError('mode-not-allowed');
          return accepted;
        }),
      ),
    );
    await book.settle(by.id, session);
    return (await book.get(session)) ?? record;
  }

  async #session(id: OfferId): Promise<SessionId> {
    const session = await this.#parts.book.offers.sessionOf(id);
    if (!session) throw new HulplijnError('not-found');
    return session;
  }

  /** The agents of the queue it is in; where it is for agents by name, those whom the site lists now. */
  async #members(id: OfferId): Promise<string[]> {
    const { book, queues } = this.#parts;
    const offer = (await book.get(await this.#session(id)))?.offer;
    if (offer?.to.is !== 'queue') return listedIn(await queues.list());
    return (await queues.get(offer.to.id))?.members ?? [];
  }

  /** Those of them who may lead that session (ST3). */
  async #leading(members: readonly string[], session: SessionRecord | undefined): Promise<string[]> {
    const all = (await this.#parts.agents.list()).filter((one) => session && mayLead(one, session));
    return all.map(({ id }) => id).filter((id) => members.includes(id));
  }

  async #listed(agent: string): Promise<void> {
    if ((await this.#parts.queues.of(agent)).length === 0) throw new HulplijnError('not-listed');
  }

  async #to(me: string, to: OfferRequest['to'], session: SessionRecord): Promise<OfferTo> {
    const { agents, queues } = this.#parts;
    if (to.is === 'queue') {
      const queue = await queues.get(to.queue);
      if (!queue) throw new HulplijnError('not-found');
      return { is: 'queue', id: queue.id, name: queue.name };
    }
    const listed = listedIn(await queues.list()).filter((agent) => agent !== me);
    const chosen = (await agents.list()).filter(({ id }) => listed.includes(id) && to.agents.includes(id));
    if (chosen.length !== new Set(to.agents).size) throw new HulplijnError('not-found');
    if (!chosen.every((one) => mayLead(one, session))) throw new HulplijnError('mode-not-allowed');
    return { is: 'agents', agents: chosen.map(({ id, name }) => ({ id, name })) };
  }
}

function taker({ id, agent }: By): Taker {
  return { id, agent: agent.id, name: agent.name };
}

function taking(by: Coming): rules.Taking {
  return { ...taker(by), signingKey: by.signingKey };
}

function listedIn(queues: readonly QueueRecord[]): string[] {
  return [...new Set(queues.flatMap(({ members }) => members))];
}

/** Its sender and who accepted it always; the others while they may accept it. `among`: as for `isFor`. */
function sees(offer: OfferRecord, agent: string, among: Parameters<typeof isFor>[2]): boolean {
  const { by, state } = offer;
  if (by.agent === agent) return true;
  if ((state.is === 'accepted' || state.is === 'taken') && state.by.agent === agent) return true;
  return isFor(offer, agent, among);
}
