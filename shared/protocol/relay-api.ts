import { Control } from './control.ts';
import { InvitationId, OfferId, PageId, ParticipantId, SessionId, SigningKey } from './ids.ts';
import { MOST_PARTICIPANTS, NAME_CHARACTERS } from './limits.ts';
import { OfferMessage, OfferNotes } from './offer-message.ts';
import { z } from './schema.ts';

/**
 * What pages and the relay say to each other over HTTP, both directions parsed by these schemas and nowhere else.
 *
 * Bodies are JSON. Who asks is said by `Authorization: Bearer <token>`: the token of an agent's browser (sign-in) or of
 * a customer's seat. Refusals are an `ErrorBody` with a 4xx or 5xx status. Times are milliseconds since the epoch,
 * read on the relay's clock.
 */
const Moment = z.int().check(z.gte(0));

/** Signs that show nothing: to Unicode ignorable, spaces, and the Braille pattern without a dot. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/gu;

/** As typed: trimmed, without control characters, and with something to see. Text everywhere, never markup (JO5). */
export const PersonName = z.string().check(
  z.trim(),
  z.refine(
    (name) =>
      name.replace(UNSEEN, '') !== '' &&
      [...name].length <= NAME_CHARACTERS &&
      !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(name),
  ),
);
export const EmailAddress = z.string().check(z.trim(), z.maxLength(254), z.email());
export const Token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
export const Language = z.enum(['en', 'nl']);
export type Language = z.infer<typeof Language>;
export const Mode = z.enum(['multi', 'single']);
export type Mode = z.infer<typeof Mode>;
export const Guest = z.enum(['customer', 'representative']);
export type Guest = z.infer<typeof Guest>;

/** `GET /api/desk`: open to all; also how a page finds out that an address is a relay at all. */
export const Desk = z.object({
  hulplijn: z.literal(1), // version of this protocol
  name: z.string(),
  language: Language, // of its pages, where a browser has none of ours
  languages: z._default(z.array(Language), Language.options), // that they are shown in
  modes: z.array(Mode),
  url: z.string(), // PUBLIC_URL, without a trailing slash
});
export type Desk = z.infer<typeof Desk>;

// --- agents ---------------------------------------------------------------------------------------------------------

export const Agent = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  modes: z.array(Mode), // what the site and the agent's rights both allow, first the one to offer first
  customers: z.int(),
  administers: z._default(z.boolean(), false), // PA1
});
export type Agent = z.infer<typeof Agent>;

/** `POST /api/sign-in`: sends a code by mail. Answers the same whether or not the address is an agent's. */
export const SignInRequest = z.object({ email: EmailAddress, language: Language });
export const SignInStarted = z.object({ request: z.string(), secret: Token });
/** `POST /api/sign-in/verify`: `secret` ties the code to the browser that asked. `browser` is what the device list shows. */
export const VerifyRequest = z.object({
  request: z.string(),
  secret: Token,
  code: z.string().check(z.trim(), z.regex(/^\d{6}$/)),
  browser: z.string().check(z.maxLength(80)),
});
export const SignedIn = z.object({ token: Token, device: ParticipantId, agent: Agent });
export type SignedIn = z.infer<typeof SignedIn>;

export const Device = z.object({
  id: ParticipantId,
  browser: z.string(),
  createdAt: Moment,
  usedAt: Moment,
  current: z.boolean(),
});
export type Device = z.infer<typeof Device>;
/** `GET /api/me` */
export const Me = z.object({ agent: Agent, devices: z.array(Device) });
export type Me = z.infer<typeof Me>;
/** `POST /api/me/revoke`; `POST /api/sign-out` has no body and revokes the token it is sent with. */
export const RevokeRequest = z.object({ device: ParticipantId });

// --- sessions -------------------------------------------------------------------------------------------------------

export const Way = z.enum(['started', 'link', 'used link', 'number', 'offer']);
export type Way = z.infer<typeof Way>;

export const Participant = z.object({
  id: ParticipantId,
  role: z.enum(['primary', 'assistant', 'customer']),
  name: z.string(),
  /** `away`: its page is not connected to the relay, though it said nothing. `gone`: it said "gone" and did not come back. */
  state: z.enum(['present', 'away', 'gone']),
  since: Moment, // since when in that state
  joinedAt: Moment,
  way: Way,
  /** The invitation that admitted it, and who made it: shown to these two, who hold its key (JO3). */
  invitation: z.optional(InvitationId),
  invitedBy: z.optional(ParticipantId),
  /** As it said when it took its place: the same for its whole stay. Without one it signs nothing that counts (TC6). */
  signingKey: z.optional(SigningKey),
  /** The page load that holds its connection to the relay: another one means it reloaded. */
  page: z.optional(PageId),
});
export type Participant = z.infer<typeof Participant>;

export const Knock = z.object({ id: ParticipantId, name: z.string(), way: Way, at: Moment, lapsesAt: Moment });
export type Knock = z.infer<typeof Knock>;

export const EndedWhy = z.enum(['ended', 'closed', 'signed out', 'unjoined', 'idle', 'primary away', 'nobody took it']);
export type EndedWhy = z.infer<typeof EndedWhy>;

/** A queue of agents, as both languages call it. */
export const QueueName = z.object({ en: PersonName, nl: PersonName });
export type QueueName = z.infer<typeof QueueName>;

/** Who is in a session, whole, as one participant may see it. Sent after every change. */
export const Roster = z.object({
  id: SessionId,
  number: z.string(),
  mode: Mode,
  epoch: z.int(),
  phase: z.enum(['unjoined', 'open', 'ended']),
  startedAt: Moment,
  ended: z.optional(z.object({ why: EndedWhy, by: z.optional(z.string()), at: Moment })),
  desk: z.string(),
  you: ParticipantId,
  participants: z.array(Participant),
  knocks: z.array(Knock), // empty for all but the primary
  controls: z.array(Control), // who was put in charge when, oldest first (TC6)
  /** While nobody is in charge because it is offered to other agents (TS5). */
  offer: z.optional(
    z.object({
      id: OfferId,
      at: Moment,
      name: z.optional(QueueName), // of the queue it waits in
      place: z.optional(z.int()), // there, from 1; the oldest first
      nobody: z.boolean(), // nobody took it: its sender may take it back, and it can still be accepted
      acceptor: z.optional(ParticipantId), // to be put in charge by the keeper
      keeper: z.optional(ParticipantId), // the customer whose page keeps it now
    }),
  ),
  /** Grows with every change of the record: an older roster never replaces a newer one. */
  version: z.int(),
  now: Moment,
  limits: z.object({
    chatWait: z.number(),
    consentWait: z.number(),
    primaryLost: z.number(),
    fileBytes: z.number(), // bytes
    blockedFileTypes: z.array(z.string()), // limits.ts
    reloadGrace: z.number(),
    agentKeeps: z.number(),
  }), // seconds
});
export type Roster = z.infer<typeof Roster>;

/**
 * Whoever asks for a place in a session says the public key of their page, by which the relay checks what they sign and
 * who is put in charge (TC6). An agent's extension from before this was said gets its place all the same, but no control.
 */
const Taking = z.object({ signingKey: z.optional(SigningKey) });

/** `POST /api/sessions` (agent) → `Roster`. */
export const StartRequest = z.extend(Taking, { mode: z.optional(Mode) });
/** `POST /api/sessions/assist` (agent) → `Roster`. By number or by a representative's invitation (AS1). */
export const AssistRequest = z.union([
  z.extend(Taking, { number: z.string() }),
  z.extend(Taking, { invitation: InvitationId }),
]);
/**
 * `POST /api/sessions/:session/invitations` (primary). With `mail` the relay sends it, and answers when the mail server
 * has taken it; without, the page shows or mails the link itself, with the key the relay never sees.
 */
export const InviteRequest = z.object({
  guest: Guest,
  language: Language,
  epoch: z.int(),
  mail: z.optional(EmailAddress),
});
export const Invited = z.object({ id: InvitationId, url: z.string() });
export type Invited = z.infer<typeof Invited>;
/** `POST /api/sessions/:session/revoke` (primary): that link admits nobody any more. */
export const RevokeInvitationRequest = z.object({ invitation: InvitationId, epoch: z.int() });
/** `POST /api/sessions/:session/{admit,decline,remove}` (primary). `admit` answers with the session it was admitted to (PA4). */
export const AboutRequest = z.object({ participant: ParticipantId, epoch: z.int() });
export const Admitted = z.object({ session: SessionId });
/**
 * `POST /api/sessions/:session/control` → `Roster`: another agent is in charge (TC1, by the primary; EN3, by a customer;
 * TS5, by the keeper, and only the acceptor whom the roster names). Refused as `handed-over` when somebody was put in
 * charge meanwhile, as `not-here` when the new one is not connected, as `not-verified` when the signature or the new one's
 * key is not as these two have said, as `mode-not-allowed` when the new one may not lead such a session (ST3).
 */
export const ControlRequest = z.object({ control: Control });
/** `POST /api/sessions/:session/end` (primary). `…/leave` (assistant, customer) has no body. */
export const EndRequest = z.object({ epoch: z.int() });

// --- offering a session to agents or a queue (TS) -------------------------------------------------------------------

/**
 * `GET /api/transferees` (agent): to whom a session can be offered, and what waits; with `?mode=`, who may lead one of that
 * mode (ST3). `longest`: since when the oldest does.
 */
export const Transferees = z.object({
  queues: z.array(
    z.object({
      id: z.string(),
      name: QueueName,
      available: z.int(),
      waiting: z.int(),
      longest: z.optional(Moment),
    }),
  ),
  /** In a queue, but oneself; with the address, which tells two of one name apart. */
  agents: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), available: z.boolean() })),
  now: Moment,
});
export type Transferees = z.infer<typeof Transferees>;

/** `POST /api/availability` (agent listed in a queue): the switch of TS6. */
export const AvailabilityRequest = z.object({ on: z.boolean() });

/**
 * `POST /api/sessions/:session/offer` (primary) → `Offer`: gives the session up (TS4); `control` says `offered`, to a
 * customer who is present. Refused as `not-listed` when the sender is in no queue, as `handed-over` when somebody was put
 * in charge meanwhile, as `not-here` when that customer is not connected, as `not-verified` like any other record, as
 * `not-found` when the queue or an agent is not, as `mode-not-allowed` when an agent may not lead it.
 */
export const OfferRequest = z.object({
  control: Control,
  to: z.discriminatedUnion('is', [
    z.object({ is: z.literal('queue'), queue: z.string() }),
    z.object({ is: z.literal('agents'), agents: z.array(z.string()).check(z.minLength(1), z.maxLength(50)) }),
  ]),
  message: z.optional(OfferMessage),
  notes: z.optional(OfferNotes),
});
export type OfferRequest = z.infer<typeof OfferRequest>;

/**
 * An offered session, as one agent may see it. `POST /api/offers/:offer/accept` and, by the sender, `…/take-back` →
 * `Roster`; `…/decline` has no answer. Refused as `taken` when another agent was first, as `taken-by-you` when the same one
 * was in another browser, as `full` by PA1, as `mode-not-allowed` by ST3.
 */
export const Offer = z.object({
  id: OfferId,
  session: SessionId,
  from: z.string(),
  mine: z.boolean(), // sent by this agent
  customers: z.array(z.string()).check(z.minLength(1), z.maxLength(MOST_PARTICIPANTS)), // names, as they joined
  message: z.optional(z.string()),
  notes: z.optional(z.string()), // to the sender and to who accepted
  to: z.discriminatedUnion('is', [
    z.object({ is: z.literal('queue'), id: z.string(), name: QueueName }),
    z.object({ is: z.literal('agents'), names: z.array(z.string()) }),
  ]),
  at: Moment,
  lapsesAt: Moment,
  /** `nobody` is for the sender: to the others it waits as before. `taken` and `over` are shown for some seconds. */
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('waiting') }),
    z.object({ is: z.literal('taken'), by: z.string(), me: z.boolean() }),
    z.object({ is: z.literal('nobody') }),
    z.object({ is: z.literal('over') }),
  ]),
});
export type Offer = z.infer<typeof Offer>;
/** Of accepting, and of taking back. */
export const AcceptRequest = Taking;

// --- customers ------------------------------------------------------------------------------------------------------

/**
 * `POST /api/seats`: a token and an id for a page that may join later; so socket and ticket can be ready before **Join**
 * is pressed. It is nobody's seat and reaches nobody until it joins.
 */
export const Seat = z.object({ token: Token, id: ParticipantId });
export type Seat = z.infer<typeof Seat>;
/** `GET /api/invitations/:id`: what a join link shows before anybody joins (JO1). `over` when revoked or ended. */
export const Invitation = z.object({
  desk: z.string(),
  agent: z.optional(z.string()), // who is in charge now; nobody while it waits for one (TS5)
  guest: Guest,
  state: z.enum(['fresh', 'used', 'over']),
  others: z.boolean(), // other customers take part (PA2)
});
export type Invitation = z.infer<typeof Invitation>;
/** `GET /api/ice` (any token) */
export const Ice = z.object({
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.optional(z.string()), credential: z.optional(z.string()) }),
  ),
});
export type Ice = z.infer<typeof Ice>;
/**
 * `POST /api/invitations/:id/join` and `POST /api/knock` (seat). A used link knocks; a fresh one is in at once, and told
 * which ICE servers those who are in get.
 */
export const JoinRequest = z.object({ name: PersonName, signingKey: SigningKey });
export const KnockRequest = z.object({ name: PersonName, number: z.string(), signingKey: SigningKey });
export const Joined = z.union([
  z.object({ state: z.literal('present'), roster: Roster, ice: Ice }),
  z.object({ state: z.literal('knocking'), lapsesAt: Moment, now: Moment }),
]);
export type Joined = z.infer<typeof Joined>;
// `POST /api/invitations/:id/report` (JO6) has no body and needs no token.

// --- every page -----------------------------------------------------------------------------------------------------

/** `POST /api/ticket` (any token): opens one signalling socket as the id the token stands for. */
export const Ticket = z.object({ ticket: z.string() });
/** `POST /api/gone`: this page load goes (ST5). The token is in the body, because a beacon has no headers of its own. */
export const GoneRequest = z.object({ page: PageId, token: Token });

/**
 * `GET /api/events` (any token; the page load in the header `Hulplijn-Page`): Server-Sent Events, event name and data
 * as below. All rosters of the token's living sessions come first, then each anew after every change. A comment line
 * keeps the stream alive every 15 s.
 */
export const RelayEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('roster'), data: Roster }),
  /** Not a participant of that session any more: removed, or left elsewhere. Says nothing of a stay that began after `version`. */
  z.object({
    event: z.literal('out'),
    data: z.object({ session: SessionId, why: z.enum(['removed', 'left', 'ended']), version: z.optional(z.int()) }),
  }),
  /** To one who knocked: refused is declined, lapsed, or the session ended meanwhile: never said which (JO4). */
  z.object({ event: z.literal('refused'), data: z.object({}) }),
  /** To the primary: a person pressed "I did not ask for this" (JO6). */
  z.object({ event: z.literal('reported'), data: z.object({ session: SessionId, invitation: InvitationId }) }),
  /** A newer page of the same browser has the stream: this one must let go. */
  z.object({ event: z.literal('replaced'), data: z.object({}) }),
  /** To agents, before `ready` and after each change: whether a queue lists them, their switch, what is offered (TS). */
  z.object({
    event: z.literal('offers'),
    data: z.object({
      listed: z.boolean(),
      on: z.boolean(),
      missed: z.optional(z.boolean()), // it is off because they let an offer lapse
      offers: z.array(Offer), // oldest first
      now: Moment,
    }),
  }),
  /** The rosters that were due on connecting have all been sent: a session not among them is over. */
  z.object({ event: z.literal('ready'), data: z.object({}) }),
]);
export type RelayEvent = z.infer<typeof RelayEvent>;
