import { HulplijnError } from '../protocol/errors.ts';
import { PageId, ParticipantId, SessionId } from '../protocol/ids.ts';
import type { Role } from '../protocol/permissions.ts';
import { z } from '../protocol/schema.ts';
import { activity, type Facts, pageOf, person, roleIn, type Said } from './activity.ts';
import { agree, ask, type Consent, dueOf, end, isHere, isOn, settleConsent } from './consent.ts';
import { OffWhy } from './off-why.ts';
import { ScreenShown, Surface } from './screen-shown.ts';
import { Epoch, EVERYBODY, Id, kept } from './wire.ts';

const OnPage = z.object({ who: ParticipantId, page: z.optional(PageId) });
const People = z.array(OnPage).check(z.maxLength(16));

const Ask = kept('screen.ask', { epoch: Epoch, id: Id, of: ParticipantId });
/** The answer that is not a yes: a yes is `screen.on` itself. */
const Refuse = kept('screen.refuse', { id: Id, why: z.enum(['refused', 'lapsed', 'cannot']) });
const Withdraw = kept('screen.withdraw', { id: Id });
/** Said anew, whole, when others may see it or something else is chosen. `seers` agreed to, each on one page load. */
const On = kept('screen.on', {
  id: Id,
  /** The page load that shares: with it the share is over. */
  page: PageId,
  ask: z.optional(Id),
  surface: Surface,
  /** Moving pictures come before sharp text (mst-content-hint). */
  motion: z.optional(z.boolean()),
  seers: People,
  declined: People,
});
const Off = kept('screen.off', { id: Id, why: OffWhy });
/** Where the agent points on what `share` shows, in fractions of the picture; nowhere without a place. */
const Fraction = z.number().check(z.gte(0), z.lte(1));
const Point = kept('screen.point', { share: Id, at: z.nullable(z.object({ x: Fraction, y: Fraction })) });
export type Point = z.infer<typeof Point>;
/** The agent would like what `share` shows to move smoothly, or its text to be sharp again. */
const Motion = kept('screen.motion', { share: Id, on: z.boolean() });
export type Motion = z.infer<typeof Motion>;

const KEPT = [Ask, Refuse, Withdraw, On, Off] as const;
type ScreenMessage = z.output<(typeof KEPT)[number]>;

/** Somebody shares: known to all, seen by `seers` (SH1, SH2). */
export interface Share {
  id: string;
  by: string;
  page: string;
  ask: string | undefined;
  since: number;
  surface: Surface;
  motion: boolean;
  seers: z.infer<typeof People>;
  declined: z.infer<typeof People>;
}

export interface Screens {
  /** What was asked of customers, newest last. */
  asks: readonly Consent[];
  /** At most one a participant. */
  shares: readonly Share[];
}

const MOST_ASKS = 20;

/** Screens: the primary shares their own, and asks to see a customer's (SH1). */
export const screen = activity({
  name: 'screen',
  kept: KEPT,
  passed: [Point, Motion],
  amongAll: true,
  who: {
    'screen.point': { roles: ['primary'] },
    'screen.motion': { roles: ['primary'] },
    'screen.ask': { roles: ['primary'], management: true },
    'screen.refuse': { roles: EVERYBODY },
    'screen.withdraw': { roles: EVERYBODY },
    'screen.on': { roles: ['primary', 'customer'] },
    'screen.off': { roles: EVERYBODY },
  },
  start: { asks: [], shares: [] } as Screens,

  permits({ asks, shares }, facts, from, message) {
    switch (message.type) {
      case 'screen.ask':
        return roleIn(facts, message.of) === 'customer' && !asks.some(({ id }) => id === message.id);
      case 'screen.refuse':
        return asks.some(({ id, of }) => id === message.id && of === from);
      case 'screen.withdraw':
        return asks.some(({ id, by }) => id === message.id && by === from);
      case 'screen.on': {
        const share = shares.find(({ id }) => id === message.id);
        if (share) return share.by === from;
        if (facts.keeper !== undefined) return false; // offered: nothing is shared (TC6)
        return (
          roleIn(facts, from) === 'primary' || asks.some((one) => one.id === message.ask && wasAsked(one, facts, from))
        );
      }
      case 'screen.off':
        return shares.some(({ id, by }) => id === message.id && by === from);
      default:
        return message satisfies never;
    }
  },

  reduce(state, facts, from, message, at) {
    const onAsk = (id: string | undefined, change: (one: Consent) => Consent): Screens['asks'] =>
      state.asks.map((one) => (one.id === id ? change(one) : one));
    switch (message.type) {
      case 'screen.ask': {
        if (state.asks.some(({ id }) => id === message.id)) return state; // told again, for newcomers
        const asks = state.asks.filter(({ of }) => of !== message.of); // a new question takes the place of the old
        return { ...state, asks: [...asks, ask(message.id, from, message.of, facts, at)].slice(-MOST_ASKS) };
      }
      case 'screen.refuse':
        return { ...state, asks: onAsk(message.id, (one) => end(one, message.why, at)) };
      case 'screen.withdraw':
        return { ...state, asks: onAsk(message.id, (one) => end(one, 'withdrawn', at)) };
      case 'screen.on': {
        const { id, page, surface, motion = false, seers, declined } = message;
        const before = state.shares.find((one) => one.id === id);
        const share: Share = before
          ? { ...before, surface, motion, seers, declined }
          : { id, by: from, page, ask: message.ask, since: at, surface, motion, seers, declined };
        return {
          asks: onAsk(message.ask, (one) => agree(one, page, at)),
          shares: [...state.shares.filter(({ by }) => by !== from), share],
        };
      }
      case 'screen.off':
        return over(state, message.id, message.why, at);
      default:
        return message satisfies never;
    }
  },

  settle(before, facts, now) {
    let state = before;
    const asks = state.asks.map((one) =>
      isBefore(facts.handed, one, facts)
        ? end(one, 'handed over', now)
        : isBefore(facts.helping, one, facts)
          ? end(one, 'moved', now)
          : settleConsent(one, facts, now),
    );
    if (asks.some((one, at) => one !== state.asks[at])) state = { ...state, asks };
    for (const share of state.shares) {
      const why = endOf(share, facts);
      if (why) state = over(state, share.id, why, now);
    }
    const shares = state.shares.map((share) => {
      const seers = share.seers.filter(({ who, page }) => isOn(facts, who, page));
      return seers.length === share.seers.length ? share : { ...share, seers };
    });
    return shares.some((one, at) => one !== state.shares[at]) ? { ...state, shares } : state;
  },
  due: ({ asks }) => dueOf(asks),
  tell({ asks }, { epoch, roster }): ScreenMessage[] {
    const open = asks.filter(({ by, life }) => by === roster.you && life.is !== 'off');
    return open.map(({ id, of }) => ({ v: 1, type: 'screen.ask', epoch, id, of }));
  },

  views: {
    commands: [
      z.object({ type: z.literal('screen.ask'), session: SessionId, of: ParticipantId }),
      z.object({ type: z.literal('screen.refuse'), session: SessionId, id: Id, why: z.enum(['refused', 'cannot']) }),
      z.object({ type: z.literal('screen.withdraw'), session: SessionId, id: Id }),
      z.object({ type: z.literal('screen.stop'), session: SessionId }),
      /** Of one's own screen: whose else it is, the page that shows it asks (screen-sharing.ts). */
      z.object({ type: z.literal('screen.motion'), session: SessionId, on: z.boolean() }),
      /** The answer to a newcomer (SH2), for that share alone. */
      z.object({ type: z.literal('screen.show'), session: SessionId, id: Id, to: ParticipantId, yes: z.boolean() }),
    ],

    obey({ shares }, facts, command, newId) {
      const mine = shares.find(({ by }) => by === facts.roster.you);
      switch (command.type) {
        case 'screen.ask':
          return all({ v: 1, type: 'screen.ask', epoch: facts.epoch, id: newId(), of: command.of });
        case 'screen.refuse':
          return all({ v: 1, type: 'screen.refuse', id: command.id, why: command.why });
        case 'screen.withdraw':
          return all({ v: 1, type: 'screen.withdraw', id: command.id });
        case 'screen.stop':
          return mine ? all({ v: 1, type: 'screen.off', id: mine.id, why: 'stopped' }) : [];
        case 'screen.motion':
          return mine ? all(announcement({ ...mine, motion: command.on })) : [];
        case 'screen.show': {
          if (mine?.id !== command.id || !isHere(facts, command.to)) throw new HulplijnError('not-found');
          const one = onPage(facts, command.to);
          const change = command.yes ? { seers: [...mine.seers, one] } : { declined: [...mine.declined, one] };
          return all(announcement({ ...mine, ...change }));
        }
        default:
          return command satisfies never;
      }
    },

    shown: ScreenShown,
    show({ asks, shares }, facts) {
      const { you } = facts.roster;
      const role = roleIn(facts, you);
      const named = (id: string) => ({ id, name: person(facts, id)?.name ?? '' });
      const asked = asks.find(({ of, life }) => of === you && life.is === 'asked');
      const mine = shares.find(({ by }) => by === you);
      return {
        mayAsk: role === 'primary',
        mayPoint: role === 'primary',
        mayShare: role === 'primary' || asked !== undefined,
        asked:
          asked?.life.is === 'asked'
            ? {
                id: asked.id,
                name: named(asked.by).name,
                until: asked.life.until,
                seers: seersNow(facts).map(({ who }) => ({
                  name: named(who).name,
                  customer: roleIn(facts, who) === 'customer',
                })),
              }
            : null,
        asks: asks
          .filter(({ by }) => by === you)
          .map(({ id, of, life }) => ({
            id,
            of: named(of),
            until: life.is === 'asked' ? life.until : null,
            why: life.is === 'off' ? life.why : null,
          })),
        mine: mine
          ? {
              id: mine.id,
              since: mine.since,
              surface: mine.surface,
              motion: mine.motion,
              seers: mine.seers.map(({ who }) => named(who)),
              newcomers: seersNow(facts)
                .filter(({ who }) => !knows(mine, facts, who))
                .map(({ who }) => named(who)),
            }
          : null,
        others: shares
          .filter(({ by }) => by !== you)
          .map((one) => ({
            id: one.id,
            by: named(one.by),
            since: one.since,
            surface: one.surface,
            motion: one.motion,
            toMe: one.seers.some(({ who, page }) => who === you && isOn(facts, you, page)),
          })),
      };
    },
  },
});

/** A new share of this page's, seen by all who are here now. */
export function startOf(facts: Facts, id: string, surface: Surface, asked: string | undefined): ScreenMessage {
  const seers = seersNow(facts);
  return announcement({ id, page: facts.page, ask: asked, surface, motion: false, seers, declined: [] });
}

/** The same share, of something else now, or sent in another way. */
export function changeOf(share: Share, change: Partial<Pick<Share, 'surface' | 'motion'>>): ScreenMessage {
  return announcement({ ...share, ...change });
}

function announcement({ ask: asked, ...rest }: Omit<Share, 'by' | 'since'>): ScreenMessage {
  const { id, page, surface, motion, seers, declined } = rest;
  const message = { id, page, surface, motion, seers, declined };
  return { v: 1, type: 'screen.on', ...message, ...(asked === undefined ? {} : { ask: asked }) };
}

const all = (message: ScreenMessage): Said<ScreenMessage>[] => [{ message, to: 'all' }];

function onPage(facts: Facts, who: string): z.infer<typeof OnPage> {
  const page = pageOf(facts, who);
  return page === undefined ? { who } : { who, page };
}

/** Asked before another customer was chosen (PA3) or another primary put in charge (TC4), and still open or on. */
function isBefore(turn: { at: number } | undefined, { life }: Consent, { roster }: Facts): boolean {
  if (!turn || life.is === 'off') return false;
  const asked = life.is === 'asked' ? life.until - roster.limits.consentWait * 1000 : life.since;
  return asked < turn.at;
}

/** Everybody else who is here (PA2); customers see each other's only when the primary has proven both (SE1). */
function seersNow(facts: Facts): z.infer<typeof People> {
  const { you, participants } = facts.roster;
  const mine = roleIn(facts, you);
  const known = ({ id, role }: { id: string; role: Role }) =>
    !(mine === 'customer' && role === 'customer') || facts.introductions[id]?.proven === true;
  return participants
    .filter((one) => one.id !== you && known(one) && isHere(facts, one.id))
    .map(({ id }) => onPage(facts, id));
}

function knows(share: Share, facts: Facts, id: string): boolean {
  return [...share.seers, ...share.declined].some(({ who, page }) => who === id && isOn(facts, id, page));
}

function wasAsked({ of, life }: Consent, { handed }: Facts, from: string): boolean {
  if (of !== from) return false;
  // When it lapsed a yes may have been under way: it is theirs to say, but not before another was in charge (TC4).
  return life.is !== 'off' || (life.why === 'lapsed' && life.at >= (handed?.at ?? 0));
}

/** Why a share is over by itself: its page or its person went, or who may share is another now (TC4). */
function endOf(share: Share, facts: Facts): OffWhy | undefined {
  if (!isHere(facts, share.by)) return 'gone';
  if (!isOn(facts, share.by, share.page)) return 'reloaded';
  if (facts.handed && share.since < facts.handed.at) return 'handed over';
  if (facts.helping && share.since < facts.helping.at) return 'moved';
  return undefined;
}

function over(state: Screens, id: string, why: OffWhy, at: number): Screens {
  const share = state.shares.find((one) => one.id === id);
  return {
    asks: state.asks.map((one) => (share && one.id === share.ask ? end(one, why, at) : one)),
    shares: state.shares.filter((one) => one.id !== id),
  };
}
