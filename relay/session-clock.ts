import type { Limits } from '../shared/protocol/limits.ts';
import type { SessionRecord } from './session-record.ts';
import { changed, ended, primaryOf, withoutKnock } from './sessions.ts';

/** What time alone does to a session. Pure; `nextDue` says when `tick` has something to do. */

interface Due {
  at: number;
  act: (record: SessionRecord) => SessionRecord;
}

/** What is to come for a session as it stands, soonest first. */
function dates(record: SessionRecord, limits: Limits): Due[] {
  if (record.phase === 'ended') return [];
  const primary = primaryOf(record);
  const list: Due[] = [];
  const date = (at: number, act: Due['act']) => list.push({ at, act });
  const end = (why: Parameters<typeof ended>[1], at: number) => date(at, (r) => ended(r, why, at));

  if (record.phase === 'unjoined') end('unjoined', record.startedAt + limits.unjoinedLife * 1000);
  if (record.participants.every((one) => one.state !== 'present')) {
    end('idle', record.presentAt + limits.idleLife * 1000);
  }
  if (primary.state !== 'present') end('primary away', primary.since + limits.awayEnds * 1000);

  for (const { goneAt, id, role, state } of record.participants) {
    if (goneAt === undefined || state !== 'away') continue;
    const at = goneAt + limits.reloadGrace * 1000;
    if (role === 'primary') end('closed', at);
    else {
      date(at, (r) =>
        changed(r, {
          participants: r.participants.map((one) => (one.id === id ? { ...one, state: 'gone', since: goneAt } : one)),
        }),
      );
    }
  }
  for (const { id, lapsesAt, goneAt } of record.knocks) {
    date(lapsesAt, (r) => withoutKnock(r, id, 'refused'));
    if (goneAt !== undefined) date(goneAt + limits.reloadGrace * 1000, (r) => withoutKnock(r, id, 'left'));
  }
  return list.sort((a, b) => a.at - b.at);
}

export function nextDue(record: SessionRecord, limits: Limits): number | undefined {
  // An ended session is due until it has been tidied: number and look-ups freed.
  if (record.phase === 'ended') return record.tidied ? undefined : (record.ended?.at ?? record.startedAt);
  return dates(record, limits)[0]?.at;
}

/** The record as it stands at `now`; the very same if nothing was due. */
export function tick(record: SessionRecord, now: number, limits: Limits): SessionRecord {
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
    knocks: record.knocks.map((one) => (one.goneAt === undefined ? one : { ...one, goneAt: now })),
    participants: record.participants.map((one) =>
      one.state === 'away' ? { ...one, since: now, ...(one.goneAt !== undefined && { goneAt: now }) } : one,
    ),
  });
}
