import { HulplijnError } from '../protocol/errors.ts';
import { PageId, ParticipantId, SessionId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { activity, type Facts, person, roleIn, type Said } from './activity.ts';
import { agree, ask, type Consent, dueOf, isHere, isOn, settleConsent } from './consent.ts';
import { OffWhy } from './off-why.ts';
import { RecordingShown } from './recording-shown.ts';
import { Epoch, EVERYBODY, Id, kept } from './wire.ts';

const MOST = 16;
/** Said whole each time: at first, when others have to be asked, and when everybody has agreed. */
const Ask = kept('recording.ask', {
  epoch: Epoch,
  id: Id,
  /** The page load that records: with it the recording is over. */
  page: PageId,
  began: z.boolean(),
  /** As the recorder knows them: customers hear nothing of each other's answers. */
  agreed: z.array(z.object({ who: ParticipantId, page: PageId })).check(z.maxLength(MOST)),
  asked: z.array(ParticipantId).check(z.maxLength(MOST)),
});
const Agree = kept('recording.agree', { id: Id, page: PageId });
/** Somebody's no, or its end by whoever records; `who`: whose act it was. */
const Off = kept('recording.off', { id: Id, why: OffWhy, who: ParticipantId });

const KEPT = [Ask, Agree, Off] as const;
type RecordingMessage = z.output<(typeof KEPT)[number]>;

/** What is shared and said, into one file on the disk of whoever is primary: while everybody here agrees (SH7). */
export interface Recording {
  id: string;
  by: string;
  page: string;
  since: number;
  /** It has run: from now on a missing answer pauses it. Before that it is the end. */
  began: boolean;
  /** Of all the others who were asked. */
  consents: readonly Consent[];
}

export interface Recordings {
  now: Recording | null;
  /** How the last one ended: it does not come to life again. */
  last: { id: string; why: OffWhy; who: string } | null;
}

export const recording = activity({
  name: 'recording',
  kept: KEPT,
  who: {
    'recording.ask': { roles: ['primary'], management: true },
    'recording.agree': { roles: EVERYBODY },
    'recording.off': { roles: EVERYBODY },
  },
  start: { now: null, last: null } as Recordings,

  permits({ now, last }, _, from, message) {
    switch (message.type) {
      case 'recording.ask':
        return message.id !== last?.id && (message.id !== now?.id || from === now.by);
      case 'recording.agree':
        return message.id === now?.id;
      case 'recording.off':
        return message.id === now?.id && (message.who === from || now.by === from);
      default:
        return message satisfies never;
    }
  },

  reduce({ now, last }, facts, from, message, at) {
    if (message.type === 'recording.ask') {
      const { id, page, began } = message;
      const before = now?.id === id ? now : { id, by: from, page, since: at, began, consents: [] };
      return { last, now: running({ ...before, consents: consentsAfter(before, facts, message, at) }, facts) };
    }
    if (!now) return { now, last };
    switch (message.type) {
      case 'recording.agree': {
        const consents = now.consents.map((one) => (one.of === from ? agree(one, message.page, at) : one));
        return { last, now: running({ ...now, consents }, facts) };
      }
      case 'recording.off':
        return over(now, message.why, message.who);
      default:
        return message satisfies never;
    }
  },

  settle(state, facts, at) {
    const { now } = state;
    if (!now) return state;
    const why = endOf(now, facts);
    if (why) return over(now, why, now.by);
    const consents = now.consents.map((one) => settleConsent(one, facts, at));
    const same = consents.every((one, index) => one === now.consents[index]);
    const after = running(same ? now : { ...now, consents }, facts);
    // Whoever records decides and says so: another page may have read its journal anew and not know all.
    const silent = facts.roster.you === now.by && !after.began && consents.find((one) => isOver(one, 'lapsed'));
    if (silent) return over(now, 'lapsed', silent.of);
    return after === now ? state : { ...state, now: after };
  },
  due: ({ now }) => (now ? dueOf(now.consents) : undefined),

  views: {
    commands: [
      // Each of the one that the view showed: another may have begun meanwhile.
      z.object({ type: z.literal('recording.agree'), session: SessionId, id: Id }),
      /** No, no longer, or enough: whoever says it, it is over. */
      z.object({ type: z.literal('recording.stop'), session: SessionId, id: Id }),
      /** Those who gave no answer are asked again. */
      z.object({ type: z.literal('recording.again'), session: SessionId, id: Id }),
    ],
    obey({ now }, facts, command) {
      const { you } = facts.roster;
      if (now?.id !== command.id) return [];
      switch (command.type) {
        case 'recording.agree':
          return all({ v: 1, type: 'recording.agree', id: now.id, page: facts.page });
        case 'recording.stop': {
          const asked = now.consents.some(({ of, life }) => of === you && life.is !== 'on');
          return all({ v: 1, type: 'recording.off', id: now.id, why: asked ? 'refused' : 'stopped', who: you });
        }
        case 'recording.again': {
          if (now.by !== you) throw new HulplijnError('forbidden');
          const silent = missing(now, facts).filter((id) => !isAsked(now, id));
          return silent.length > 0 ? all(announcement(now, facts, silent)) : [];
        }
        default:
          return command satisfies never;
      }
    },
    shown: RecordingShown,
    show({ now, last }, facts): RecordingShown {
      const { you } = facts.roster;
      const nameOf = (id: string) => person(facts, id)?.name ?? '';
      const ended = last && { why: last.why, name: nameOf(last.who), you: last.who === you };
      const mayRecord = roleIn(facts, you) === 'primary';
      if (!now) return { mayRecord, now, last: ended };
      const untilOf = (id: string) => {
        const life = consentOf(now, id)?.life;
        return life?.is === 'asked' ? life.until : null;
      };
      const waits = missing(now, facts);
      return {
        mayRecord,
        now: {
          id: now.id,
          by: nameOf(now.by),
          mine: now.by === you,
          is: waits.length === 0 ? 'on' : now.began ? 'paused' : 'asked',
          asked: untilOf(you),
          waits: waits.map((id) => ({ name: nameOf(id), until: untilOf(id) })),
        },
        last: ended,
      };
    },
  },
});

/** Whether everybody here has agreed, each on the page they are on now. */
export function mayRun(one: Recording, facts: Facts): boolean {
  return missing(one, facts).length === 0;
}

/** Who is here and has still to be asked: came, came back, or is on another page since. */
export function unasked(one: Recording, facts: Facts): string[] {
  return missing(one, facts).filter((id) => {
    const consent = consentOf(one, id);
    return !consent || isOver(consent, 'reloaded') || isOver(consent, 'gone');
  });
}

/** A new one of this page's: all who are here are asked. */
export function startOf(facts: Facts, id: string): RecordingMessage {
  const one = { id, by: facts.roster.you, page: facts.page, since: 0, began: false, consents: [] };
  return announcement(one, facts, missing(one, facts));
}

/** All that is known of it, and who is asked now. */
export function announcement(one: Recording, facts: Facts, asked: readonly string[]): RecordingMessage {
  const agreed = one.consents.flatMap(({ of, life }) => (life.is === 'on' ? [{ who: of, page: life.page }] : []));
  const { id, page, began } = one;
  return { v: 1, type: 'recording.ask', epoch: facts.epoch, id, page, began, agreed, asked: [...asked] };
}

function missing(one: Recording, facts: Facts): string[] {
  const { participants } = facts.roster;
  return participants.map(({ id }) => id).filter((id) => id !== one.by && isHere(facts, id) && !agrees(one, facts, id));
}

function agrees(one: Recording, facts: Facts, id: string): boolean {
  const life = consentOf(one, id)?.life;
  return life?.is === 'on' && isOn(facts, id, life.page);
}

const consentOf = ({ consents }: Recording, id: string) => consents.find(({ of }) => of === id);
const isOver = ({ life }: Consent, why: OffWhy) => life.is === 'off' && life.why === why;
const isAsked = (one: Recording, id: string) => consentOf(one, id)?.life.is === 'asked';

/** An answer that came another way than the recorder's words stands, for the page it was given on; one's own is one's own. */
function consentsAfter(before: Recording, facts: Facts, message: z.output<typeof Ask>, at: number): Consent[] {
  const fresh = (id: string) => ask(before.id, before.by, id, facts, at);
  const kept = (id: string) => (agrees(before, facts, id) ? consentOf(before, id) : undefined);
  const others = message.agreed.filter(({ who }) => who !== facts.roster.you);
  const agreed = others.map(({ who, page }) => kept(who) ?? agree(fresh(who), page, at));
  const asked = message.asked
    .filter((who) => !agreed.some(({ of }) => of === who))
    .map((who) => kept(who) ?? fresh(who));
  const said = [...agreed, ...asked];
  return [...before.consents.filter(({ of }) => !said.some((one) => one.of === of)), ...said];
}

const running = (one: Recording, facts: Facts): Recording =>
  one.began || !mayRun(one, facts) ? one : { ...one, began: true };

/** Why it is over by itself: its page or its person went, or another is primary (TC4). */
function endOf({ by, page, since }: Recording, facts: Facts): OffWhy | undefined {
  if (!isHere(facts, by)) return 'gone';
  if (!isOn(facts, by, page)) return 'reloaded';
  const handed = facts.handed !== undefined && since < facts.handed.at;
  return handed || roleIn(facts, by) !== 'primary' ? 'handed over' : undefined;
}

const over = ({ id }: Recording, why: OffWhy, who: string): Recordings => ({ now: null, last: { id, why, who } });

const all = (message: RecordingMessage): Said<RecordingMessage>[] => [{ message, to: 'all' }];
