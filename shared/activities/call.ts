import { PageId, ParticipantId, SessionId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { acceptedBy, activity, type Facts, person, roleIn, type Said } from './activity.ts';
import { CallShown } from './call-shown.ts';
import { agree, ask, type Consent, dueOf, end, isHere, isOn, settleConsent } from './consent.ts';
import { Epoch, EVERYBODY, Id, kept } from './wire.ts';

/** Whoever starts a call is in it; `of` are rung. */
const Ring = kept('call.ring', { epoch: Epoch, id: Id, of: z.array(ParticipantId).check(z.maxLength(8)) });
/** In it, on that page load; said anew after a reload, when mute or camera change. */
const In = kept('call.in', { id: Id, page: PageId, mic: z.boolean(), camera: z.boolean() });
/** The call as it runs, for one who comes later. */
const Runs = kept('call.runs', {
  epoch: Epoch,
  id: Id,
  by: ParticipantId,
  members: z
    .array(z.object({ who: ParticipantId, page: PageId, mic: z.boolean(), camera: z.boolean() }))
    .check(z.maxLength(16)),
});
const Refuse = kept('call.refuse', { id: Id, why: z.enum(['refused', 'lapsed', 'cannot']) });
const Leave = kept('call.leave', { id: Id });
const End = kept('call.end', { epoch: Epoch, id: Id });

const KEPT = [Ring, In, Runs, Refuse, Leave, End] as const;
type CallMessage = z.output<(typeof KEPT)[number]>;

export interface Member {
  who: string;
  page: string;
  mic: boolean;
  camera: boolean;
  at: number; // when last said, here
}

/** One call a session: who is in it hears the others who are, and sees those whose camera is on (SH5, SH6). */
export interface Call {
  id: string;
  by: string;
  since: number;
  rung: readonly Consent[];
  members: readonly Member[];
}

export interface Calls {
  now: Call | null;
}

/** Voice and video among all participants: the primary starts, anybody present may join (SH5, SH6). */
export const call = activity({
  name: 'call',
  kept: KEPT,
  amongAll: true,
  who: {
    'call.runs': { roles: ['primary', 'customer'], management: true }, // a customer, below
    'call.ring': { roles: ['primary'], management: true },
    'call.in': { roles: EVERYBODY },
    'call.refuse': { roles: EVERYBODY },
    'call.leave': { roles: EVERYBODY },
    'call.end': { roles: ['primary'], management: true },
  },
  start: { now: null } as Calls,

  permits({ now }, facts, from, message) {
    if (message.type === 'call.ring') return now === null && message.of.every((id) => person(facts, id) !== undefined);
    if (message.type === 'call.runs') return now === null && mayTell(facts, from);
    return now?.id === message.id; // refusing or leaving what one is not in changes nothing
  },

  reduce({ now }, facts, from, message, at) {
    if (message.type === 'call.ring') {
      const rung = message.of.filter((id) => id !== from).map((id) => ask(message.id, from, id, facts, at));
      return { now: { id: message.id, by: from, since: at, rung, members: [] } };
    }
    if (message.type === 'call.runs') {
      const { id, by, members } = message;
      return { now: now ?? { id, by, since: at, rung: [], members: members.map((one) => ({ ...one, at })) } };
    }
    if (!now) return { now };
    const ofMe = (change: (one: Consent) => Consent) => now.rung.map((one) => (one.of === from ? change(one) : one));
    switch (message.type) {
      case 'call.in': {
        const { page, mic, camera } = message;
        const others = now.members.filter(({ who }) => who !== from);
        const rung = ofMe((one) => agree(one, page, at));
        return { now: { ...now, rung, members: [...others, { who: from, page, mic, camera, at }] } };
      }
      case 'call.refuse': {
        const { why } = message;
        if (why !== 'cannot' || now.rung.some(({ of }) => of === from))
          return { now: { ...now, rung: ofMe((one) => end(one, why, at)) } };
        // Who was not rung and would have joined (TC5): all see why they do not.
        return { now: { ...now, rung: [...now.rung, end(ask(message.id, now.by, from, facts, at), why, at)] } };
      }
      case 'call.leave': {
        const members = now.members.filter(({ who }) => who !== from);
        return { now: members.length === 0 ? null : { ...now, members } };
      }
      case 'call.end':
        return { now: null };
      default:
        return message satisfies never;
    }
  },

  /** A running call goes on over a reload: whoever reloaded is still in it, and comes back by themselves (SH2). */
  settle(state, facts, at) {
    const { now } = state;
    if (!now) return state;
    const rung = now.rung.map((one) => (one.life.is === 'asked' ? settleConsent(one, facts, at) : one));
    const seen = facts.handed?.at ?? 0; // cameras are off after a transfer, voices go on (TC4, TC5)
    const offered = facts.handed?.why === 'offered';
    const members = now.members
      .filter(({ who }) => isHere(facts, who) && !(offered && who === facts.handed?.by)) // TS4
      .map((one) => (one.camera && one.at < seen ? { ...one, camera: false } : one));
    const isAlone = members.length === 1 && offered && members.every((one) => one.at <= seen);
    if (isAlone || (members.length === 0 && now.members.length > 0)) return { now: null };
    const as = <T>(after: readonly T[], before: readonly T[]) =>
      after.length === before.length && after.every((one, index) => one === before[index]);
    return as(members, now.members) && as(rung, now.rung) ? state : { now: { ...now, rung, members } };
  },
  tell({ now }, { epoch }): CallMessage[] {
    if (!now) return [];
    const { id, by, members } = now;
    return [{ v: 1, type: 'call.runs', epoch, id, by, members: [...members] }];
  },
  due: ({ now }) => (now ? dueOf(now.rung) : undefined),

  views: {
    commands: [
      // Each of the one that the view showed: another may run by now.
      z.object({ type: z.literal('call.refuse'), session: SessionId, id: Id, why: z.enum(['refused', 'cannot']) }),
      /** The primary ends it for all; others leave it. */
      z.object({ type: z.literal('call.hangUp'), session: SessionId, id: Id }),
      z.object({ type: z.literal('call.mic'), session: SessionId, id: Id, on: z.boolean() }),
      z.object({ type: z.literal('call.cameraOff'), session: SessionId, id: Id }),
    ],
    obey({ now }, facts, command) {
      if (now?.id !== command.id) return [];
      const mine = now.members.find(({ who }) => who === facts.roster.you);
      switch (command.type) {
        case 'call.refuse':
          return all({ v: 1, type: 'call.refuse', id: now.id, why: command.why });
        case 'call.hangUp':
          return roleIn(facts, facts.roster.you) === 'primary'
            ? all({ v: 1, type: 'call.end', epoch: facts.epoch, id: now.id })
            : all({ v: 1, type: 'call.leave', id: now.id });
        case 'call.mic':
          return mine ? all(inCall(facts, now, { ...mine, mic: command.on })) : [];
        case 'call.cameraOff':
          return mine ? all(inCall(facts, now, { ...mine, camera: false })) : [];
        default:
          return command satisfies never;
      }
    },
    shown: CallShown,
    show({ now }, facts) {
      const { you } = facts.roster;
      const nameOf = (id: string) => person(facts, id)?.name ?? '';
      const mayCall = roleIn(facts, you) === 'primary';
      if (!now) return { mayCall, now: null };
      const mine = now.members.find(({ who }) => who === you);
      const ringing = now.rung.find(({ of, life }) => of === you && life.is === 'asked')?.life;
      const isIn = (id: string) => now.members.some(({ who }) => who === id);
      return {
        mayCall,
        now: {
          id: now.id,
          by: nameOf(now.by),
          since: now.since,
          ringing: ringing?.is === 'asked' && !mine ? ringing.until : null,
          mine: mine ? { mic: mine.mic, camera: mine.camera, here: isOn(facts, you, mine.page) } : null,
          members: now.members.map(({ who, mic, camera }) => ({
            id: who,
            name: nameOf(who),
            mic,
            camera,
            you: who === you,
          })),
          rung: now.rung
            .filter(({ of }) => !isIn(of))
            .map(({ of, life }) => ({
              id: of,
              name: nameOf(of),
              until: life.is === 'asked' ? life.until : null,
              why: life.is === 'off' ? life.why : null,
            })),
        },
      };
    },
  },
});

/** The primary; and to who has accepted the session, the customer who kept it (TS5). */
function mayTell(facts: Facts, from: string): boolean {
  const { you } = facts.roster;
  return roleIn(facts, from) === 'primary' || (acceptedBy(facts, you) && facts.handed?.by === from);
}

/** One's own part in a call, as it is now. */
export function inCall(facts: Facts, { id }: Call, { mic, camera }: Pick<Member, 'mic' | 'camera'>): CallMessage {
  return { v: 1, type: 'call.in', id, page: facts.page, mic, camera };
}

const all = (message: CallMessage): Said<CallMessage>[] => [{ message, to: 'all' }];
