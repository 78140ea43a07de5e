import type { LinkStatus, SessionLinks } from '../link/link.ts';
import type { Participant } from '../protocol/relay-api.ts';
import { linkedWith } from '../session/linked.ts';
import { reachable, roleOf, type SessionState } from '../session/session.ts';
import type { Heard } from './judge.ts';
import { isRemoved, type Removal } from './last-words.ts';
import { hear } from './spoken.ts';
import { trustIn } from './trust.ts';

const JUST_MS = 2_000;

/** Keeps the links of a session to those there should be, each held against what it must prove (SE1). */
export class WantedLinks {
  readonly #links: SessionLinks;
  readonly #statuses: ReadonlyMap<string, LinkStatus>;
  readonly #keyOf: (invitation: string) => Promise<CryptoKey | undefined>;
  readonly #removed: ReadonlyMap<string, Removal>;
  readonly #dropped: (peer: string) => void;
  readonly #peers = new Set<string>();
  #wanted: ReadonlySet<string> = new Set();
  /** By participant: the page load it was last present with. */
  readonly #pages = new Map<string, string | undefined>();

  /** `removed`: whom the primary removed; the relay may not have heard of it yet. */
  constructor(
    links: SessionLinks,
    statuses: ReadonlyMap<string, LinkStatus>,
    keyOf: (invitation: string) => Promise<CryptoKey | undefined>,
    removed: ReadonlyMap<string, Removal>,
    dropped: (peer: string) => void,
  ) {
    this.#links = links;
    this.#statuses = statuses;
    this.#keyOf = keyOf;
    this.#removed = removed;
    this.#dropped = dropped;
  }

  /** Something was said: follows it if it changes who is linked with whom. */
  async heard(state: SessionState): Promise<void> {
    if (linkedWith(state).join() !== [...this.#wanted].join()) await this.follow(state);
  }

  async follow(state: SessionState): Promise<void> {
    const wanted = new Set(linkedWith(state));
    this.#wanted = wanted;
    for (const peer of [...this.#peers]) {
      if (wanted.has(peer)) continue;
      this.#links.drop(peer);
      this.#peers.delete(peer);
      this.#pages.delete(peer);
      this.#dropped(peer);
    }
    for (const one of state.roster.participants) {
      if (!wanted.has(one.id) || isRemoved(state, this.#removed, one)) continue;
      const trust = await trustIn(state, this.#statuses, one, this.#keyOf);
      if (!trust) continue;
      // Those who were in before us are told of us before we are told of them.
      const theyDial = !this.#peers.has(one.id) && hasJustJoined(state, one);
      this.#links.want(one.id, trust, { theyDial });
      this.#peers.add(one.id);
      if (theyDial) this.#pages.set(one.id, one.page);
      if (one.state !== 'present' || this.#pages.get(one.id) === one.page) continue;
      this.#pages.set(one.id, one.page);
      this.#links.wake(one.id);
    }
  }
}

/** Ourselves, and `other` was in by then. Not after a reload, of which the others may not know yet. */
function hasJustJoined({ roster }: SessionState, other: Participant): boolean {
  const joinedAt = roster.participants.find(({ id }) => id === roster.you)?.joinedAt ?? 0;
  return other.joinedAt < joinedAt && roster.now - joinedAt < JUST_MS;
}

/**
 * Customers do not reach each other: the primary passes on what concerns them all; a line, which is shown once however
 * often it comes, also who was primary before: its writer may not have heard of another yet.
 */
export async function passOn(state: SessionState, links: SessionLinks, { from, message, text }: Heard): Promise<void> {
  const [mine, theirs] = [roleOf(state, state.roster.you), roleOf(state, from)];
  const isLine = message.type === 'chat.line';
  const isForAll = isLine ? message.line.to === undefined : hear(text)?.signed !== undefined;
  const passes = mine === 'primary' || (mine === 'assistant' && isLine && state.epoch > 1);
  if (!passes || theirs !== 'customer' || !isForAll) return;
  const others = reachable(state).filter((id) => roleOf(state, id) === 'customer' && id !== from);
  if (others.length > 0) await links.post(text, others);
}
