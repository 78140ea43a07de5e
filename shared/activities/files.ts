import { StripeWord } from '../files/stripe-words.ts';
import { HulplijnError } from '../protocol/errors.ts';
import { ParticipantId, SessionId } from '../protocol/ids.ts';
import type { Roster } from '../protocol/relay-api.ts';
import { z } from '../protocol/schema.ts';
import { acceptedBy, activity, type Facts, person, roleIn, type Said } from './activity.ts';
import { agree, ask, type Consent, dueOf, end, isHere, settleConsent } from './consent.ts';
import { EarlierFile, Fault, FileName, FilesShown } from './files-shown.ts';
import { Epoch, EVERYBODY, Id, kept } from './wire.ts';

/** Of the whole file, hex; said by each end when it has it. */
const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const About = {
  id: Id,
  /** Names it on the wire: the sender's own. */
  number: z.int().check(z.gte(0), z.lte(0xffff_ffff)),
  name: FileName,
  size: z.int().check(z.gte(0)),
  mime: z.string().check(z.maxLength(255)),
};
const Offer = kept('files.offer', { ...About, to: ParticipantId });
const Accept = kept('files.accept', { id: Id, page: Id });
const Refuse = kept('files.refuse', { id: Id, why: z.enum(['refused', 'lapsed', 'cannot']) });
const Cancel = kept('files.cancel', { id: Id, fault: z.optional(Fault) });
/** What a change of who is in charge cut off goes on, if the receiver agrees anew (TC4): said by its sender. */
const Resume = kept('files.resume', { id: Id });
const Done = kept('files.done', { id: Id, sha256: Sha256 });
/** To open further connections for a large file. */
const Stripe = kept('files.stripe', { said: StripeWord });
export type StripeMessage = z.infer<typeof Stripe>;

/** Which files went, from a customer whose page knows it to who has accepted the session (TS5): as they say. */
const Log = kept('files.log', {
  epoch: Epoch,
  files: z.array(EarlierFile).check(z.maxLength(20)),
  last: z.boolean(),
});
export type FileLog = z.infer<typeof Log>;

const KEPT = [Offer, Accept, Refuse, Cancel, Done, Resume, Log] as const;
type FilesMessage = z.output<(typeof KEPT)[number]>;

/** One file on its way from one to one (SH4). */
export interface Transfer {
  id: string;
  number: number;
  name: string;
  size: number;
  mime: string;
  by: string;
  to: string;
  /** As they were called: either may be out by now. */
  names: { by: string; to: string };
  at: number;
  consent: Consent;
  fault: Fault | undefined;
  /** The whole file's, as each end has computed it. */
  sent: string | undefined;
  received: string | undefined;
}

export interface Files {
  transfers: readonly Transfer[];
  /** Of before this agent came, by those who handed it over. */
  earlier: readonly EarlierFile[];
  /** The epoch for whose primary this page has told what it knows. */
  handedOver: number;
}

const MOST = 100;

/** Files, one to one, each accepted before it flows (SH4). What moves is shared/files/; this is who, what and whether. */
export const files = activity({
  name: 'files',
  kept: KEPT,
  passed: [Stripe],
  who: {
    'files.offer': { roles: ['primary', 'customer'] },
    'files.accept': { roles: EVERYBODY },
    'files.refuse': { roles: EVERYBODY },
    'files.cancel': { roles: EVERYBODY },
    'files.done': { roles: EVERYBODY },
    'files.resume': { roles: EVERYBODY },
    'files.log': { roles: ['customer'], management: true },
    'files.stripe': { roles: EVERYBODY },
  },
  start: { transfers: [], earlier: [], handedOver: 0 } as Files,

  permits({ transfers }, facts, from, message) {
    if (message.type === 'files.log') return acceptedBy(facts, facts.roster.you);
    const one = transfers.find(({ id }) => id === message.id);
    switch (message.type) {
      case 'files.offer':
        return !one && mayOffer(facts, from, message.to) && !overLimits(message, facts.roster.limits);
      case 'files.accept':
      case 'files.refuse':
        return one?.to === from;
      case 'files.resume':
        return one !== undefined && one.by === from && isCutOff(one) && person(facts, one.to) !== undefined;
      case 'files.cancel':
      case 'files.done':
        return one?.to === from || one?.by === from;
      default:
        return message satisfies never;
    }
  },

  reduce(state, facts, from, message, at) {
    if (message.type === 'files.log') {
      if (from === facts.roster.you) return message.last ? { ...state, handedOver: message.epoch } : state;
      const known = new Set([...state.transfers, ...state.earlier].map(({ id }) => id));
      const earlier = [...state.earlier, ...message.files.filter(({ id }) => !known.has(id))];
      return { ...state, earlier: earlier.sort((a, b) => a.at - b.at).slice(-MOST) };
    }
    if (message.type === 'files.offer') {
      const { id, number, name, size, mime, to } = message;
      const consent = ask(id, from, to, facts, at);
      const one: Transfer = {
        id,
        number,
        name,
        size,
        mime,
        by: from,
        to,
        names: { by: person(facts, from)?.name ?? '', to: person(facts, to)?.name ?? '' },
        at,
        consent,
        fault: undefined,
        sent: undefined,
        received: undefined,
      };
      return { ...state, transfers: [...state.transfers, one].slice(-MOST) };
    }
    return changed(state, message.id, (one) => {
      switch (message.type) {
        case 'files.accept':
          return { ...one, consent: agree(one.consent, message.page, at) };
        case 'files.refuse':
          return { ...one, consent: end(one.consent, message.why, at) };
        case 'files.cancel':
          if (isDone(one) || one.consent.life.is === 'off') return one;
          return { ...one, consent: end(one.consent, 'stopped', at), fault: message.fault };
        case 'files.resume':
          return { ...one, at, consent: ask(one.id, one.by, one.to, facts, at) };
        case 'files.done':
          return from === one.by ? { ...one, sent: message.sha256 } : { ...one, received: message.sha256 };
        default:
          return message satisfies never;
      }
    });
  },

  /** What was accepted goes on over reloads (SH2); it is over when one of the two is out. */
  settle(state, facts, now) {
    const transfers = state.transfers.map((one) => {
      const { life } = one.consent;
      if (life.is === 'off' || isDone(one)) return one;
      if (facts.handed && one.at < facts.handed.at) return { ...one, consent: end(one.consent, 'handed over', now) };
      if (life.is === 'on' && person(facts, one.by) && person(facts, one.to)) return one;
      const consent = life.is === 'on' ? end(one.consent, 'gone', now) : settleConsent(one.consent, facts, now);
      return consent === one.consent ? one : { ...one, consent };
    });
    return transfers.some((one, at) => one !== state.transfers[at]) ? { ...state, transfers } : state;
  },
  due: ({ transfers }) => dueOf(transfers.map(({ consent }) => consent)),

  views: {
    commands: [
      z.object({ type: z.literal('files.accept'), session: SessionId, id: Id }),
      z.object({ type: z.literal('files.refuse'), session: SessionId, id: Id }),
      z.object({ type: z.literal('files.cancel'), session: SessionId, id: Id }),
      z.object({ type: z.literal('files.resume'), session: SessionId, id: Id }),
    ],
    obey({ transfers }, facts, command) {
      const one = transfers.find(({ id }) => id === command.id);
      if (!one) throw new HulplijnError('not-found');
      switch (command.type) {
        case 'files.accept':
          return between(one, facts, { v: 1, type: 'files.accept', id: one.id, page: facts.page });
        case 'files.refuse':
          return between(one, facts, { v: 1, type: 'files.refuse', id: one.id, why: 'refused' });
        case 'files.cancel':
          return between(one, facts, { v: 1, type: 'files.cancel', id: one.id });
        case 'files.resume':
          return between(one, facts, { v: 1, type: 'files.resume', id: one.id });
        default:
          return command satisfies never;
      }
    },
    shown: FilesShown,
    show({ transfers, earlier }, facts): FilesShown {
      const { you, participants } = facts.roster;
      return {
        to: participants
          .filter(({ id }) => mayOffer(facts, you, id) && isHere(facts, id))
          .map(({ id, name }) => ({ id, name })),
        transfers: transfers.map((one) => {
          const { life } = one.consent;
          return {
            id: one.id,
            name: one.name,
            size: one.size,
            mine: one.by === you,
            with: one.by === you ? one.names.to : one.names.by,
            state: isDone(one) ? 'done' : life.is === 'asked' ? 'offered' : life.is === 'on' ? 'moving' : 'over',
            until: life.is === 'asked' ? life.until : null,
            why: life.is === 'off' ? life.why : null,
            mayResume: one.by === you && isCutOff(one) && isHere(facts, one.to),
            fault: one.fault ?? null,
            sha256: isDone(one) ? (one.sent ?? null) : null,
          };
        }),
        earlier: [...earlier],
      };
    },
  },
});

/** The primary to anybody, a customer to agents. */
function mayOffer(facts: Facts, from: string, to: string): boolean {
  const receiver = roleIn(facts, to);
  if (!receiver || from === to) return false;
  const role = roleIn(facts, from);
  return role === 'primary' || (role === 'customer' && receiver !== 'customer');
}

/** Why the site does not allow it, if it does not: each ending of a name counts, as systems read it. */
export function overLimits(
  { name, size }: { name: string; size: number },
  { fileBytes, blockedFileTypes }: Roster['limits'],
): 'file-too-large' | 'file-blocked' | undefined {
  if (size > fileBytes) return 'file-too-large';
  // Signs that show nothing hide an ending from people; a trailing dot or blank, or a stream's name, from us.
  const [, ...endings] = name
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .split(/[.:]/);
  return endings.some((ending) => blockedFileTypes.includes(ending.trim())) ? 'file-blocked' : undefined;
}

/** By a change of who is in charge: what had arrived is kept, so that it can go on. */
export function isCutOff(one: Transfer): boolean {
  const { life } = one.consent;
  return !isDone(one) && life.is === 'off' && life.why === 'handed over';
}

export function isDone({ sent, received }: Transfer): boolean {
  return sent !== undefined && sent === received;
}

function changed(state: Files, id: string, change: (one: Transfer) => Transfer): Files {
  return { ...state, transfers: state.transfers.map((one) => (one.id === id ? change(one) : one)) };
}

/** Only the two hear of it. */
function between(one: Transfer, facts: Facts, message: FilesMessage): Said<FilesMessage>[] {
  return [{ message, to: [one.by === facts.roster.you ? one.to : one.by] }];
}
