import { comparedWith, isShut, type Pair } from '../activities/compare.ts';
import { sameSet } from '../link/fingerprints.ts';
import type { LinkStatus, PeerIdentity } from '../link/link.ts';
import { commitment, compareCode, newNonce } from './compare-code.ts';
import type { SessionHost } from './session-host.ts';

/** What ties this side to an attempt, for this page load: its own nonce, and whom it saw when it made that. */
interface Stake {
  id: string;
  nonce: string;
  them: PeerIdentity;
}

/** How long "does not match" may take to arrive before the link closes, ms. */
const LAST_WORD_MS = 2_000;

type Host = Pick<SessionHost, 'state' | 'me' | 'signer' | 'inTurn' | 'post'>;

export interface CompareSurroundings {
  links: ReadonlyMap<string, LinkStatus>;
  /** Whether that participant has still to store something from here. */
  owes(peer: string): boolean;
  /** Whom there should be links to, and held against what, is another matter now. */
  trustChanged(): Promise<void>;
}

/**
 * What a page does for the compared code beyond its rules: nonces, hashes, and the look at the link. After every change it
 * does what is due by the state alone, so that it does not matter what came when, or that the page was loaded anew.
 */
export class SessionCompare {
  readonly #host: Host;
  readonly #around: CompareSurroundings;
  readonly #stakes = new Map<string, Stake>();
  #coming = false;

  constructor(host: Host, around: CompareSurroundings) {
    this.#host = host;
    this.#around = around;
  }

  /** Something has changed. */
  follow(): void {
    if (this.#coming || this.#pairs.length === 0) return;
    this.#coming = true;
    void this.#host.inTurn(async () => {
      this.#coming = false;
      if (this.#host.state.ended) return;
      for (const pair of this.#pairs) await this.#act(pair);
    });
  }

  /** `peer` has lost what it kept, and knows of no comparison: this side forgets it too, and both can compare anew. */
  async lostStore(peer: string): Promise<void> {
    const pair = this.#pairs.find((one) => one.with === peer);
    if (pair?.life.is === 'compared') await this.#say(pair, 'over', []);
  }

  get #pairs(): readonly Pair[] {
    return this.#host.state.activities.compare.pairs;
  }

  async #act(pair: Pair): Promise<void> {
    const { life, part } = pair;
    const seen = this.#seen(pair.with);
    switch (life.is) {
      case 'begun':
        return seen && this.#commit(pair, seen);
      case 'asked':
        if (part === 'primary') return this.#kept(pair) ? undefined : this.#say(pair, 'over');
        return life.agreed && seen ? this.#answer(pair, seen) : undefined;
      case 'answered': {
        const stake = this.#kept(pair);
        if (!stake) return this.#say(pair, 'over');
        return part === 'primary' ? this.#reveal(pair, stake) : undefined;
      }
      case 'revealed': {
        const stake = this.#kept(pair);
        return stake ? this.#show(pair, stake, life) : this.#say(pair, 'over');
      }
      case 'shown':
        return seen && !same(seen, life.them) ? this.#say(pair, 'over') : undefined;
      case 'compared':
        return this.#pin(pair.with);
      case 'differs':
        return this.#shut(pair.with, life.mine);
      case 'over':
        return;
      default:
        return life satisfies never;
    }
  }

  /** Whom a link that nothing has proven leads to. */
  #seen(peer: string): PeerIdentity | undefined {
    const status = this.#around.links.get(peer);
    return status?.assurance === 'not compared' ? status.them : undefined;
  }

  /** This page's stake in the attempt; none after a reload, nor when the link leads to somebody else since. */
  #kept(pair: Pair): Stake | undefined {
    const stake = this.#stakes.get(pair.with);
    if (stake?.id !== pair.id) return undefined;
    const seen = this.#seen(pair.with);
    return seen && !same(seen, stake.them) ? undefined : stake;
  }

  #stake(pair: Pair, them: PeerIdentity): Stake {
    const stake = { id: pair.id, nonce: newNonce(), them };
    this.#stakes.set(pair.with, stake);
    return stake;
  }

  async #commit(pair: Pair, seen: PeerIdentity): Promise<void> {
    const { id, with: to, joinedAt } = pair;
    const { nonce } = this.#stake(pair, seen);
    const { me, state } = this.#host;
    const commit = await commitment(state.roster.id, me, to, nonce);
    await this.#host.post({ v: 1, type: 'compare.commit', id, to, joinedAt, commit }, [to]);
  }

  async #answer(pair: Pair, seen: PeerIdentity): Promise<void> {
    const { id, with: to } = pair;
    const { nonce } = this.#stake(pair, seen);
    await this.#host.post({ v: 1, type: 'compare.answer', id, to, nonce }, [to]);
  }

  async #reveal(pair: Pair, { nonce }: Stake): Promise<void> {
    const { id, with: to } = pair;
    await this.#host.post({ v: 1, type: 'compare.reveal', id, to, nonce }, [to]);
  }

  async #show(pair: Pair, { them }: Stake, said: { answer: string; reveal: string }): Promise<void> {
    const { signer, me, state } = this.#host;
    const own = { id: me, identity: signer };
    const theirs = { id: pair.with, identity: them };
    const [primary, guest] = pair.part === 'primary' ? [own, theirs] : [theirs, own];
    const code = await compareCode(
      state.roster.id,
      { ...primary, nonce: said.reveal },
      { ...guest, nonce: said.answer },
    );
    const { signingKey, fingerprints } = them;
    const seen = { signingKey, fingerprints: [...fingerprints] };
    await this.#host.post({ v: 1, type: 'compare.code', id: pair.id, to: pair.with, code, them: seen }, []);
  }

  async #say({ id, with: to }: Pair, is: 'over', whom = [to]): Promise<void> {
    await this.#host.post({ v: 1, type: 'compare.result', id, to, is }, whom);
  }

  /** From now on the link is held against who was compared. */
  async #pin(peer: string): Promise<void> {
    const { state } = this.#host;
    if (comparedWith(state.activities.compare, state, peer) && this.#seen(peer)) await this.#around.trustChanged();
  }

  async #shut(peer: string, mine: boolean): Promise<void> {
    const { state, inTurn } = this.#host;
    if (!isShut(state.activities.compare, state, peer) || !this.#around.links.has(peer)) return;
    if (!mine || !this.#around.owes(peer)) return this.#around.trustChanged();
    setTimeout(() => void inTurn(() => this.#around.trustChanged()), LAST_WORD_MS);
  }
}

function same(one: PeerIdentity, other: PeerIdentity): boolean {
  return one.signingKey === other.signingKey && sameSet(one.fingerprints, other.fingerprints);
}
