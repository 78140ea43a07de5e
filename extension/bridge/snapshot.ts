import { Shown as ShownActivities } from '../../shared/activities/shown.ts';
import { ParticipantId, SessionId } from '../../shared/protocol/ids.ts';
import { EndedWhy, Mode, Offer, QueueName, Way } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { Note } from '../../shared/session/note.ts';
import type { Snapshot as Shown } from '../../shared/session/view.ts';

/** A property that may be undefined: lost on the way, since Chromium's ports carry JSON, and back on arrival. */
const maybe = <S extends z.core.$ZodType>(schema: S) =>
  z.pipe(
    z.optional(schema),
    z.transform((value: z.output<S> | undefined) => value),
  );

const Role = z.enum(['primary', 'assistant', 'customer']);
const Since = z.number();

const ChatItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('line'),
    id: z.string(),
    mine: z.boolean(),
    from: z.string(),
    to: maybe(z.string()),
    text: z.string(),
    at: z.number(),
    waiting: z.boolean(),
  }),
  z.object({
    kind: z.literal('event'),
    id: z.string(),
    at: z.number(),
    what: z.enum([...Note.shape.what.options, 'taken back']),
    name: z.string(),
    to: maybe(z.string()),
  }),
]);

const SessionView = z.object({
  id: SessionId,
  number: z.string(),
  mode: Mode,
  role: Role,
  phase: z.enum(['unjoined', 'open', 'ended']),
  startedAt: z.number(),
  ended: maybe(
    z.object({
      why: z.union([EndedWhy, z.enum(['removed', 'left', 'not connected', 'said no'])]),
      by: maybe(z.string()),
      at: z.number(),
    }),
  ),
  you: ParticipantId,
  participants: z.array(
    z.object({
      id: ParticipantId,
      name: z.string(),
      role: Role,
      way: Way,
      state: z.enum(['present', 'away', 'gone']),
      joinedAt: z.number(),
      link: z.discriminatedUnion('is', [
        z.object({ is: z.enum(['self', 'none', 'connecting', 'live']) }),
        z.object({ is: z.literal('lost'), since: Since }),
      ]),
      assurance: z.enum(['proven', 'not compared', 'mismatch', 'pending']),
      mayGetEarlierChat: z.boolean(),
    }),
  ),
  knocks: z.array(z.object({ id: ParticipantId, name: z.string(), way: Way, at: z.number(), lapsesAt: z.number() })),
  chat: z.object({
    items: z.array(ChatItem),
    unread: z.number(),
    draft: z.string(),
    to: z.array(z.object({ id: ParticipantId, name: z.string() })),
  }),
  helped: maybe(ParticipantId),
  primaryAway: maybe(z.object({ since: Since, lostAt: Since })),
  offered: maybe(
    z.object({
      since: Since,
      place: maybe(z.number()),
      nobody: z.boolean(),
      keeper: z.boolean(),
      name: maybe(QueueName),
      acceptor: maybe(z.string()),
    }),
  ),
  mayTransfer: z.boolean(),
  notes: z.string(),
  activities: ShownActivities,
  invitePrompt: z.boolean(),
  waitingForRelay: z.boolean(),
  reported: z.boolean(),
});

/** The snapshot as it crosses the bridge; the compiler holds it to the views' own (shared/session/view.ts). */
export const Snapshot = z.object({
  desk: z.string(),
  site: z.string(),
  me: z.string(),
  modes: z.array(Mode),
  relay: z.discriminatedUnion('is', [
    z.object({ is: z.literal('online') }),
    z.object({ is: z.literal('waiting'), since: Since }),
    z.object({ is: z.literal('signed out') }),
  ]),
  sessions: z.array(SessionView),
  selected: maybe(SessionId),
  availability: maybe(z.object({ on: z.boolean(), missed: z.boolean() })),
  offers: z.array(Offer),
}) satisfies z.ZodMiniType<Shown>;

/** Something is going on that a bar may show. */
export const hasLiveSession = (snapshot: Shown | undefined): boolean =>
  snapshot?.sessions.some((session) => session.phase !== 'ended') ?? false;
