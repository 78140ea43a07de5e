import type { CheckedControl } from '../../relay/checked-control.ts';
import { tick } from '../../relay/session-clock.ts';
import * as offers from '../../relay/session-offer.ts';
import * as presence from '../../relay/session-presence.ts';
import { type SessionRecord, startSession } from '../../relay/session-record.ts';
import * as rules from '../../relay/sessions.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { SiteLimits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';

/** A session that is offered, and what each may do about it: the pure rules of relay/ as acts at a time. */

export const id = (n: number) => String(n).padStart(32, '0');
export const [ANNA, BOB, CAS, DAN, MIA, PIET] = [id(0), id(1), id(2), id(3), id(4), id(5)];
const SESSION = id(99);
export const QUEUE = { is: 'queue', id: 'q', name: { en: 'Printers', nl: 'Printers' } } as const;
export const AGENTS = [ANNA, BOB, CAS, DAN];
export const keyOf = (who: string) => who.padEnd(87, 'k');
export const taker = (who: string) => ({ id: who, agent: `agent ${who}`, name: who });
export const agent = (who: string) => taker(who).agent;
const MEMBERS = AGENTS.map(agent);
export const site = (offerLapsed: SiteLimits['offerLapsed'] = 'back') => z.parse(SiteLimits, { offerLapsed });

export type Change = (record: SessionRecord, now: number, limits: SiteLimits) => SessionRecord;

export const here =
  (who: string): Change =>
  (r, now) =>
    presence.hold(r, who, { run: 'r', stream: `${who} ${now}`, page: id(50) }, now);
/** They close their page. */
export const closes =
  (who: string): Change =>
  (r, now) =>
    presence.gone(r, who, id(50), now);
export const away =
  (who: string): Change =>
  (r, now) =>
    presence.hold(r, who, undefined, now);

/** Anna leads, Cas assists, Mia and Piet are helped; all are here. */
export function session(limits: SiteLimits): SessionRecord {
  let record = startSession(
    { id: SESSION, number: '1', mode: 'single', device: ANNA, agent: agent(ANNA), name: ANNA, signingKey: keyOf(ANNA) },
    0,
  );
  record = rules.seat(record, { ...taker(CAS), signingKey: keyOf(CAS), role: 'assistant', way: 'number' }, 0, limits);
  for (const who of [MIA, PIET]) {
    record = rules.seat(
      record,
      { id: who, name: who, signingKey: keyOf(who), role: 'customer', way: 'link' },
      0,
      limits,
    );
  }
  for (const who of [ANNA, CAS, MIA, PIET]) record = here(who)(record, 0, limits);
  return record;
}

let signatures = 0;
/** Signed, and checked by the relay. */
export function control(
  record: SessionRecord,
  why: 'offered' | 'accepted' | 'handed over',
  by: string,
  to: string,
): CheckedControl {
  signatures += 1;
  const signature = String(signatures).padStart(86, '0');
  const keyOf = (who: string) => record.participants.find((one) => one.id === who)?.signingKey;
  const signed = { epoch: record.epoch + 1, why, by, to, key: keyOf(to) ?? '', signature };
  return { control: signed, signedWith: keyOf(by) };
}

export const offered =
  (by = ANNA, keeper = MIA, to: Parameters<typeof offers.offer>[1]['to'] = QUEUE): Change =>
  (r, now, limits) => {
    const given = { id: id(1000 + r.version), by: taker(by), to, message: 'Printer', notes: undefined };
    return offers.offer(r, { ...given, checked: control(r, 'offered', by, keeper) }, now, limits);
  };
const current = (r: SessionRecord) => r.offer?.id ?? '';
export const accept =
  (who: string): Change =>
  (r, now, limits) =>
    offers.accept(r, current(r), { ...taker(who), signingKey: keyOf(who) }, MEMBERS, now, limits);
export const takeBack =
  (who = ANNA): Change =>
  (r, now, limits) =>
    offers.takeBack(r, current(r), { ...taker(who), signingKey: keyOf(who) }, now, limits);
export const decline =
  (who: string): Change =>
  (r, now, limits) =>
    offers.decline(r, current(r), agent(who), { all: MEMBERS, available: MEMBERS.slice(1) }, now, limits);
export const sign =
  (by: string, to: string): Change =>
  (r, now, limits) =>
    rules.control(r, by, control(r, 'accepted', by, to), now, limits);
export const leave =
  (who: string): Change =>
  (r, now, limits) =>
    rules.leave(r, who, now, limits);

/** What each does at its second. */
export function play(limits: SiteLimits, acts: [number, Change][]): SessionRecord {
  return acts.reduce(
    (record, [second, act]) => act(tick(record, second * 1000, limits), second * 1000, limits),
    session(limits),
  );
}

export function roles({ participants }: SessionRecord): Record<string, string> {
  return Object.fromEntries(participants.map((one) => [one.id, one.role]));
}

/** What an act is refused as; `undefined` if it is not. */
export function code(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof HulplijnError) return error.code;
    throw error;
  }
  return undefined;
}
