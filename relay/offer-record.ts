import { OfferId, ParticipantId } from '../shared/protocol/ids.ts';
import { type Limits, MOST_PARTICIPANTS } from '../shared/protocol/limits.ts';
import { OfferMessage, OfferNotes } from '../shared/protocol/offer-message.ts';
import { type Offer, QueueName, type Roster } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';

const Moment = z.int();

/** An agent, and in which of their browsers. */
const Taker = z.object({ id: ParticipantId, agent: z.string(), name: z.string() });
export type Taker = z.infer<typeof Taker>;

const OfferTo = z.discriminatedUnion('is', [
  z.object({ is: z.literal('queue'), id: z.string(), name: QueueName, removed: z.optional(z.boolean()) }),
  z.object({ is: z.literal('agents'), agents: z.array(z.object({ id: z.string(), name: z.string() })) }),
]);
export type OfferTo = z.infer<typeof OfferTo>;

/** A session offered to other agents (TS), a part of that session's record. Changed only by the rules on sessions. */
export const OfferRecord = z.object({
  id: OfferId,
  by: Taker, // who gave the session up
  keeper: ParticipantId, // the customer whose page keeps it now, and who signs who accepted
  customer: z.string(), // the keeper's name, for when they have left
  to: OfferTo,
  message: z.optional(OfferMessage),
  notes: z.optional(OfferNotes),
  at: Moment, // since when it waits, whatever came between
  lapsesAt: Moment,
  lapses: z.int(), // how often it did
  declined: z.array(z.string()), // agents
  /** Agents who had accepted it and were not put in charge: the others come first, until it has lapsed once more. */
  late: z._default(z.array(z.string()), []),
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('waiting'), since: Moment }),
    /** All declined, or it lapsed: the sender is told. It can still be accepted. */
    z.object({ is: z.literal('nobody'), since: Moment }),
    /** To be put in charge by the keeper. */
    z.object({ is: z.literal('accepted'), by: Taker, since: Moment }),
    /** In charge. */
    z.object({ is: z.literal('taken'), by: Taker, until: Moment }),
    /** The session ended. */
    z.object({ is: z.literal('over'), until: Moment }),
  ]),
});
export type OfferRecord = z.infer<typeof OfferRecord>;

/** How long the agents who saw an offer are shown what became of it; ms. */
export const OUTCOME_SHOWN = 10_000;

/** Its queue is no more. */
export function isRemoved(to: OfferTo): boolean {
  return to.is === 'queue' && to.removed === true;
}

/** As it is when a life of it begins: none, where nobody can accept it. */
export function waiting(to: OfferTo, now: number, limits: Limits): Pick<OfferRecord, 'state' | 'lapsesAt'> {
  const life = isRemoved(to) ? 0 : limits.offerLife * 1000;
  return { state: { is: 'waiting', since: now }, lapsesAt: now + life };
}

/** A session's offer, while nobody is in charge because of it (TS5). */
export function openOffer({ offer }: { offer?: OfferRecord | undefined }): OfferRecord | undefined {
  return offer?.state.is === 'taken' || offer?.state.is === 'over' ? undefined : offer;
}

/** Nobody has accepted it yet. */
export function waits(offer: OfferRecord | undefined): boolean {
  return offer?.state.is === 'waiting' || offer?.state.is === 'nobody';
}

/**
 * Whether the agent is one of those who may accept. `members`: the agents of its queue, or those whom the site lists in
 * any (TS1), as they are now. `barred`: whom the primary removed from the session (EN2).
 */
export function isFor(
  { by, to, declined, late, state }: OfferRecord,
  agent: string,
  { members, barred }: { members: readonly string[]; barred: readonly string[] },
): boolean {
  if (agent === by.agent || declined.includes(agent) || barred.includes(agent)) return false;
  if (late.includes(agent) && state.is === 'waiting') return false;
  return members.includes(agent) && (to.is === 'queue' || to.agents.some(({ id }) => id === agent));
}

/** The offer as its sender, or one of those who may accept it, sees it. `customers`: names of those who are in the session. */
export function offerFor(
  offer: OfferRecord,
  { session, customers, agent }: { session: string; customers: readonly string[]; agent: string },
): Offer {
  const { id, by, customer, message, notes, to, at, lapsesAt } = offer;
  const mine = by.agent === agent;
  const state = stateFor(offer, agent);
  const reads = mine || (state.is === 'taken' && state.me);
  return {
    ...{ id, session, from: by.name, mine, at, lapsesAt, state },
    customers: customers.length > 0 ? customers.slice(0, MOST_PARTICIPANTS) : [customer],
    ...(message && { message }),
    ...(notes && reads && { notes }),
    to:
      to.is === 'queue'
        ? { is: 'queue', id: to.id, name: to.name }
        : { is: 'agents', names: to.agents.map(({ name }) => name) },
  };
}

/** Its part of the roster. `place`: in its queue, where that is known. */
export function offerShown({ id, at, keeper, to, state }: OfferRecord, place: number | undefined): Roster['offer'] {
  return {
    ...{ id, at, keeper, nobody: state.is === 'nobody' },
    ...(to.is === 'queue' && !isRemoved(to) && { name: to.name }),
    ...(place !== undefined && { place }),
    ...(state.is === 'accepted' && { acceptor: state.by.id }),
  };
}

function stateFor({ state, by }: OfferRecord, agent: string): Offer['state'] {
  switch (state.is) {
    case 'waiting':
      return { is: 'waiting' };
    case 'nobody':
      return { is: by.agent === agent ? 'nobody' : 'waiting' };
    case 'accepted':
    case 'taken':
      return { is: 'taken', by: state.by.name, me: state.by.agent === agent };
    case 'over':
      return { is: 'over' };
  }
}
