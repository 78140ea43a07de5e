import { ParticipantId, SessionId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { activity, type Facts, person, roleIn, type Said } from './activity.ts';
import { ask, type Consent, dueOf, end, isHere, settleConsent } from './consent.ts';
import { TakeoverShown } from './takeover-shown.ts';
import { Id, kept } from './wire.ts';

/** Asked of every customer; a Yes is the record they sign (protocol/control.ts), which proves itself. */
const Ask = kept('takeover.ask', { id: Id, of: z.array(ParticipantId).check(z.minLength(1), z.maxLength(8)) });
const Refuse = kept('takeover.refuse', { id: Id });

const KEPT = [Ask, Refuse] as const;
type TakeoverMessage = z.output<(typeof KEPT)[number]>;

export interface Takeover {
  id: string;
  by: string; // an assistant
  asked: readonly Consent[]; // one a customer
}

interface Takeovers {
  asks: readonly Takeover[];
}

/** The primary is lost (EN3): an assistant asks to take control, every customer is asked, the first Yes decides. */
export const takeover = activity({
  name: 'takeover',
  kept: KEPT,
  who: { 'takeover.ask': { roles: ['assistant'] }, 'takeover.refuse': { roles: ['customer'] } },
  start: { asks: [] } as Takeovers,

  permits({ asks }, facts, _, message) {
    if (message.type === 'takeover.refuse') return asks.some(({ id }) => id === message.id);
    return isPrimaryAway(facts) && message.of.every((id) => roleIn(facts, id) === 'customer');
  },

  reduce({ asks }, facts, from, message, at) {
    if (message.type === 'takeover.ask') {
      // Who said No and is not asked anew has still said it.
      const said = asks.find(({ by }) => by === from)?.asked ?? [];
      const refused = said.filter((one) => hasRefused(one) && !message.of.includes(one.of));
      const asked = [...refused, ...message.of.map((who) => ask(message.id, from, who, facts, at))];
      return { asks: [...asks.filter(({ by }) => by !== from), { id: message.id, by: from, asked }] };
    }
    const refused = (one: Consent) => (one.of === from ? end(one, 'refused', at) : one);
    return { asks: asks.map((one) => (one.id === message.id ? { ...one, asked: one.asked.map(refused) } : one)) };
  },

  /** The primary is back, or somebody is in charge: nothing is asked any more. */
  settle(state, facts, now) {
    const { handed } = facts;
    const settled = (one: Consent) => {
      if (one.life.is !== 'asked') return one;
      if (handed && one.life.until - facts.roster.limits.consentWait * 1000 <= handed.at)
        return end(one, 'handed over', now);
      return isPrimaryAway(facts) ? settleConsent(one, facts, now) : end(one, 'withdrawn', now);
    };
    const asks = state.asks.map((one) => {
      const asked = one.asked.map(settled);
      return asked.some((consent, at) => consent !== one.asked[at]) ? { ...one, asked } : one;
    });
    return asks.some((one, at) => one !== state.asks[at]) ? { asks } : state;
  },
  due: ({ asks }) => dueOf(asks.flatMap(({ asked }) => asked)),

  views: {
    commands: [
      z.object({ type: z.literal('takeover.ask'), session: SessionId }),
      z.object({ type: z.literal('takeover.refuse'), session: SessionId, id: Id }),
    ],
    obey(_, facts, command, newId): Said<TakeoverMessage>[] {
      if (command.type === 'takeover.refuse')
        return [{ message: { v: 1, type: 'takeover.refuse', id: command.id }, to: 'all' }];
      const of = facts.roster.participants
        .filter(({ id, role }) => role === 'customer' && isHere(facts, id))
        .map(({ id }) => id);
      return of.length === 0 ? [] : [{ message: { v: 1, type: 'takeover.ask', id: newId(), of }, to: 'all' }];
    },
    shown: TakeoverShown,
    show({ asks }, facts) {
      const { you } = facts.roster;
      const nameOf = (id: string) => person(facts, id)?.name ?? '';
      const waiting = asks.flatMap((one) => one.asked).find(({ of, life }) => of === you && life.is === 'asked');
      const mine = asks.find(({ by, asked }) => by === you && !asked.some(({ life }) => isAnswered(life)));
      return {
        asked:
          waiting?.life.is === 'asked'
            ? {
                id: waiting.id,
                name: nameOf(waiting.by),
                primary: nameOf(leader(facts) ?? ''),
                until: waiting.life.until,
              }
            : null,
        mine: mine
          ? {
              of: mine.asked.map(({ of, life }) => ({
                name: nameOf(of),
                until: life.is === 'asked' ? life.until : null,
                why: life.is === 'off' ? life.why : null,
              })),
            }
          : null,
      };
    },
  },
});

/** Somebody took over to whom `who` had said No: they leave (EN3). */
export function saidNo({ asks }: Takeovers, { handed, roster }: Facts, who = roster.you): boolean {
  if (handed?.why !== 'primary lost') return false;
  const refused = (one: Consent) => one.of === who && hasRefused(one);
  return asks.some(({ by, asked }) => by === handed.to && asked.some(refused));
}

const hasRefused = ({ life }: Consent) => life.is === 'off' && life.why === 'refused';

/** The one whom `who` is asked to let take over, by that question. */
export function askerOf({ asks }: Takeovers, id: string, who: string): string | undefined {
  const open = ({ of, life }: Consent) => of === who && life.is === 'asked';
  return asks.find((one) => one.id === id && one.asked.some(open))?.by;
}

const isAnswered = (life: Consent['life']) => life.is === 'off' && ['handed over', 'withdrawn'].includes(life.why);

function leader({ roster }: Facts): string | undefined {
  return roster.participants.find(({ role }) => role === 'primary')?.id;
}

function isPrimaryAway(facts: Facts): boolean {
  if (facts.keeper !== undefined) return false; // offered: somebody else will come
  const primary = leader(facts);
  return primary === undefined || person(facts, primary)?.state !== 'present';
}
