import { HulplijnError } from '../shared/protocol/errors.ts';
import type { OfferId, SigningKey } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import { may } from '../shared/protocol/permissions.ts';
import { type CheckedControl, mustHold } from './checked-control.ts';
import { isFor, isRemoved, type OfferRecord, openOffer, type Taker, waiting, waits } from './offer-record.ts';
import { changed, isRepeated, living, participantIn, put, without } from './session-change.ts';
import type { SessionRecord } from './session-record.ts';
import { ended, seat } from './sessions.ts';

/** The rules on a session that is offered to other agents (TS4, TS5): pure, as those of sessions.ts. */

export interface Given extends Pick<OfferRecord, 'id' | 'by' | 'to' | 'message' | 'notes'> {
  checked: CheckedControl; // why: offered
}

/** The primary gives the session up to a customer who keeps it, and is out. From then on nobody is in charge. */
export function offer(record: SessionRecord, given: Given, now: number, limits: SiteLimits): SessionRecord {
  const { checked, by } = given;
  const { control } = checked;
  if (record.offer?.by.id === by.id && isRepeated(record, control)) return record;
  const sender = participantIn(record, by.id);
  if (!sender) throw new HulplijnError('not-found');
  living(record);
  if (control.epoch !== record.epoch + 1) throw new HulplijnError('handed-over');
  if (control.why !== 'offered' || control.by !== by.id || !may(sender.role, 'transfer')) {
    throw new HulplijnError('forbidden');
  }
  const keeper = participantIn(record, control.to);
  if (keeper?.role !== 'customer' || keeper.state !== 'present') throw new HulplijnError('not-here');
  mustHold(record, checked);
  const { id, to, message, notes } = given;
  if (to.is === 'agents' && to.agents.some((one) => record.barred.includes(one.id)))
    throw new HulplijnError('removed-before');
  return without(
    put(record, control, {
      offer: {
        ...{ id, by, to, keeper: keeper.id, customer: keeper.name, at: now, lapses: 0, declined: [], late: [] },
        ...(message && { message }),
        ...(notes && { notes }),
        ...waiting(to, now, limits),
      },
    }),
    by.id,
    'left',
  );
}

/** An agent who takes an offered session. */
export interface Taking extends Taker {
  signingKey?: SigningKey | undefined;
}

/** `members`: as for `isFor`. */
export function accept(
  record: SessionRecord,
  id: OfferId,
  who: Taking,
  members: readonly string[],
  now: number,
  limits: SiteLimits,
): SessionRecord {
  const found = offerIn(record, id);
  if (!isFor(found, who.agent, { ...record, members })) throw new HulplijnError('not-found');
  return acceptedBy(record, found, who, now, limits);
}

export function takeBack(
  record: SessionRecord,
  id: OfferId,
  who: Taking,
  now: number,
  limits: SiteLimits,
): SessionRecord {
  const found = offerIn(record, id);
  if (found.by.agent !== who.agent) throw new HulplijnError('not-found');
  return acceptedBy(record, found, who, now, limits);
}

/** The first has it: takes a seat as an assistant, until the keeper puts them in charge. */
function acceptedBy(
  record: SessionRecord,
  found: OfferRecord,
  { signingKey, ...by }: Taking,
  now: number,
  limits: SiteLimits,
): SessionRecord {
  const { state } = found;
  if ((state.is === 'accepted' || state.is === 'taken') && state.by.id === by.id) return record; // its answer was lost
  living(record);
  if (!waits(found)) throw new HulplijnError('by' in state && state.by.agent === by.agent ? 'taken-by-you' : 'taken');
  const { id, name, agent } = by;
  const seated = seat(record, { id, name, agent, signingKey, role: 'assistant', way: 'offer' }, now, limits);
  // Without a key nobody can put them in charge (TC6).
  if (!participantIn(seated, id)?.signingKey) throw new HulplijnError('not-verified');
  return changed(seated, { offer: { ...found, state: { is: 'accepted', by, since: now } } });
}

/** As for `isFor`: all agents, and those who are available. */
export interface Members {
  all: readonly string[];
  available: readonly string[];
}

export function decline(
  record: SessionRecord,
  id: OfferId,
  agent: string,
  members: Members,
  now: number,
  limits: SiteLimits,
): SessionRecord {
  const found = offerIn(record, id);
  const { barred } = record;
  if (!isFor(found, agent, { members: members.all, barred }) || !openOffer(record)) return record;
  const next = { ...found, declined: [...found.declined, agent] };
  const declined = changed(record, { offer: next });
  const chosen = found.to.is === 'queue' ? members.available : members.all;
  if (found.state.is !== 'waiting' || chosen.some((one) => isFor(next, one, { members: chosen, barred })))
    return declined;
  switch (limits.offerLapsed) {
    case 'back':
      return changed(record, { offer: { ...next, state: { is: 'nobody', since: now } } });
    case 'end':
      return ended(declined, 'nobody took it', now);
    case 'queue':
      return declined; // until it lapses: else it would ring again at once
  }
}

/** Its queue is no more, so nobody can accept it: as if it had lapsed. Who has accepted it may still be put in charge. */
export function withoutQueue(record: SessionRecord, queue: string, now: number, limits: SiteLimits): SessionRecord {
  const found = openOffer(record);
  if (found?.to.is !== 'queue' || found.to.id !== queue || isRemoved(found.to)) return record;
  const left = changed(record, { offer: { ...found, to: { ...found.to, removed: true } } });
  return found.state.is === 'waiting' ? lapse(left, now, limits) : left;
}

/** Nobody accepted it in time. */
export function lapse(record: SessionRecord, at: number, limits: SiteLimits): SessionRecord {
  const found = openOffer(record);
  if (!found) return record;
  const lapsed = { ...found, lapses: found.lapses + 1 };
  const anew = isRemoved(found.to) ? 'back' : 'queue';
  switch (limits.offerLapsed === 'queue' ? anew : limits.offerLapsed) {
    case 'back':
      return changed(record, { offer: { ...lapsed, state: { is: 'nobody', since: at } } });
    case 'end':
      return ended(changed(record, { offer: lapsed }), 'nobody took it', at);
    case 'queue':
      return changed(record, { offer: { ...lapsed, declined: [], late: [], ...waiting(found.to, at, limits) } });
  }
}

function offerIn(record: SessionRecord, id: OfferId): OfferRecord {
  if (record.offer?.id !== id) throw new HulplijnError('not-found');
  return record.offer;
}
