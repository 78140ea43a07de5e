import type { Control } from '../protocol/control.ts';
import type { Role } from '../protocol/permissions.ts';
import type { Participant, Roster } from '../protocol/relay-api.ts';
import type { z } from '../protocol/schema.ts';

/**
 * The contract of an activity: one file that says what is said (messages), what is known (state), what follows from what
 * (a pure reduce), who may, and what views are shown and may ask for. `index.ts` lists them; all else is found there.
 */
export interface Activity<
  Name extends string,
  Kept extends Typed,
  State,
  Wish extends Typed,
  Shown,
  Passing extends Typed,
> {
  readonly name: Name;
  /** Kept messages; each `type` is `<name>.<what>`. Those of management carry the session's `epoch`. */
  readonly kept: readonly Kept[];
  /** Of the connection, never stored: a pointer's moves. They change no state. */
  readonly passed?: readonly Passing[];
  /** What a customer says in it to all concerns other customers too: the primary passes it on, signed (spoken.ts). */
  readonly amongAll?: true;
  /** Between agents: nothing of it is told to customers. */
  readonly agentsOnly?: true;
  readonly who: Readonly<Record<z.output<Kept>['type'] | z.output<Passing>['type'], Who>>;
  readonly start: State;
  /** What `who` and the epoch do not say: whether `from` may say this here and now. */
  permits(state: State, facts: Facts, from: string, message: z.output<Kept>): boolean;
  /** One message, own or permitted, stored at `at` ms. The same journal gives the same state. */
  reduce(state: State, facts: Facts, from: string, message: z.output<Kept>, at: number): State;
  /** What the time (ms) and the roster change by themselves. Gives back the same object when nothing did. */
  settle?(state: State, facts: Facts, now: number): State;
  /** What the primary says to one who comes while something goes on; heard twice it changes nothing. */
  tell?(state: State, facts: Facts): z.output<Kept>[];
  /** When time changes something next, ms. */
  due?(state: State): number | undefined;
  readonly views?: {
    /** Commands; each `type` is `<name>.<what>`, and each names the `session`. */
    readonly commands: readonly Wish[];
    /**
     * What is said because of a command; every page judges it by `permits` all the same, this one first. `newId` gives
     * 32 random hex digits. Throws a HulplijnError.
     */
    obey(state: State, facts: Facts, command: z.output<Wish>, newId: () => string): Said<z.output<Kept>>[];
    /** What views are shown, as it crosses to them; `null` for what is absent. */
    readonly shown: z.ZodMiniType<Shown>;
    show(state: State, facts: Facts): Shown;
  };
}

type Typed = z.ZodMiniObject<{ type: z.ZodMiniLiteral<string> }>;

export interface Who {
  roles: readonly Role[];
  /** An act of management: refused from an older epoch. */
  management?: true;
}

/** A message and whom it is for: `all` who can be reached, or some. */
export interface Said<Message> {
  message: Message;
  to: 'all' | readonly string[];
}

/** What an activity may know of its session. */
export interface Facts {
  roster: Roster;
  /** The newest heard, over whichever way. */
  epoch: number;
  /** This page load. */
  page: string;
  /** Whom the primary chose to help, and when (PA2); with nobody chosen yet, the first customer. */
  helping: { who: string; at: number } | undefined;
  /** While the session is offered (TS4) nobody is in charge: that customer keeps it for who accepts. */
  keeper: string | undefined;
  /** The last change of who is in charge, and when it was heard of here: what ran before it is over (TC4). */
  handed: { by: string; to: string; why: Control['why']; at: number } | undefined;
  /** By participant: what the primary vouched for, as far as activities ask. */
  introductions: Readonly<Record<string, { readonly proven: boolean }>>;
  /** This side had lost what it kept when the page opened: it may be given back what was said (RE1). */
  lost: boolean;
}

export function person({ roster }: Facts, id: string): Participant | undefined {
  return roster.participants.find((one) => one.id === id);
}

/** The customer who is being helped. */
export function helpedIn({ roster, helping }: Facts): string | undefined {
  const customers = roster.participants.filter(({ role, state }) => role === 'customer' && state !== 'gone');
  const chosen = customers.find(({ id }) => id === helping?.who);
  return (chosen ?? customers[0])?.id;
}

export function roleIn(facts: Facts, id: string): Role | undefined {
  return person(facts, id)?.role;
}

/** Somebody has accepted the session and is in charge of it: to them customers hand over what they kept (TS5). */
export function acceptedBy({ handed }: Facts, id: string): boolean {
  return handed?.why === 'accepted' && handed.to === id;
}

/** The page load somebody is known to be on. */
export function pageOf(facts: Facts, id: string): string | undefined {
  return id === facts.roster.you ? facts.page : person(facts, id)?.page;
}

/** Lets the compiler see an activity's own types and hold it to the contract. */
export function activity<
  Name extends string,
  Kept extends Typed,
  State,
  Wish extends Typed = never,
  Shown = never,
  Passing extends Typed = never,
>(one: Activity<Name, Kept, State, Wish, Shown, Passing>): Activity<Name, Kept, State, Wish, Shown, Passing> {
  return one;
}
