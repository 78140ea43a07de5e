import { HulplijnError } from '../protocol/errors.ts';
import type { z } from '../protocol/schema.ts';
import { type Facts, roleIn, type Said, type Who } from './activity.ts';
import { ACTIVITIES } from './list.ts';

type Listed = (typeof ACTIVITIES)[number];
type Views<A extends Listed> = NonNullable<A['views']>;
type ShownOf<A extends Listed> = z.output<Views<A>['shown']>;
export type ActivityMessage = z.output<Listed['kept'][number]>;
export type ActivityCommand = z.output<Views<Listed>['commands'][number]>;
export type PassedMessage = z.output<NonNullable<Listed['passed']>[number]>;
export type States = { readonly [A in Listed as A['name']]: A['start'] };
export type Shown = { [A in Listed as [ShownOf<A>] extends [never] ? never : A['name']]: ShownOf<A> };

/** One of them, whose own types only it knows: found by the name in a message's type, and handed its own. */
interface One {
  readonly name: string;
  readonly who: Readonly<Record<string, Who>>;
  permits(state: unknown, facts: Facts, from: string, message: ActivityMessage): boolean;
  reduce(state: unknown, facts: Facts, from: string, message: ActivityMessage, at: number): unknown;
  settle?(state: unknown, facts: Facts, now: number): unknown;
  readonly amongAll?: true;
  readonly agentsOnly?: true;
  tell?(state: unknown, facts: Facts): ActivityMessage[];
  due?(state: unknown): number | undefined;
  readonly views?: {
    obey(state: unknown, facts: Facts, command: ActivityCommand, newId: () => string): Said<ActivityMessage>[];
    show(state: unknown, facts: Facts): unknown;
  };
}

const ALL: readonly One[] = ACTIVITIES;

function found(type: string): One {
  const one = ALL.find(({ name }) => type.startsWith(`${name}.`));
  if (!one) throw new HulplijnError('bad-request');
  return one;
}

/** At the beginning of a session. */
export const START = Object.fromEntries(ACTIVITIES.map(({ name, start }) => [name, start])) as States;

const stateOf = (states: States, one: One): unknown => states[one.name as keyof States];

/** Each activity is given its own state alone; so what is put back under its name is of its type. */
function change(states: States, ones: readonly One[], next: (one: One, state: unknown) => unknown): States {
  const changes: Record<string, unknown> = {};
  for (const one of ones) {
    const before = stateOf(states, one);
    const after = next(one, before);
    if (after !== before) changes[one.name] = after;
  }
  return Object.keys(changes).length === 0 ? states : { ...states, ...changes };
}

/** Whether `from` may say this here and now, by its role, the epoch, and what the activity itself knows. */
export function permitsActivity(states: States, facts: Facts, from: string, message: ActivityMessage): boolean {
  const one = found(message.type);
  const who = one.who[message.type];
  const role = roleIn(facts, from);
  if (!who || !role || !who.roles.includes(role)) return false;
  if (who.management && !('epoch' in message && message.epoch >= facts.epoch)) return false;
  return one.permits(stateOf(states, one), facts, from, message);
}

export function reduceActivity(
  states: States,
  facts: Facts,
  from: string,
  message: ActivityMessage,
  at: number,
): States {
  return change(states, [found(message.type)], (one, state) => one.reduce(state, facts, from, message, at));
}

/** Whether `from` may pass this, by its role alone. */
export function permitsPassed(facts: Facts, from: string, message: PassedMessage): boolean {
  const role = roleIn(facts, from);
  return role !== undefined && found(message.type).who[message.type]?.roles.includes(role) === true;
}

/** What the time (ms) and the roster change by themselves. */
export function settleActivities(states: States, facts: Facts, now: number): States {
  return change(states, ALL, (one, state) => (one.settle ? one.settle(state, facts, now) : state));
}

/** Whether what a customer says of this type concerns other customers too. */
export function isAmongAll(type: ActivityMessage['type']): boolean {
  return found(type).amongAll === true;
}

/** What the primary says to one who comes while something goes on: to an agent, or to a customer. */
export function tellActivities(states: States, facts: Facts, to: 'agent' | 'customer'): ActivityMessage[] {
  const concerned = ALL.filter((one) => to === 'agent' || !one.agentsOnly);
  return concerned.flatMap((one) => one.tell?.(stateOf(states, one), facts) ?? []);
}

/** When time changes something next, ms; `undefined` when it changes nothing. */
export function nextDueActivity(states: States): number | undefined {
  const dues = ALL.map((one) => one.due?.(stateOf(states, one)));
  const known = dues.filter((due) => due !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** What is said because of a command; throws a HulplijnError when it may not be. */
export function obeyActivity(
  states: States,
  facts: Facts,
  command: ActivityCommand,
  newId: () => string,
): Said<ActivityMessage>[] {
  const one = found(command.type);
  return one.views?.obey(stateOf(states, one), facts, command, newId) ?? [];
}

/** What views are shown of them, by name. */
export function showActivities(states: States, facts: Facts): Shown {
  return Object.fromEntries(
    ALL.flatMap((one) => (one.views ? [[one.name, one.views.show(stateOf(states, one), facts)]] : [])),
  ) as Shown;
}
