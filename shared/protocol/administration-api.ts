import { LIMIT_RANGES, Limits, OfferLapsed, OfferMissed } from './limits.ts';
import { EmailAddress, Language, Mode, PersonName, QueueName } from './relay-api.ts';
import { z } from './schema.ts';

/**
 * What an administrator's page and the relay say to each other (PA1): all below `/api/administration`, for agents with
 * that right alone (`forbidden` to others). The command line goes by the same schemas. Times are as in relay-api.ts.
 */
const Moment = z.int().check(z.gte(0));

export const LimitName = z.keyof(Limits);
export type LimitName = z.infer<typeof LimitName>;

const some = <S extends z.ZodMiniType>(one: S) =>
  z.array(one).check(
    z.minLength(1),
    z.refine((all) => new Set(all).size === all.length, 'each once'),
  );

const inRange = ([least, most]: readonly [number, number]) =>
  z.optional(z.nullable(z.int().check(z.gte(least), z.lte(most))));

// --- agents ---------------------------------------------------------------------------------------------------------

export const Modes = some(Mode);
/** `POST …/agents/invite`: adds them, and sends them a mail. Refused as `agent-exists`. */
export const AgentAdd = z.object({ email: EmailAddress, name: PersonName });
/** `POST …/agents/set`; null: as the site has it. Refused as `last-administrator`, `not-found`. */
export const AgentSet = z.object({
  email: EmailAddress,
  name: z.optional(PersonName),
  modes: z.optional(z.nullable(Modes)),
  customers: inRange(LIMIT_RANGES.customersAtOnce),
  administers: z.optional(z.boolean()),
  queues: z.optional(z.record(z.string(), z.boolean())), // by id, whether they are in it; in others nothing changes
});
/** `POST …/agents/remove`, `…/agents/mail` (the invitation once more). */
export const AboutAgent = z.object({ email: EmailAddress });

export const AgentEntry = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  modes: z.optional(z.array(Mode)),
  customers: z.optional(z.int()),
  administers: z.boolean(),
  browsers: z.int(), // signed in
  usedAt: z.optional(Moment), // when the last of them was used; not signed in without
});
export type AgentEntry = z.infer<typeof AgentEntry>;

// --- queues ---------------------------------------------------------------------------------------------------------

/** `POST …/queues/add`, `…/queues/set`, `…/queues/remove`; members are ids of agents. Refused as `queue-exists`. */
export const QueueAdd = z.object({ name: QueueName });
export const QueueSet = z.object({
  id: z.string(),
  name: z.optional(QueueName),
  members: z.optional(z.array(z.string()).check(z.maxLength(400))),
});
export const AboutQueue = z.object({ id: z.string() });
export const QueueEntry = z.object({ id: z.string(), name: QueueName, members: z.array(z.string()) });
export type QueueEntry = z.infer<typeof QueueEntry>;

// --- settings -------------------------------------------------------------------------------------------------------

const NAMES = LimitName.options;

/**
 * `POST …/settings`; null: as the environment says. A limit beyond LIMIT_RANGES is refused as `out-of-range`, limits that
 * are wrong together as `limits-contradict`.
 */
export const SettingsChange = z.object({
  limits: z.optional(z.strictObject(Object.fromEntries(NAMES.map((name) => [name, inRange(LIMIT_RANGES[name])])))),
  deskName: z.optional(z.nullable(PersonName)),
  languages: z.optional(z.nullable(some(Language))), // the first where a browser has none of them
  modes: z.optional(z.nullable(Modes)), // the first is chosen at first
  offerLapsed: z.optional(z.nullable(OfferLapsed)), // TS5
  offerMissed: z.optional(z.nullable(OfferMissed)), // TS6
});
export type SettingsChange = z.infer<typeof SettingsChange>;

const InForce = z.object({
  limits: Limits,
  deskName: z.string(),
  languages: z.array(Language),
  modes: z.array(Mode),
  offerLapsed: OfferLapsed,
  offerMissed: OfferMissed,
});
export type InForce = z.infer<typeof InForce>;

// --- what there is to see -------------------------------------------------------------------------------------------

/** `GET …/overview` */
export const Overview = z.object({
  agents: z.array(AgentEntry),
  queues: z.array(QueueEntry),
  settings: InForce,
  given: InForce, // by the environment
  reports: z.array(z.object({ id: z.string(), at: Moment, agent: z.string() })), // "I did not ask for this", newest first
  site: z.string(),
});
export type Overview = z.infer<typeof Overview>;

/** `GET …/health` */
export const Health = z.object({
  version: z.string(),
  startedAt: Moment,
  now: Moment,
  store: z.boolean(),
  sessions: z.int(), // living
  streams: z.int(), // pages connected to this relay
  mail: z.enum(['ok', 'unreachable', 'outbox']), // outbox: no mail server, mails stay on the relay's machine
  turn: z.boolean(),
});
export type Health = z.infer<typeof Health>;

/** `POST …/mail-test`: one mail to the agent who asks. `said`: the mail server's own words, if it had any. */
export const MailTested = z.object({
  to: z.string(),
  result: z.enum(['sent', 'outbox', 'no answer', 'sign-in refused', 'not secure', 'refused', 'failed']),
  said: z.string(),
});
export type MailTested = z.infer<typeof MailTested>;

// --- log ------------------------------------------------------------------------------------------------------------

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const Values = z.record(z.string(), Value);

export const AuditEntry = z.object({
  id: z.string(),
  at: Moment,
  who: z.string(), // an agent's name and address, or "command line"
  what: z.enum([
    ...['agent added', 'agent invited', 'agent changed', 'agent removed'],
    ...['queue added', 'queue changed', 'queue removed', 'settings changed'],
  ] as const),
  about: z.string(), // an address, a queue's name; empty for settings
  before: Values, // what changed alone
  after: Values,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `GET …/log?before=<id>`: newest first, a page of it; `…/log.csv` and `…/log.jsonl` are all of it, oldest first. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), more: z.boolean() });
export type AuditPage = z.infer<typeof AuditPage>;
