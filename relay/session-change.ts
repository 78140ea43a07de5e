import { CONTROLS, type Control } from '../shared/protocol/control.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import type { ParticipantId } from '../shared/protocol/ids.ts';
import type { Limits } from '../shared/protocol/limits.ts';
import { openOffer, waiting } from './offer-record.ts';
import type { Out, Seated, SessionRecord } from './session-record.ts';

/** What the rules on a session are made of. */

/** So many are told why they are out; a bound, no rule for people. */
const OUTS = 100;

/** Who is in charge; nobody while it is offered to other agents (TS5). */
export function primaryOf(record: SessionRecord): Seated | undefined {
  return record.participants.find((one) => one.role === 'primary');
}

export function participantIn(record: SessionRecord, id: ParticipantId): Seated | undefined {
  return record.participants.find((one) => one.id === id);
}

export function changed(record: SessionRecord, patch: Partial<SessionRecord>): SessionRecord {
  return { ...record, ...patch, version: record.version + 1 };
}

export function replaced(record: SessionRecord, seated: Seated): Seated[] {
  return record.participants.map((one) => (one.id === seated.id ? seated : one));
}

/** Another epoch begins (TC6). */
export function put(record: SessionRecord, next: Control, patch: Partial<SessionRecord>): SessionRecord {
  return changed(record, { epoch: next.epoch, controls: [...record.controls, next].slice(-CONTROLS), ...patch });
}

/** A primary who is `gone` was an agent once: one whose page only closed ends the session by that (ST5). */
export function isDismissed({ role, state }: Seated): boolean {
  return role === 'primary' && state === 'gone';
}

/** Said already: the answer to it was lost. */
export function isRepeated(record: SessionRecord, { signature }: Control): boolean {
  return record.controls.some((one) => one.signature === signature);
}

/** If `id` accepted the offer, and cannot be put in charge, it waits again, and for others first. */
export function released(record: SessionRecord, id: ParticipantId, now: number, limits: Limits): SessionRecord {
  const found = openOffer(record);
  if (found?.state.is !== 'accepted' || found.state.by.id !== id) return record;
  const late = [...found.late, found.state.by.agent];
  const waitsAgain = changed(record, { offer: { ...found, late, ...waiting(found.to, now, limits) } });
  // Who came for this alone has nothing more to do here.
  return participantIn(record, id)?.way === 'offer' ? without(waitsAgain, id, 'left') : waitsAgain;
}

export function withoutKnock(record: SessionRecord, id: ParticipantId, why: Out['why']): SessionRecord {
  const knock = record.knocks.find((one) => one.id === id);
  if (!knock) return record;
  return changed(record, {
    knocks: record.knocks.filter((one) => one.id !== id),
    outs: lastOuts([...record.outs, out(knock, why)]),
  });
}

export function without(record: SessionRecord, id: ParticipantId, why: Out['why']): SessionRecord {
  const going = participantIn(record, id);
  if (!going) return record;
  return changed(record, {
    participants: record.participants.filter((one) => one.id !== id),
    outs: lastOuts([...record.outs, out(going, why)]),
  });
}

function out({ id, agent, signingKey }: Pick<Seated, 'id' | 'agent' | 'signingKey'>, why: Out['why']): Out {
  return { id, why, ...(!agent && signingKey && { signingKey }) };
}

/** The oldest go first. */
export function lastOuts(outs: Out[]): Out[] {
  return outs.slice(-OUTS);
}

export function living(record: SessionRecord): void {
  if (record.phase === 'ended') throw new HulplijnError('session-ended');
}
