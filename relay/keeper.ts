import { openOffer } from './offer-record.ts';
import { changed } from './session-change.ts';
import type { Seated, SessionRecord } from './session-record.ts';

/** Which customer keeps an offered session (TS5). Pure, as sessions.ts. */

/** Customers whose pages are here, or may come back. */
export function customersLeft({ participants }: SessionRecord): Seated[] {
  return participants.filter(({ role, state }) => role === 'customer' && state !== 'gone');
}

/** Their names, as they joined. */
export function customerNames(record: SessionRecord): string[] {
  return customersLeft(record).map(({ name }) => name);
}

/** To whom the keeper's place would pass: the first who joined of those who are present, else of all. */
export function keeperAfter(record: SessionRecord, keeper: string): Seated | undefined {
  const others = customersLeft(record).filter(({ id }) => id !== keeper);
  return others.find(({ state }) => state === 'present') ?? others[0];
}

/** Somebody else keeps it, if it was kept by `keeper`. `undefined`: no customer is left who could. */
export function passedOn(record: SessionRecord, keeper: string, now: number): SessionRecord | undefined {
  const open = openOffer(record);
  if (open?.keeper !== keeper) return record;
  const next = keeperAfter(record, keeper);
  if (!next) return undefined;
  // Who has accepted gets their whole time again: they are not linked with this one yet.
  const state = open.state.is === 'accepted' ? { ...open.state, since: now } : open.state;
  return changed(record, { offer: { ...open, keeper: next.id, customer: next.name, state } });
}
