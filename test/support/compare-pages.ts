import { comparedWith, pairWith } from '../../shared/activities/compare.ts';
import { type ActivityCommand, obeyActivity } from '../../shared/activities/index.ts';
import { SessionCompare } from '../../shared/client/session-compare.ts';
import { createSigner } from '../../shared/client/signer.ts';
import { isGenuine, type Signer } from '../../shared/client/trust.ts';
import { makeSigningPair } from '../../shared/link/identity.ts';
import type { LinkStatus, PeerIdentity } from '../../shared/link/link.ts';
import type { Participant } from '../../shared/protocol/relay-api.ts';
import { type Message, parseMessage, writeMessage } from '../../shared/session/message.ts';
import { openSession, permits, reduce, type SessionState } from '../../shared/session/session.ts';
import { rosterOf } from './activity-desk.ts';
import { newId } from './link-actor.ts';

export type CompareMessage = Extract<Message, { type: `compare.${string}` }>;

/** An identity as a browser makes it, with a certificate's fingerprint made up. */
export async function anIdentity(): Promise<Signer> {
  const { pair, signingKey } = await makeSigningPair();
  const print = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  ).join(':');
  return createSigner({ signingKey: pair.privateKey, public: { signingKey, fingerprints: [print] } });
}

export function someone(id: string, role: Participant['role'], joinedAt = 1): Participant {
  return { id, role, name: id.slice(0, 3), state: 'present', since: 1, joinedAt, way: 'number' };
}

/**
 * A page as far as comparing goes: the real rules and the real reckoning, over a line that the test carries by hand. What
 * it says waits in `out`.
 */
export class ComparePage {
  readonly me: string;
  readonly signer: Signer;
  readonly links = new Map<string, LinkStatus>();
  state: SessionState;
  out: CompareMessage[] = [];
  trusts = 0;
  readonly #journal: { from: string; message: Message }[] = [];
  #compare: SessionCompare;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(signer: Signer, session: string, me: string, participants: Participant[]) {
    this.me = me;
    this.signer = signer;
    this.state = openSession(rosterOf(me, participants, { id: session }), newId());
    this.#compare = this.#fresh();
  }

  #fresh(): SessionCompare {
    const trustChanged = async () => {
      this.trusts++;
    };
    return new SessionCompare(this, { links: this.links, owes: () => false, trustChanged });
  }

  inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work);
    this.#queue = turn;
    return turn;
  }

  async post(message: Message, to: readonly string[]): Promise<void> {
    this.#take(this.me, message);
    for (const _ of to) if (message.type.startsWith('compare.')) this.out.push(message as CompareMessage);
  }

  #take(from: string, message: Message): void {
    this.#journal.push({ from, message });
    this.state = reduce(this.state, from, message, this.#journal.length);
    this.#compare.follow();
  }

  /** The link to `peer` is live, unproven, and leads to `them`. */
  sees(peer: string, them: PeerIdentity): void {
    const { signingKey, fingerprints } = them;
    this.links.set(peer, {
      ...{ state: 'live', since: 0, assurance: 'not compared' },
      them: { signingKey, fingerprints },
    });
    this.#compare.follow();
  }

  /** Something arrived; whether it counted. */
  async takes(from: string, message: CompareMessage): Promise<boolean> {
    const parsed = parseMessage(writeMessage(message));
    const counts =
      parsed !== undefined &&
      permits(this.state, from, parsed) &&
      (await isGenuine(this.state, this.links, this.signer, from, parsed)) === 'yes';
    if (counts) this.#take(from, parsed);
    return counts;
  }

  /** … and all that follows from it has been done. */
  async hears(from: string, message: CompareMessage): Promise<boolean> {
    const counts = await this.takes(from, message);
    await this.settled();
    return counts;
  }

  /** All that is due has been done. */
  async settled(): Promise<void> {
    for (let before: unknown; before !== this.#queue; ) {
      before = this.#queue;
      await before;
    }
  }

  async does(command: ActivityCommand): Promise<void> {
    for (const { message, to } of obeyActivity(this.state.activities, this.state, command, newId)) {
      if (!permits(this.state, this.me, message)) throw new Error(`${message.type} is not permitted here`);
      await this.post(message, to === 'all' ? [] : to);
    }
    await this.settled();
  }

  starts(who: string): Promise<void> {
    return this.does({ type: 'compare.start', session: this.state.roster.id, who });
  }
  again(who: string): Promise<void> {
    return this.does({ type: 'compare.again', session: this.state.roster.id, who });
  }
  says(who: string, is: 'matches' | 'differs' | 'over'): Promise<void> {
    const id = pairWith(this.state.activities.compare, this.state, who)?.id ?? '';
    return this.does({ type: 'compare.say', session: this.state.roster.id, who, id, is });
  }

  takesOut(): CompareMessage[] {
    return this.out.splice(0);
  }

  /** The page is loaded anew: what it knows is its journal. */
  async reloads(): Promise<void> {
    this.#compare = this.#fresh();
    this.state = openSession(this.state.roster, newId());
    for (const [at, { from, message }] of this.#journal.entries()) {
      this.state = reduce(this.state, from, message, at + 1);
    }
    this.#compare.follow();
    await this.settled();
  }

  /** The relay says who is in. */
  roster(participants: Participant[]): void {
    this.state = { ...this.state, roster: { ...this.state.roster, participants } };
  }

  life(other: string) {
    return pairWith(this.state.activities.compare, this.state, other)?.life;
  }
  code(other: string): string | undefined {
    const life = this.life(other);
    return life?.is === 'shown' ? life.code : undefined;
  }
  compared(other: string): PeerIdentity | undefined {
    return comparedWith(this.state.activities.compare, this.state, other);
  }
}

/** Carries what both say until neither says anything more. */
export async function talk(one: ComparePage, other: ComparePage): Promise<void> {
  for (;;) {
    const [out, back] = [one, other].map((page) => page.takesOut());
    if (!out?.length && !back?.length) return;
    for (const message of out ?? []) await other.hears(one.me, message);
    for (const message of back ?? []) await one.hears(other.me, message);
  }
}

// Ann leads, Bob assists, Mia and Piet are customers.
export const [ANN, BOB, MIA, PIET] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32)) as [
  string,
  string,
  string,
  string,
];
export const SESSION = 'e'.repeat(32);
export const PEOPLE = [
  someone(ANN, 'primary'),
  someone(BOB, 'assistant'),
  someone(MIA, 'customer'),
  someone(PIET, 'customer'),
];
const identities = new Map<string, Signer>();
for (const { id } of PEOPLE) identities.set(id, await anIdentity());

export function identityOf(id: string): Signer {
  const found = identities.get(id);
  if (!found) throw new Error(`nobody is ${id}`);
  return found;
}

export const pageOf = (id: string, people: Participant[] = PEOPLE) =>
  new ComparePage(identityOf(id), SESSION, id, people);

/** Two pages that see each other as they are. */
export function linked(guest = MIA, ann = pageOf(ANN)): { ann: ComparePage; other: ComparePage } {
  const other = pageOf(guest);
  ann.sees(guest, other.signer);
  other.sees(ANN, ann.signer);
  return { ann, other };
}

/** As far as both showing the code. */
export async function shown(guest = MIA) {
  const pages = linked(guest);
  await pages.ann.starts(guest);
  await talk(pages.ann, pages.other);
  return pages;
}

export function only(messages: CompareMessage[]): CompareMessage {
  const [message, ...more] = messages;
  if (!message || more.length > 0) throw new Error(`one message expected, not ${messages.length}`);
  return message;
}
