import { z } from './schema.ts';

const seconds = (value: number) => z._default(z.int().check(z.gte(1)), value);
const count = (value: number) => z._default(z.int().check(z.gte(1)), value);

/**
 * Every time (seconds) and limit of the rules, by name, with its default. The relay reads them from its environment
 * (`CODE_LIFE=600`, the name in upper case with underscores); what a page needs of them comes with the roster.
 */
export const Limits = z.object({
  codeLife: seconds(10 * 60), // sign-in code by mail
  codeTries: count(5),
  tokenUnused: seconds(90 * 86_400), // ST1
  unjoinedLife: seconds(60 * 60), // a session nobody joined
  idleLife: seconds(4 * 3600), // a session nobody is connected to or acts in
  reloadGrace: seconds(10), // ST5
  knocksWaiting: count(5), // JO4
  knockLife: seconds(5 * 60), // JO4
  participants: count(8), // PA1
  customersAtOnce: count(8), // PA1
  primaryLost: seconds(60), // EN3: an assistant may ask to take control; TS5: who accepted and is not in charge by then is out
  awayEnds: seconds(10 * 60), // EN3
  offerLife: seconds(2 * 60), // TS5: then the sender is told that nobody took it
  ticketLife: seconds(30),
  agentKeeps: seconds(24 * 3600), // RE1
  attemptsPerAddress: count(10), // SE3
  attemptsInAll: count(600), // SE3
  attemptsWindow: seconds(10 * 60), // SE3
  seatsPerAddress: count(120), // in attemptsWindow; an office or a school has one address
  offersPerAgent: count(60), // in attemptsWindow; each rings at every agent it is offered to
  mailPerAgentHour: count(30), // SE3
  mailPerRecipientHour: count(5), // SE3
  mailPerSiteDay: count(500), // SE3
  chatWait: seconds(2), // SH3
  consentWait: seconds(30), // SH2: no answer is a no
  fileBytes: count(10 * 1024 ** 3), // SH4
});
export type Limits = z.infer<typeof Limits>;

/** Two limits of which the first may not be more than the second, nor as much where that is said. */
export const LimitPair = z.object({ lower: z.keyof(Limits), upper: z.keyof(Limits), below: z.boolean() });
export type LimitPair = z.infer<typeof LimitPair>;
const atMost = (lower: keyof Limits, upper: keyof Limits): LimitPair => ({ lower, upper, below: false });

/**
 * Limits as they may be together. An offered session is none of these: it waits however long the desk says, and only who
 * keeps it being away, or nobody taking it, begins `awayEnds`.
 */
export const LIMIT_PAIRS: readonly LimitPair[] = [
  { lower: 'reloadGrace', upper: 'primaryLost', below: true }, // nobody takes over from a page that may only be reloading
  atMost('primaryLost', 'awayEnds'), // or the session has ended before anybody may
  atMost('awayEnds', 'idleLife'), // or it ends sooner where everybody is away than where only the primary is
  atMost('attemptsPerAddress', 'attemptsInAll'), // one address must not use up everybody's
  atMost('mailPerAgentHour', 'mailPerSiteDay'), // nor one agent, or one recipient, in an hour what all have for the day
  atMost('mailPerRecipientHour', 'mailPerSiteDay'),
];

/** The pairs that contradict each other. */
export function contradictions(limits: Limits): LimitPair[] {
  return LIMIT_PAIRS.filter(({ lower, upper, below }) =>
    below ? limits[lower] >= limits[upper] : limits[lower] > limits[upper],
  );
}

/** From so many network addresses an agent's sign-in codes may be asked for to the full, `mailPerRecipientHour` each (SE3). */
export const CODE_ASKERS = 4;

/** So many a session may have (PA1). */
export const MOST_PARTICIPANTS = 8;

/** What an administrator may set each to while the relay runs: the least and the most. */
export const LIMIT_RANGES: Record<keyof Limits, readonly [least: number, most: number]> = {
  codeLife: [60, 3600],
  codeTries: [1, 20],
  tokenUnused: [3600, 400 * 86_400],
  unjoinedLife: [60, 86_400],
  idleLife: [60, 7 * 86_400],
  reloadGrace: [2, 120],
  knocksWaiting: [1, 50],
  knockLife: [10, 3600],
  participants: [2, MOST_PARTICIPANTS],
  customersAtOnce: [1, 100],
  primaryLost: [5, 3600],
  awayEnds: [10, 86_400],
  offerLife: [5, 3600],
  ticketLife: [5, 600],
  agentKeeps: [60, 30 * 86_400],
  attemptsPerAddress: [3, 100_000],
  attemptsInAll: [10, 1_000_000],
  attemptsWindow: [10, 86_400],
  seatsPerAddress: [10, 100_000],
  offersPerAgent: [5, 100_000],
  mailPerAgentHour: [1, 10_000],
  mailPerRecipientHour: [1, 1000],
  mailPerSiteDay: [10, 1_000_000], // sign-in codes are mails too: with fewer hardly anybody gets in
  chatWait: [1, 30],
  consentWait: [5, 600],
  fileBytes: [1024 ** 2, 2 ** 40],
};

export const OfferLapsed = z.enum(['back', 'queue', 'end']);
export const OfferMissed = z.enum(['away', 'stay']);

/** What a site allows: those, and what is no number. */
export const SiteLimits = z.extend(Limits, {
  /** Endings of files' names, in lower case, without the dot (SH4). */
  blockedFileTypes: z._default(z.array(z.string()), []),
  /** TS5, what becomes of an offer that nobody took: `back` to the sender, again to all (`queue`), or the session ends. */
  offerLapsed: z._default(OfferLapsed, 'back'),
  /** TS6: an available agent who let an offer lapse is switched to away, or stays as they were. */
  offerMissed: z._default(OfferMissed, 'away'),
});
export type SiteLimits = z.infer<typeof SiteLimits>;

/** SH3, in Unicode code points. */
export const CHAT_LINE_CHARACTERS = 10_000;
/** Code points of a person's name; longer ones are refused where they are typed. */
export const NAME_CHARACTERS = 80;
