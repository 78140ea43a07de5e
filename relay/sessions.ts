import type { Control } from '../shared/protocol/control.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import type { InvitationId, ParticipantId, SessionId, SigningKey } from '../shared/protocol/ids.ts';
import type { Limits } from '../shared/protocol/limits.ts';
import { type Act, MANAGEMENT, may } from '../shared/protocol/permissions.ts';
import type { EndedWhy, Guest, Way } from '../shared/protocol/relay-api.ts';
import { type CheckedControl, mustHold } from './checked-control.ts';
import { passedOn } from './keeper.ts';
import { OUTCOME_SHOWN, openOffer, waits } from './offer-record.ts';
import {
  changed,
  isDismissed,
  isRepeated,
  lastOuts,
  living,
  participantIn,
  primaryOf,
  put,
  released,
  replaced,
  without,
  withoutKnock,
} from './session-change.ts';
import type { Invitation, Inviter, Out, Seated, SessionRecord } from './session-record.ts';

/**
 * The rules on a session, as pure functions: record and act in, the changed record out. What may not be is thrown as a
 * `HulplijnError`; an act that changes nothing returns the record it was given, so nothing is written or sent.
 */

/** So many open invitations a session; a bound, no rule for people. */
const INVITATIONS = 200;
const OVER: Invitation['state'] = { is: 'over', reported: false };

/** Who comes, in which browser. */
export interface Who {
  id: ParticipantId;
  name: string;
  signingKey?: SigningKey | undefined;
}

export interface Newcomer extends Who {
  role: 'assistant' | 'customer';
  way: Way;
  invitation?: InvitationId | undefined;
  invitedBy?: ParticipantId | undefined;
  agent?: string | undefined;
  goneAt?: number | undefined; // let in while its page may only be reloading
}

/** Whoever presses, in which state of affairs: `epoch` is asked for acts of management only. */
export interface By {
  id: ParticipantId;
  epoch?: number;
}

/** PA4: whether a further customer finds room in this very session. */
function takesCustomer(record: SessionRecord, id: ParticipantId): boolean {
  return record.mode === 'single' || record.participants.every((one) => one.role !== 'customer' || one.id === id);
}

// --- coming in ------------------------------------------------------------------------------------------------------

/** Takes a seat. Whoever has one keeps it, and its key; whether its page is connected is for `hold` to say. */
export function seat(record: SessionRecord, newcomer: Newcomer, now: number, limits: Limits): SessionRecord {
  living(record);
  if (participantIn(record, newcomer.id)) return record;
  mustBeTheSame(record, newcomer);
  const { id, name, role, way, invitation, invitedBy, agent, signingKey, goneAt } = newcomer;
  const kept = way !== 'offer' && waits(record.offer) ? 1 : 0; // for who accepts it: nobody else could make room (TS5)
  if (record.participants.length + kept >= limits.participants) throw new HulplijnError('full');
  return changed(record, {
    phase: 'open',
    participants: [
      ...record.participants,
      {
        ...{ id, role, name, state: 'away', since: now, joinedAt: now, way },
        ...(invitation && { invitation, invitedBy }),
        ...(agent && { agent }),
        ...(signingKey && { signingKey }),
        ...(goneAt !== undefined && { goneAt }),
      },
    ],
    knocks: record.knocks.filter((knock) => knock.id !== id),
    outs: record.outs.filter((out) => out.id !== id),
    barred: record.barred.filter((one) => one !== agent),
  });
}

/**
 * Opens a join link (JO3). Fresh, or its own seat coming back: in at once, or, where the session holds its one customer
 * already, `moved` to the session `elsewhere`. Used by somebody else: knocks.
 */
export function useInvitation(
  record: SessionRecord,
  use: Who & { invitation: InvitationId; elsewhere: SessionId },
  now: number,
  limits: Limits,
): SessionRecord {
  living(record);
  const { id, name, signingKey, elsewhere } = use;
  if (participantIn(record, id)) return record;
  const invitation = invitationIn(record, use.invitation);
  const { state } = invitation;
  if (invitation.guest !== 'customer') throw new HulplijnError('forbidden');
  if (state.is === 'over') throw new HulplijnError('invitation-over');
  if (state.is === 'moved') return record;
  if (state.is === 'used' && state.seat !== id)
    return knock(record, { id, name, signingKey, way: 'used link' }, now, limits);
  if (!takesCustomer(record, id) && !primaryOf(record)) throw new HulplijnError('no-agent-yet'); // whose would it be
  if (!takesCustomer(record, id)) return marked(record, invitation.id, { is: 'moved', seat: id, to: elsewhere });
  const used = marked(record, invitation.id, { is: 'used', seat: id });
  const came = { invitation: invitation.id, invitedBy: invitation.by };
  return seat(used, { id, name, signingKey, role: 'customer', way: 'link', ...came }, now, limits);
}

/** An agent comes to assist (AS1): at once. By invitation, its first user is proven by its key. */
export function assist(
  record: SessionRecord,
  who: Who & { agent: string; invitation?: InvitationId | undefined },
  now: number,
  limits: Limits,
): SessionRecord {
  living(record);
  const { id, name, agent, signingKey } = who;
  const already = participantIn(record, id);
  if (already?.role === 'primary') throw new HulplijnError('already-here');
  if (already) return record;
  // Removed means removed: only an invitation made since brings them back (EN2), not one that others came by.
  const isRemoved = record.barred.includes(agent);
  if (!who.invitation) {
    if (isRemoved) throw new HulplijnError('forbidden');
    return seat(record, { id, name, role: 'assistant', way: 'number', agent, signingKey }, now, limits);
  }
  const invitation = invitationIn(record, who.invitation);
  const { state } = invitation;
  if (invitation.guest !== 'representative') throw new HulplijnError('forbidden');
  if (state.is === 'over' || state.is === 'moved') throw new HulplijnError('invitation-over');
  const first = state.is === 'fresh' || state.seat === id;
  if (isRemoved && (!first || invitation.notFor.includes(agent))) throw new HulplijnError('forbidden');
  const base = first ? marked(record, invitation.id, { is: 'used', seat: id }) : record;
  const way = first ? 'link' : 'used link';
  const came = first ? { invitation: invitation.id, invitedBy: invitation.by } : {};
  return seat(base, { id, name, role: 'assistant', way, agent, signingKey, ...came }, now, limits);
}

/** A customer who was out comes again with the key the others may still know; an agent's browser may have lost its own. */
function mustBeTheSame(record: SessionRecord, { id, signingKey }: Who): void {
  const key = record.outs.find((one) => one.id === id)?.signingKey;
  if (key !== undefined && key !== signingKey) throw new HulplijnError('forbidden');
}

/** Waits for the primary's answer (JO4). A page that already waits keeps its place. */
export function knock(record: SessionRecord, who: Who & { way: Way }, now: number, limits: Limits): SessionRecord {
  living(record);
  if (participantIn(record, who.id) || record.knocks.some((one) => one.id === who.id)) return record;
  mustBeTheSame(record, who);
  if (record.knocks.length >= limits.knocksWaiting) throw new HulplijnError('busy');
  return changed(record, {
    knocks: [...record.knocks, { ...who, at: now, lapsesAt: now + limits.knockLife * 1000 }],
    outs: record.outs.filter((out) => out.id !== who.id),
  });
}

export function admit(record: SessionRecord, by: By, id: ParticipantId, now: number, limits: Limits): SessionRecord {
  const waiting = manage(record, by, 'admit').knocks.find((one) => one.id === id);
  if (!waiting) throw new HulplijnError('not-found');
  if (takesCustomer(record, id)) {
    const { name, way, goneAt, signingKey } = waiting;
    return seat(record, { id, name, role: 'customer', way, goneAt, signingKey }, now, limits);
  }
  return withoutKnock(record, id, 'moved');
}

export function decline(record: SessionRecord, by: By, id: ParticipantId): SessionRecord {
  manage(record, by, 'admit');
  return withoutKnock(record, id, 'refused');
}

// --- inviting -------------------------------------------------------------------------------------------------------

/** In the name of `by`; or of who had made it, where its customer got a session of their own (PA4). */
export function invite(
  record: SessionRecord,
  by: By,
  invitation: { id: InvitationId; guest: Guest } & Partial<Inviter>,
): SessionRecord {
  manage(record, by, 'invite');
  const open = record.invitations.filter((one) => one.state.is !== 'over' || one.state.reported);
  if (open.length >= INVITATIONS) throw new HulplijnError('too-many-attempts');
  const { name = '', agent } = participantIn(record, by.id) ?? {};
  const made = { agent: name, inviter: agent, ...invitation, by: by.id, notFor: [] };
  return changed(record, { invitations: [...open, { ...made, state: { is: 'fresh' } }] });
}

export function revoke(record: SessionRecord, by: By, id: InvitationId): SessionRecord {
  manage(record, by, 'invite');
  return invitationIn(record, id).state.is === 'over' ? record : marked(record, id, OVER);
}

/** "I did not ask for this" (JO6): by whoever holds the link, joined or not. */
export function report(record: SessionRecord, id: InvitationId): SessionRecord {
  const { state } = invitationIn(record, id);
  if (state.is === 'over' && state.reported) return record;
  return marked(record, id, { is: 'over', reported: true });
}

export function invitationIn(record: SessionRecord, id: InvitationId): Invitation {
  const found = record.invitations.find((one) => one.id === id);
  if (!found) throw new HulplijnError('not-found');
  return found;
}

// --- going ----------------------------------------------------------------------------------------------------------

/** EN2: seat and invitation are dead; an agent is out in every browser. */
export function remove(record: SessionRecord, by: By, id: ParticipantId): SessionRecord {
  manage(record, by, 'remove');
  const going = participantIn(record, id);
  if (!going) return record; // it left in the same moment
  if (going.role === 'primary') throw new HulplijnError('forbidden');
  const { agent } = going;
  // A browser of the primary's own is only that: they are in charge in another.
  if (!agent || agent === primaryOf(record)?.agent) return removed(record, id);
  const theirs = record.participants.filter((one) => one.agent === agent);
  return shutOut(
    theirs.reduce((left, one) => removed(left, one.id), record),
    agent,
  );
}

/** Until somebody invites them anew. */
function shutOut(record: SessionRecord, agent: string): SessionRecord {
  const left = withoutInvitationsOf(record, agent);
  const notFor = (one: Invitation) => [...new Set([...one.notFor, agent])];
  return changed(left, {
    barred: [...left.barred, agent],
    invitations: left.invitations.map((one) => ({ ...one, notFor: notFor(one) })),
  });
}

/** An agent who is out lets nobody in any more, themselves neither (EN2, PA1): what they made and nobody has used is over. */
export function withoutInvitationsOf(record: SessionRecord, agent: string): SessionRecord {
  const isUnused = ({ inviter, state }: Invitation) => inviter === agent && state.is === 'fresh';
  return record.invitations.filter(isUnused).reduce((left, { id }) => marked(left, id, OVER), record);
}

/** An agent's browser was signed out: what it leads is closed, and it assists nowhere. */
export function signedOut(record: SessionRecord, id: ParticipantId, now: number, limits: Limits): SessionRecord {
  const going = participantIn(record, id);
  if (!going || record.phase === 'ended') return record;
  return going.role === 'primary' ? ended(record, 'signed out', now) : removed(released(record, id, now, limits), id);
}

/**
 * An agent is one no more (PA1): their page never comes back. What they lead is lost at once (EN3), so that an assistant
 * may ask to take over; with no other agent in it, it is closed.
 */
export function dismissed(record: SessionRecord, id: ParticipantId, now: number, limits: Limits): SessionRecord {
  const going = participantIn(record, id);
  if (going?.role !== 'primary' || record.phase === 'ended') return signedOut(record, id, now, limits);
  const other = ({ role, state, agent }: Seated) => role === 'assistant' && state !== 'gone' && agent !== going.agent;
  if (!record.participants.some(other)) return ended(record, 'signed out', now);
  const { held: _held, goneAt: _goneAt, ...rest } = going;
  return changed(record, { participants: replaced(record, { ...rest, state: 'gone', since: now }) });
}

function removed(record: SessionRecord, id: ParticipantId): SessionRecord {
  const invitations = record.invitations.map((one) =>
    one.state.is === 'used' && one.state.seat === id ? { ...one, state: OVER } : one,
  );
  return without({ ...record, invitations }, id, 'removed');
}

export function leave(record: SessionRecord, id: ParticipantId, now: number, limits: Limits): SessionRecord {
  const leaver = participantIn(record, id);
  if (!leaver) {
    // Whoever waits may stop waiting, and whoever left may say so twice.
    return record.knocks.some((one) => one.id === id) ? withoutKnock(record, id, 'left') : record;
  }
  if (record.phase === 'ended') return record;
  if (!may(leaver.role, 'leave')) throw new HulplijnError('forbidden');
  const free = released(record, id, now, limits);
  const left = participantIn(free, id) ? without(free, id, 'left') : free;
  return passedOn(left, id, now) ?? ended(left, 'closed', now);
}

export function end(record: SessionRecord, by: By, now: number): SessionRecord {
  if (record.phase === 'ended') return record;
  manage(record, by, 'end');
  return ended(record, 'ended', now);
}

const BY_PRIMARY: ReadonlySet<EndedWhy> = new Set(['ended', 'closed', 'signed out']);

/** Number, invitations and knocks are dead at once (EN1). */
export function ended(
  record: SessionRecord,
  why: NonNullable<SessionRecord['ended']>['why'],
  now: number,
): SessionRecord {
  const primary = primaryOf(record);
  const open = openOffer(record);
  const over: typeof open = open && { ...open, state: { is: 'over', until: now + OUTCOME_SHOWN } };
  const knocks = record.knocks.map(({ id }): Out => ({ id, why: 'refused' }));
  return changed(record, {
    phase: 'ended',
    ended: { why, ...(BY_PRIMARY.has(why) && primary && { by: primary.name }), at: now },
    ...(over && { offer: over }),
    knocks: [],
    outs: lastOuts([...record.outs, ...knocks]),
  });
}

// --- in charge ------------------------------------------------------------------------------------------------------

/**
 * Another agent is in charge (TC6): the primary's own act, a customer's after the primary was lost (EN3), or the
 * keeper's of an offered session (TS5). Here it is who asks, that nobody was put in charge meanwhile, and that what is
 * signed will hold in every page, which checks it too.
 */
export function control(
  record: SessionRecord,
  by: ParticipantId,
  checked: CheckedControl,
  now: number,
  limits: Limits,
): SessionRecord {
  const next = checked.control;
  const signer = participantIn(record, by);
  if (!signer) throw new HulplijnError('not-found');
  if (isRepeated(record, next)) return record;
  living(record);
  if (next.epoch !== record.epoch + 1) throw new HulplijnError('handed-over');
  if (next.by !== by || !maySign(record, signer, next.why, now, limits)) throw new HulplijnError('forbidden');
  const open = openOffer(record);
  if (open && !(open.state.is === 'accepted' && open.state.by.id === next.to)) throw new HulplijnError('conflict');
  const heir = participantIn(record, next.to);
  if (heir?.role !== 'assistant') throw new HulplijnError('not-found');
  if (heir.state !== 'present') throw new HulplijnError('not-here');
  mustHold(record, checked);
  const old = record.participants.find(isDismissed);
  const handed = put(record, next, {
    participants: record.participants.map((one) =>
      one.id === heir.id ? { ...one, role: 'primary' } : one.role === 'primary' ? { ...one, role: 'assistant' } : one,
    ),
    ...(open?.state.is === 'accepted' && {
      offer: { ...open, state: { is: 'taken', by: open.state.by, until: now + OUTCOME_SHOWN } },
    }),
  });
  return old ? removed(handed, old.id) : handed;
}

function maySign(
  record: SessionRecord,
  { id, role }: Seated,
  why: Control['why'],
  now: number,
  limits: Limits,
): boolean {
  switch (why) {
    case 'handed over':
      return may(role, 'transfer');
    case 'primary lost':
      return role === 'customer' && isLost(record, now, limits);
    case 'accepted':
      return openOffer(record)?.keeper === id;
    case 'offered':
      return false; // that says to whom, too: session-offer.ts
  }
}

/** EN3: the primary's page has been away for so long that another may be put in charge. */
function isLost(record: SessionRecord, now: number, limits: Limits): boolean {
  const primary = primaryOf(record);
  if (!primary) return false;
  return isDismissed(primary) || (primary.state !== 'present' && now - primary.since >= limits.primaryLost * 1000);
}

/** "Who may what", the relay's share of it. A session one is not in does not exist for one. */
function manage(record: SessionRecord, by: By, act: Act): SessionRecord {
  const one = participantIn(record, by.id);
  if (!one || isDismissed(one)) throw new HulplijnError('not-found');
  living(record);
  if (!may(one.role, act)) throw new HulplijnError('forbidden');
  if (MANAGEMENT.has(act) && by.epoch !== record.epoch) throw new HulplijnError('handed-over');
  return record;
}

function marked(record: SessionRecord, id: InvitationId, state: Invitation['state']): SessionRecord {
  return changed(record, {
    invitations: record.invitations.map((one) => (one.id === id ? { ...one, state } : one)),
  });
}
