import type { SiteLimits } from '../shared/protocol/limits.ts';
import { customersLeft, keeperAfter, passedOn } from './keeper.ts';
import { type OfferRecord, openOffer } from './offer-record.ts';
import { changed, participantIn, primaryOf, released, withoutKnock } from './session-change.ts';
import { lapse } from './session-offer.ts';
import type { Seated, SessionRecord } from './session-record.ts';
import { ended } from './sessions.ts';

/** What time alone does to a session. Pure; `nextDue` says when `tick` has something to do. */

interface Due {
  at: number;
  act: (record: SessionRecord) => SessionRecord;
}

/** What is to come for a session as it stands, soonest first. */
function dates(record: SessionRecord, limits: SiteLimits): Due[] {
  if (record.phase === 'ended') return outcome(record);
  const primary = primaryOf(record);
  const list: Due[] = [...offerDates(record, limits), ...outcome(record)];
  const date = (at: number, act: Due['act']) => list.push({ at, act });
  const end = (why: Parameters<typeof ended>[1], at: number) => date(at, (r) => ended(r, why, at));

  if (record.phase === 'unjoined') end('unjoined', record.startedAt + limits.unjoinedLife * 1000);
  if (record.participants.every((one) => one.state !== 'present')) {
    end('idle', record.presentAt + limits.idleLife * 1000);
  }
  if (primary && primary.state !== 'present') end('primary away', primary.since + limits.awayEnds * 1000);

  for (const { goneAt, id, role, state } of record.participants) {
    if (goneAt === undefined || state !== 'away') continue;
    const at = goneAt + limits.reloadGrace * 1000;
    if (role === 'primary') end('closed', at);
    else {
      date(at, (r) => {
        const { participants } = r;
        const left = participants.map(
          (one): Seated => (one.id === id ? { ...one, state: 'gone', since: goneAt } : one),
        );
        const free = released(changed(r, { participants: left }), id, at, limits);
        return passedOn(free, id, at) ?? ended(free, 'closed', at);
      });
    }
  }
  for (const { id, lapsesAt, goneAt } of record.knocks) {
    date(lapsesAt, (r) => withoutKnock(r, id, 'refused'));
    if (goneAt !== undefined) date(goneAt + limits.reloadGrace * 1000, (r) => withoutKnock(r, id, 'left'));
  }
  return list.sort((a, b) => a.at - b.at);
}

/** What time does to an offer (TS5). */
function offerDates(record: SessionRecord, limits: SiteLimits): Due[] {
  const offer = openOffer(record);
  if (!offer) return [];
  const { state } = offer;
  const list: Due[] = [];
  const end = (why: Parameters<typeof ended>[1], at: number) => list.push({ at, act: (r) => ended(r, why, at) });
  const keeper = participantIn(record, offer.keeper);
  if (keeper && keeper.state !== 'present') {
    const next = keeperAfter(record, keeper.id);
    if (next?.state === 'present') {
      const at = Math.max(keeper.since + limits.primaryLost * 1000, next.since);
      list.push({ at, act: (r) => passedOn(r, keeper.id, at) ?? r });
    } else end('closed', Math.max(...customersLeft(record).map(({ since }) => since)) + limits.awayEnds * 1000);
  }
  switch (state.is) {
    case 'waiting':
      list.push({ at: offer.lapsesAt, act: (r) => lapse(r, offer.lapsesAt, limits) });
      break;
    case 'nobody':
      end('primary away', state.since + limits.awayEnds * 1000); // whoever assists: nobody is in charge (EN3)
      break;
    case 'accepted': {
      // Away, or here and not linked with the keeper.
      const at = state.since + limits.primaryLost * 1000;
      list.push({ at, act: (r) => released(r, state.by.id, at, limits) });
    }
  }
  return list;
}

/** What became of an offer is shown for a while. */
function outcome({ offer }: SessionRecord): Due[] {
  if (offer?.state.is !== 'taken' && offer?.state.is !== 'over') return [];
  return [{ at: offer.state.until, act: ({ offer: _shown, ...r }) => changed(r, {}) }];
}

export function nextDue(record: SessionRecord, limits: SiteLimits): number | undefined {
  // An ended session is due until it has been tidied: number and look-ups freed.
  if (record.phase === 'ended' && !record.tidied) return record.ended?.at ?? record.startedAt;
  return dates(record, limits)[0]?.at;
}

/** The record as it stands at `now`; the very same if nothing was due. */
export function tick(record: SessionRecord, now: number, limits: SiteLimits): SessionRecord {
  let current = record;
  for (;;) {
    const next = dates(current, limits)[0];
    if (!next || next.at > now) return current;
    current = next.act(current);
  }
}

/**
 * While no relay ran, nobody could come back: what counts from a silence counts anew from `now`. The closing of a page
 * that was said before still stands, and gets its whole grace again.
 */
export function forgive(record: SessionRecord, now: number): SessionRecord {
  if (record.phase === 'ended') return record;
  return changed(record, {
    presentAt: now,
    ...(record.offer && { offer: forgiven(record.offer, now) }),
    knocks: record.knocks.map((one) => (one.goneAt === undefined ? one : { ...one, goneAt: now })),
    participants: record.participants.map((one) =>
      one.state === 'away' ? { ...one, since: now, ...(one.goneAt !== undefined && { goneAt: now }) } : one,
    ),
  });
}

/** An offer gets its whole life again. */
function forgiven(offer: OfferRecord, now: number): OfferRecord {
  const { state, lapsesAt } = offer;
  switch (state.is) {
    case 'waiting':
      return { ...offer, state: { is: 'waiting', since: now }, lapsesAt: now + lapsesAt - state.since };
    case 'nobody':
    case 'accepted':
      return { ...offer, state: { ...state, since: now } };
    case 'taken':
    case 'over':
      return offer;
  }
}
