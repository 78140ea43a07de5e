import { Control } from '../shared/protocol/control.ts';
import { InvitationId, ParticipantId, SessionId, SigningKey } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import { Guest, Knock, Mode, Participant, Roster, Way } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { OfferRecord, offerShown, openOffer } from './offer-record.ts';

const Moment = z.int();

/** The event stream by which a page is present: which relay (this run of it) holds it, and which of its streams. */
export const Held = z.object({ run: z.string(), stream: z.string(), page: Participant.shape.page });
export type Held = z.infer<typeof Held>;

const Seated = z.extend(Participant, {
  held: z.optional(Held), // exactly while `present`
  goneAt: z.optional(Moment), // its page said "gone", and was not back since (ST5)
  agent: z.optional(z.string()), // the agent's id, for all but customers
});
export type Seated = z.infer<typeof Seated>;

const Waiting = z.extend(Knock, {
  way: Way,
  goneAt: Seated.shape.goneAt,
  signingKey: Seated.shape.signingKey,
});

const InvitationState = z.discriminatedUnion('is', [
  z.object({ is: z.literal('fresh') }),
  z.object({ is: z.literal('used'), seat: ParticipantId }),
  /** Its customer got a session of their own (PA4): the invitation lives on there. */
  z.object({ is: z.literal('moved'), seat: ParticipantId, to: SessionId }),
  z.object({ is: z.literal('over'), reported: z.boolean() }),
]);
const Invitation = z.object({
  id: InvitationId,
  guest: Guest,
  agent: z.string(), // the name of who made it
  by: ParticipantId, // in which browser
  inviter: z.optional(z.string()), // the agent's id; none is known of one from before that was kept
  notFor: z._default(z.array(z.string()), []), // agents removed since it was made: it brings them not back (EN2)
  state: InvitationState,
});
export type Invitation = z.infer<typeof Invitation>;
export type Inviter = Pick<Invitation, 'agent' | 'inviter'>;

/** Who was in, or waited, and is no more: so that their page can be told, whenever it asks. */
const Out = z.object({
  id: ParticipantId,
  why: z.enum(['removed', 'left', 'refused', 'moved']),
  signingKey: z.optional(SigningKey), // a customer's: who comes again comes with the same
});
export type Out = z.infer<typeof Out>;

/** One session as the store keeps it. Changed only by the functions of sessions.ts. */
export const SessionRecord = z.object({
  id: SessionId,
  number: z.string(),
  mode: Mode,
  epoch: z.int(),
  phase: Roster.shape.phase,
  startedAt: Moment,
  ended: Roster.shape.ended,
  tidied: z.boolean(), // ended, and number and look-ups are free again
  participants: z.array(Seated),
  knocks: z.array(Waiting),
  invitations: z.array(Invitation),
  outs: z.array(Out),
  barred: z._default(z.array(z.string()), []), // agents whom the primary removed, and nobody invited since (EN2)
  controls: z.array(Control), // TC6, oldest first
  offer: z.optional(OfferRecord), // and for some seconds what became of it
  presentAt: Moment, // when somebody was last seen to be present
  version: z.int(),
});
export type SessionRecord = z.infer<typeof SessionRecord>;

/** Who begins a session, in which of their browsers. */
export interface Starter {
  device: ParticipantId;
  agent: string;
  name: string;
  signingKey?: SigningKey | undefined;
}

/** A session as it begins: its number given, its primary not yet connected. */
export function startSession(
  start: { id: SessionId; number: string; mode: Mode } & Starter,
  now: number,
): SessionRecord {
  const { id, number, mode, device, agent, name, signingKey } = start;
  const joined = { state: 'away', since: now, joinedAt: now } as const;
  return {
    id,
    number,
    mode,
    epoch: 1,
    phase: 'unjoined',
    startedAt: now,
    tidied: false,
    participants: [
      { id: device, role: 'primary', name, ...joined, way: 'started', agent, ...(signingKey && { signingKey }) },
    ],
    knocks: [],
    invitations: [],
    outs: [],
    barred: [],
    controls: [],
    presentAt: now,
    version: 1,
  };
}

/** The roster as `id` may see it: who waits is for the primary, which invitation admitted whom for those two. */
export function rosterFor(
  record: SessionRecord,
  id: ParticipantId,
  context: { desk: string; now: number; limits: SiteLimits; place?: number | undefined },
): Roster {
  const primary = record.participants.find((one) => one.role === 'primary')?.id === id;
  const open = openOffer(record);
  const customer = record.participants.find((one) => one.id === id)?.role === 'customer';
  const { chatWait, consentWait, primaryLost, fileBytes, blockedFileTypes, reloadGrace, agentKeeps } = context.limits;
  return {
    id: record.id,
    number: customer ? '' : record.number, // an address for agents to read out; a customer has nobody to invite
    mode: record.mode,
    epoch: record.epoch,
    phase: record.phase,
    startedAt: record.startedAt,
    ...(record.ended && { ended: record.ended }),
    desk: context.desk,
    you: id,
    participants: record.participants.map(
      ({ held, goneAt: _goneAt, agent: _agent, invitation, invitedBy, ...shown }) => ({
        ...shown,
        ...(held?.page && { page: held.page }),
        ...(invitation && (invitedBy === id || shown.id === id) && { invitation, invitedBy }),
      }),
    ),
    knocks: primary ? record.knocks.map(({ goneAt: _goneAt, signingKey: _signingKey, ...shown }) => shown) : [],
    controls: record.controls,
    ...(open && { offer: offerShown(open, context.place) }),
    version: record.version,
    now: context.now,
    limits: { chatWait, consentWait, primaryLost, fileBytes, blockedFileTypes, reloadGrace, agentKeeps },
  };
}
