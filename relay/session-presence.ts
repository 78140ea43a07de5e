import type { ParticipantId } from '../shared/protocol/ids.ts';
import { changed, isDismissed, participantIn, replaced } from './session-change.ts';
import type { Held, SessionRecord } from './session-record.ts';

/** What a page's coming and going does to a session (ST5). Pure, as sessions.ts. */

/** Its page is connected by this stream, or by none. */
export function hold(record: SessionRecord, id: ParticipantId, held: Held | undefined, now: number): SessionRecord {
  if (record.phase === 'ended') return record;
  const one = participantIn(record, id);
  if (!one) return held ? waitsOn(record, id) : record;
  if (isDismissed(one)) return record; // its stream may only be about to close
  if (held) {
    if (one.held?.stream === held.stream) return record;
    const since = one.state === 'present' ? one.since : now;
    const { goneAt: _back, ...rest } = one;
    return changed(record, {
      participants: replaced(record, { ...rest, state: 'present', since, held }),
      presentAt: now,
    });
  }
  if (!one.held) return record;
  const { held: _lost, ...rest } = one;
  return changed(record, { participants: replaced(record, { ...rest, state: 'away', since: now }), presentAt: now });
}

/** The page of one who waits is back. */
function waitsOn(record: SessionRecord, id: ParticipantId): SessionRecord {
  if (!record.knocks.some((one) => one.id === id && one.goneAt !== undefined)) return record;
  return changed(record, {
    knocks: record.knocks.map(({ goneAt, ...one }) =>
      one.id === id || goneAt === undefined ? one : { ...one, goneAt },
    ),
  });
}

/** This load of its page goes. A newer load that is already here is not meant. */
export function gone(record: SessionRecord, id: ParticipantId, page: string, now: number): SessionRecord {
  if (record.phase === 'ended') return record;
  // Who waits at the door and goes waits no more (JO4), unless the page was only reloaded.
  if (record.knocks.some((one) => one.id === id && one.goneAt === undefined)) {
    return changed(record, { knocks: record.knocks.map((one) => (one.id === id ? { ...one, goneAt: now } : one)) });
  }
  const one = participantIn(record, id);
  if (!one || one.state === 'gone' || one.goneAt !== undefined) return record;
  if (one.held && one.held.page !== page) return record;
  const { held: _held, ...rest } = one;
  const since = one.state === 'away' ? one.since : now;
  return changed(record, {
    participants: replaced(record, { ...rest, state: 'away', since, goneAt: now }),
    presentAt: one.held ? now : record.presentAt,
  });
}
