import { Fingerprint, ParticipantId, SessionId, SigningKey } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { activity, type Facts, person, roleIn, type Said } from './activity.ts';
import { ComparesShown } from './compare-shown.ts';
import { EVERYBODY, Id, kept } from './wire.ts';

/** 256 bits in base64url: a nonce, or the SHA-256 of one. */
const Bits256 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const Identity = z.object({
  signingKey: SigningKey,
  fingerprints: z.array(Fingerprint).check(z.minLength(1), z.maxLength(4)),
});
const between = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) =>
  kept(type, { id: Id, to: ParticipantId, ...shape });

/**
 * Commit and reveal, as for ZRTP's short authentication string (RFC 6189, 4.4.1.1 and 4.5.2): the primary commits to its
 * nonce, the guest answers with one, and only then the primary's is revealed. So neither side, nor anybody between them,
 * can choose theirs by the other's: whoever stands in between has one try in a million for each time that somebody presses.
 * `id` names the attempt; `joinedAt` says which stay of the guest's it is about.
 */
const Commit = between('compare.commit', { joinedAt: z.int(), commit: Bits256 });
const Answer = between('compare.answer', { nonce: Bits256 });
const Reveal = between('compare.reveal', { nonce: Bits256 });
/** `over`: this attempt came to nothing, nobody has said anything about the code. */
const Result = between('compare.result', { is: z.enum(['matches', 'differs', 'over']) });

/** Never sent, and believed from nobody else: what this side did, in its own journal. A person pressed: go on. */
const Go = between('compare.go', { joinedAt: z.int() });
/** The code as this page made it, and whom it saw when it gave its nonce away: what the code speaks for. */
const Code = between('compare.code', { code: z.string().check(z.regex(/^\d{6}$/)), them: Identity });
const Reminded = kept('compare.reminded', { to: ParticipantId });

const KEPT = [Commit, Answer, Reveal, Result, Go, Code, Reminded] as const;
type CompareMessage = z.output<(typeof KEPT)[number]>;
type Identity = z.infer<typeof Identity>;

type Life =
  | { is: 'begun' } // the primary pressed; its commitment comes
  | { is: 'asked'; commit: string; agreed: boolean } // committed; `agreed`: the guest's page may answer
  | { is: 'answered'; commit: string; answer: string }
  | { is: 'revealed'; answer: string; reveal: string; theirs: boolean } // `theirs`: they pressed **Matches** already
  | { is: 'shown'; code: string; them: Identity; mine: boolean; theirs: boolean }
  | { is: 'over' }
  | { is: 'compared'; them: Identity }
  | { is: 'differs'; mine: boolean };

/** Between this page and `with`: at most one attempt at a time. */
export interface Pair {
  with: string;
  /** Which part this page plays: the primary begins. */
  part: 'primary' | 'guest';
  id: string;
  joinedAt: number;
  /** Every attempt so far. The guest's page answers the first by itself, and each further one when its person presses. */
  ids: readonly string[];
  life: Life;
}

export interface Compares {
  pairs: readonly Pair[];
  /** About whom this page has reminded its person (a screen is about to be asked for). */
  reminded: readonly string[];
}

/** The compared code (SE1): what two people read to each other makes a link proven that nothing else has proven. */
export const compare = activity({
  name: 'compare',
  kept: KEPT,
  who: {
    'compare.commit': { roles: ['primary'] },
    'compare.answer': { roles: ['assistant', 'customer'] },
    'compare.reveal': { roles: ['primary'] },
    'compare.result': { roles: EVERYBODY },
    'compare.go': { roles: EVERYBODY },
    'compare.code': { roles: EVERYBODY },
    'compare.reminded': { roles: EVERYBODY },
  },
  start: { pairs: [], reminded: [] } as Compares,

  permits(state, facts, from, message) {
    const { you } = facts.roster;
    const own = from === you;
    if (!own && message.to !== you) return false;
    const pair = pairWith(state, facts, own ? message.to : from);
    const life = pair?.life;
    const settled = life?.is === 'compared' || life?.is === 'differs';
    const known = 'id' in message && pair?.id === message.id;
    switch (message.type) {
      case 'compare.go':
        if (!own || settled) return false;
        return (life?.is === 'asked' && known) || (roleIn(facts, you) === 'primary' && !!person(facts, message.to));
      case 'compare.commit': {
        const mine = person(facts, you);
        return (
          !settled &&
          mine?.role !== 'primary' &&
          mine?.joinedAt === message.joinedAt &&
          !isUsed(state, from, message.id)
        );
      }
      case 'compare.answer':
        return known && pair.part === 'primary' && life?.is === 'asked';
      case 'compare.reveal': // that it is what was committed to is for who can hash to say: client/trust.ts
        return known && pair.part === 'guest' && life?.is === 'answered';
      case 'compare.result':
        if (!known) return false;
        if (message.is === 'over') return !settled;
        if (message.is === 'differs') return own ? life?.is === 'shown' : !settled;
        return life?.is === 'shown' || (!own && life?.is === 'revealed');
      case 'compare.code':
        return own && known && life?.is === 'revealed';
      case 'compare.reminded':
        return own;
      default:
        return message satisfies never;
    }
  },

  reduce(state, facts, from, message) {
    const own = from === facts.roster.you;
    const other = own ? message.to : from;
    if (message.type === 'compare.reminded') return { ...state, reminded: [...state.reminded, other] };
    const before = state.pairs.find((pair) => pair.with === other);
    if (before?.id !== message.id) {
      if (message.type !== 'compare.go' && message.type !== 'compare.commit') return state;
      const { id, joinedAt } = message;
      const ids = before?.ids ?? [];
      const life: Life =
        message.type === 'compare.go'
          ? { is: 'begun' }
          : { is: 'asked', commit: message.commit, agreed: ids.length === 0 };
      const pair: Pair = { with: other, part: own ? 'primary' : 'guest', id, joinedAt, ids: [...ids, id], life };
      return { ...state, pairs: [...state.pairs.filter((one) => one !== before), pair] };
    }
    const life = next(before.life, own, message);
    return { ...state, pairs: state.pairs.map((one) => (one === before ? { ...one, life } : one)) };
  },

  /** What was under way with a primary that is none any more comes to nothing (TC4). */
  settle(state, facts) {
    const stuck = (pair: Pair) =>
      !['compared', 'differs', 'over'].includes(pair.life.is) &&
      roleIn(facts, pair.part === 'primary' ? facts.roster.you : pair.with) !== 'primary';
    if (!state.pairs.some(stuck)) return state;
    const pairs = state.pairs.map((pair) => (stuck(pair) ? { ...pair, life: { is: 'over' } as const } : pair));
    return { ...state, pairs };
  },

  views: {
    commands: [
      z.object({ type: z.literal('compare.start'), session: SessionId, who: ParticipantId }),
      /** The guest agrees to a further attempt. */
      z.object({ type: z.literal('compare.again'), session: SessionId, who: ParticipantId }),
      z.object({
        type: z.literal('compare.say'),
        session: SessionId,
        who: ParticipantId,
        id: Id, // the code this person saw, and no other
        is: z.enum(['matches', 'differs', 'over']),
      }),
      z.object({ type: z.literal('compare.reminded'), session: SessionId, who: ParticipantId }),
    ],

    obey(state, facts, command, newId): Said<CompareMessage>[] {
      const to = command.who;
      const pair = pairWith(state, facts, to);
      switch (command.type) {
        case 'compare.start': {
          const joinedAt = person(facts, to)?.joinedAt ?? 0;
          return toSelf({ v: 1, type: 'compare.go', id: newId(), to, joinedAt });
        }
        case 'compare.again':
          return pair ? toSelf({ v: 1, type: 'compare.go', id: pair.id, to, joinedAt: pair.joinedAt }) : [];
        case 'compare.say':
          return [{ message: { v: 1, type: 'compare.result', id: command.id, to, is: command.is }, to: [to] }];
        case 'compare.reminded':
          return toSelf({ v: 1, type: 'compare.reminded', to });
        default:
          return command satisfies never;
      }
    },

    shown: ComparesShown,
    show(state, facts) {
      const pairs = state.pairs.filter((pair) => isCurrent(pair, facts));
      return {
        pairs: pairs.map((pair) => ({
          with: pair.with,
          id: pair.id,
          first: pair.part === 'primary',
          stage: stageOf(pair),
          code: pair.life.is === 'shown' ? pair.life.code : null,
        })),
        reminded: [...state.reminded],
      };
    },
  },
});

/** What a message of the present attempt makes of it; what does not fit changes nothing. */
function next(life: Life, own: boolean, message: Exclude<CompareMessage, { type: 'compare.reminded' }>): Life {
  switch (message.type) {
    case 'compare.go':
      return life.is === 'asked' ? { ...life, agreed: true } : life;
    case 'compare.commit':
      return life.is === 'begun' ? { is: 'asked', commit: message.commit, agreed: true } : life;
    case 'compare.answer':
      return life.is === 'asked' ? { is: 'answered', commit: life.commit, answer: message.nonce } : life;
    case 'compare.reveal':
      if (life.is !== 'answered') return life;
      return { is: 'revealed', answer: life.answer, reveal: message.nonce, theirs: false };
    case 'compare.code': {
      if (life.is !== 'revealed') return life;
      const { code, them } = message;
      return { is: 'shown', code, them, mine: false, theirs: life.theirs };
    }
    case 'compare.result':
      if (message.is === 'over') return { is: 'over' };
      if (message.is === 'differs') return { is: 'differs', mine: own };
      if (life.is === 'revealed') return { ...life, theirs: true };
      if (life.is !== 'shown') return life;
      if (own ? life.theirs : life.mine) return { is: 'compared', them: life.them };
      return own ? { ...life, mine: true } : { ...life, theirs: true };
    default:
      return message satisfies never;
  }
}

const toSelf = (message: CompareMessage): Said<CompareMessage>[] => [{ message, to: [] }];

/** About this stay of the guest's: somebody who left and came again has compared nothing. */
function isCurrent(pair: Pair, facts: Facts): boolean {
  const guest = pair.part === 'guest' ? facts.roster.you : pair.with;
  return person(facts, guest)?.joinedAt === pair.joinedAt;
}

function isUsed(state: Compares, other: string, id: string): boolean {
  return state.pairs.some((pair) => pair.with === other && pair.ids.includes(id));
}

export function pairWith(state: Compares, facts: Facts, other: string): Pair | undefined {
  return state.pairs.find((pair) => pair.with === other && isCurrent(pair, facts));
}

/** Whom both people have compared a code about: from then on `other` is nobody else. */
export function comparedWith(state: Compares, facts: Facts, other: string): Identity | undefined {
  const life = pairWith(state, facts, other)?.life;
  return life?.is === 'compared' ? life.them : undefined;
}

/**
 * Whether nothing passes to and from `other` any more, because a code did not match. Whoever doubts the primary doubts
 * all whom it has introduced.
 */
export function isShut(state: Compares, facts: Facts, other: string): boolean {
  return state.pairs.some(
    (pair) => pair.life.is === 'differs' && (pair.part === 'guest' || pair.with === other) && isCurrent(pair, facts),
  );
}

function stageOf({ life, part }: Pair): ComparesShown['pairs'][number]['stage'] {
  switch (life.is) {
    case 'begun':
    case 'answered':
    case 'revealed':
      return 'under way';
    case 'asked':
      return part === 'guest' && !life.agreed ? 'again' : 'under way';
    case 'shown':
      return life.mine ? 'waiting' : 'shown';
    case 'over':
    case 'compared':
    case 'differs':
      return life.is;
    default:
      return life satisfies never;
  }
}
