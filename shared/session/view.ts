import { ChatText } from '../activities/chat-lines.ts';
import type { Shown } from '../activities/index.ts';
import { ACTIVITIES } from '../activities/list.ts';
import { OfferId, ParticipantId, SessionId } from '../protocol/ids.ts';
import { OfferMessage, OfferNotes } from '../protocol/offer-message.ts';
import type { Role } from '../protocol/permissions.ts';
import {
  EmailAddress,
  type EndedWhy,
  Guest,
  Language,
  Mode,
  type Offer,
  OfferRequest,
  type QueueName,
  type Way,
} from '../protocol/relay-api.ts';
import { z } from '../protocol/schema.ts';
import type { Answer } from './answer.ts';

/**
 * What every view (popup, icon bar, dashboard, the customer's page) is shown, and what it may ask for. A view holds no
 * truth: it draws the newest snapshot and sends commands; the page that holds the connections answers.
 */
export interface Snapshot {
  desk: string;
  site: string; // the desk's public address (PUBLIC_URL), to read out and to show (IN2)
  me: string; // name of the agent or customer
  modes: Mode[]; // which an agent may start; empty for a customer
  relay: RelayState;
  sessions: SessionView[]; // oldest first
  selected: SessionId | undefined; // the session tab the agent helps
  /**
   * The agent's switch (TS6), and whether it is off because they let an offer lapse; `undefined`: not listed in a queue,
   * so offers nothing and is offered nothing.
   */
  availability: { on: boolean; missed: boolean } | undefined;
  offers: Offer[]; // TS5, to this agent and by them, oldest first
}

/** `waiting`: not answering since `since`; a view says so only after two seconds. */
export type RelayState = { is: 'online' } | { is: 'waiting'; since: number } | { is: 'signed out' };

export interface SessionView {
  id: SessionId;
  number: string; // ten bare digits; empty for a customer who must not pass it on
  mode: Mode;
  role: Role;
  phase: 'unjoined' | 'open' | 'ended';
  startedAt: number; // this machine's clock, ms
  /**
   * `not connected`: had accepted an offered session, and could not be put in charge in time (TS5). `said no`: left, since
   * they did not want to go on with whom others let take over, who is `by` (EN3).
   */
  ended:
    | { why: EndedWhy | 'removed' | 'left' | 'not connected' | 'said no'; by: string | undefined; at: number }
    | undefined;
  you: ParticipantId;
  participants: ParticipantView[]; // yourself included; primary first, then as they joined
  knocks: KnockView[];
  /** The customer who is being helped (PA2); in single-session mode the primary may choose another. */
  helped: ParticipantId | undefined;
  /** The primary's page is away since then; from `lostAt` on an assistant may ask to take control (EN3). */
  primaryAway: { since: number; lostAt: number } | undefined;
  /** It waits for an agent who accepts it (TS5), or for the one who has and is being connected. */
  offered:
    | {
        since: number;
        place: number | undefined;
        nobody: boolean;
        keeper: boolean; // this very page keeps it
        name: QueueName | undefined;
        acceptor: string | undefined; // name
      }
    | undefined;
  mayTransfer: boolean; // to other agents (TS1)
  notes: string; // the agents', of this session: they go along with an offer; empty for a customer
  chat: ChatView;
  activities: Shown;
  invitePrompt: boolean; // started with E-mail on: the first visible view opens Invite and sends `prompted` (ST2)
  waitingForRelay: boolean; // an act of management (end, remove) still has to reach the relay (RE2)
  reported: boolean; // somebody pressed "I did not ask for this" on an invitation to this session (JO6)
}

/**
 * `proven`: by the invitation's key, or introduced over two proven links. `mismatch`: somebody in between; nothing
 * passes. `pending`: not linked yet.
 */
export type Assurance = 'proven' | 'not compared' | 'mismatch' | 'pending';
/** The link to that participant; `lost` carries since when, shown after two seconds. */
export type LinkView = { is: 'self' | 'none' | 'connecting' | 'live' } | { is: 'lost'; since: number };

export interface ParticipantView {
  id: ParticipantId;
  name: string;
  role: Role;
  way: Way;
  state: 'present' | 'away' | 'gone';
  joinedAt: number;
  link: LinkView;
  assurance: Assurance;
  mayGetEarlierChat: boolean; // an assistant who has not had it, to whom the primary may show it (SH3)
}

export interface KnockView {
  id: ParticipantId;
  name: string;
  way: Way;
  at: number;
  lapsesAt: number;
}

export interface ChatView {
  items: ChatItem[];
  unread: number;
  draft: string;
  to: { id: ParticipantId; name: string }[]; // to whom a private line may go (not customer to customer)
}

export type ChatItem =
  | {
      kind: 'line';
      id: string;
      mine: boolean;
      from: string; // name
      to: string | undefined; // name, when private
      text: string;
      at: number;
      waiting: boolean; // mine, stored here, not yet stored by everybody it is for
    }
  | { kind: 'event'; id: string; at: number; what: ChatEvent; name: string; to: string | undefined };
/** `lost transcript`: that side had lost what was said and got it from another. */
export type ChatEvent =
  | 'joined'
  | 'left'
  | 'gone'
  | 'back'
  | 'removed'
  | 'started'
  | 'transcript'
  | 'handed over'
  | 'primary lost'
  | 'offered'
  | 'accepted'
  | 'taken back'; // accepted, by whoever had offered it

/** How the way to invite ends: what the panel shows next. */
export type InviteResult =
  | { is: 'sent' }
  | { is: 'mailto'; url: string; subject: string; body: string }
  | { is: 'link'; url: string };

export const Command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), mode: z.optional(Mode), email: z.boolean() }), // → { session }
  z.object({ type: z.literal('assist'), entry: z.string().check(z.maxLength(20_000)) }), // number, link or pasted mail → { session }
  z.object({ type: z.literal('select'), session: SessionId }),
  z.object({ type: z.literal('prompted'), session: SessionId }),
  z.object({
    type: z.literal('invite'),
    session: SessionId,
    guest: Guest,
    language: Language,
    how: z.discriminatedUnion('by', [
      z.object({ by: z.literal('own mail'), address: EmailAddress }),
      z.object({ by: z.literal('relay mail'), address: EmailAddress }),
      z.object({ by: z.literal('link') }),
    ]),
  }), // → InviteResult
  z.object({ type: z.literal('admit'), session: SessionId, participant: ParticipantId }),
  z.object({ type: z.literal('help'), session: SessionId, participant: ParticipantId }), // PA2
  z.object({ type: z.literal('decline'), session: SessionId, participant: ParticipantId }),
  z.object({ type: z.literal('remove'), session: SessionId, participant: ParticipantId }),
  z.object({ type: z.literal('show earlier chat'), session: SessionId, participant: ParticipantId }),
  z.object({ type: z.literal('say'), session: SessionId, text: z.string(), to: z.optional(ParticipantId) }),
  z.object({ type: z.literal('draft'), session: SessionId, text: z.string() }),
  z.object({ type: z.literal('seen'), session: SessionId }), // a visible view shows this session's chat (PA5)
  z.object({ type: z.literal('leave'), session: SessionId }),
  z.object({ type: z.literal('end'), session: SessionId }),
  /** TC1; the note goes as a private line of chat. */
  z.object({
    type: z.literal('transfer control'),
    session: SessionId,
    to: ParticipantId,
    note: z.optional(ChatText),
  }),
  /** TS1: refused text stays in the field. The session's notes go along when they are among them. */
  z.object({
    type: z.literal('transfer session'),
    session: SessionId,
    to: OfferRequest.shape.to,
    message: z.optional(OfferMessage),
    notes: z.optional(OfferNotes),
  }),
  z.object({ type: z.literal('notes'), session: SessionId, text: OfferNotes }),
  z.object({ type: z.literal('transferees'), mode: z.optional(Mode) }), // → Transferees, in this machine's time
  z.object({ type: z.literal('available'), on: z.boolean() }), // TS6
  z.object({ type: z.literal('accept offer'), offer: OfferId }), // → { session }
  z.object({ type: z.literal('decline offer'), offer: OfferId }),
  z.object({ type: z.literal('take back'), offer: OfferId }), // → { session }
  z.object({ type: z.literal('take over'), session: SessionId, id: ParticipantId }), // EN3, a customer's Yes
  z.object({ type: z.literal('dismiss'), session: SessionId }), // an ended session's tab is closed
  ...ACTIVITIES.flatMap((one) => (one.views ? [...one.views.commands] : [])),
]);
export type Command = z.infer<typeof Command>;

export type Send = (command: Command) => Promise<Answer>;
