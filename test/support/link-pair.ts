import { randomBytes } from 'node:crypto';
import { makeSigningPair } from '../../shared/link/identity.ts';
import type { JournalEntry, LinkStatus, Trust } from '../../shared/link/link.ts';
import { Media } from '../../shared/link/media.ts';
import { memoryStore } from '../../shared/link/memory-store.ts';
import { Outbox } from '../../shared/link/outbox.ts';
import { Pair } from '../../shared/link/pair.ts';
import { Turns } from '../../shared/link/turns.ts';
import type { Wire, WireEvents } from '../../shared/link/wire.ts';

const SESSION = '5'.repeat(32);
const print = (digit: string) => Array.from({ length: 32 }, () => `${digit}${digit}`.toUpperCase()).join(':');

/** One end of a wire in memory: what is sent lies in `sent` until it is handed on. */
export class FakeWire implements Wire {
  readonly session = SESSION;
  alive = true;
  events: WireEvents | undefined;
  other: FakeWire | undefined;
  readonly sent: string[] = [];
  readonly peer: string;
  readonly dialled: boolean;
  readonly #prints: { own: string[]; theirs: string[] };

  constructor(own: string, peer: string, dialled: boolean) {
    this.peer = peer;
    this.dialled = dialled;
    this.#prints = { own: [print(own.charAt(0))], theirs: [print(peer.charAt(0))] };
  }
  listen(events: WireEvents): void {
    this.events = events;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  async fingerprints() {
    return this.#prints;
  }
  takeOverCandidates(): void {}
  addCandidate(): void {}
  close(): void {
    this.alive = false;
    if (this.other?.alive) {
      this.other.alive = false;
      this.other.events?.close('closed');
    }
  }
  /** Everything sent so far arrives. */
  handOn(): void {
    for (const text of this.sent.splice(0)) this.other?.events?.data(text);
  }
}

/** One end with everything real but the wire. */
export async function fakeEnd(id: string, peer: string, trust: Trust) {
  const store = memoryStore();
  const { life } = await store.open(SESSION);
  const { pair: keys, signingKey } = await makeSigningPair();
  const fresh = { peer, life: undefined, trusted: false, received: 0, sent: 0, waiting: [] };
  const outbox = new Outbox(SESSION, store, new Turns(), fresh);
  const statuses: LinkStatus[] = [];
  const received: JournalEntry[] = [];
  const passed: string[] = [];
  let dials = 0;
  const pair = new Pair(peer, outbox, trust, {
    id,
    page: randomBytes(16).toString('hex'),
    life,
    identity: { signingKey: keys.privateKey, public: { signingKey, fingerprints: [print(id.charAt(0))] } },
    dial: () => {
      dials += 1;
      return true;
    },
    doubt: () => {},
    received: (entry) => void received.push(entry),
    passed: (text) => void passed.push(text),
    status: (status) => void statuses.push(status),
    acknowledged: () => {},
    lostStore: () => {},
    media: new Media({ media: () => {}, bulk: () => {} }),
  });
  return { signingKey, pair, statuses, received, passed, dials: () => dials, status: () => statuses.at(-1) };
}

/** A connection of two ends, open. */
export function connectFake(dialler: string, dialled: string): [FakeWire, FakeWire] {
  const one = new FakeWire(dialler, dialled, true);
  const other = new FakeWire(dialled, dialler, false);
  one.other = other;
  other.other = one;
  return [one, other];
}
