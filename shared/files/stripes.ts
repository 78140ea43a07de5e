import { fingerprintsOf, sameSet } from '../link/fingerprints.ts';
import { hex } from '../protocol/ids.ts';
import type { ChannelPool } from './files.ts';
import type { StripeWord } from './stripe-words.ts';

/** Further connections of one's own making; with the pair's own it is eight, which carry the most. */
export const STRIPES = 7;
/** The other side's, at most. */
const THEIRS = 8;
/** ms in which one must have opened. */
const OPENS_WITHIN = 15_000;
/** ms without a transfer, after which they close. */
const IDLE = 15_000;
/** Bytes that one association has under way in a round trip, as seen; a second of it is worth the opening. */
const IN_A_ROUND_TRIP = 80 * 1024;
/** ms of a round trip, up to which one association carries more than a machine does. */
const NEAR = 3;

/** How many stripes a file of that size is worth, over a round trip of so many ms. */
export function stripesFor(size: number, roundTrip: number): number {
  const seconds = ((size / IN_A_ROUND_TRIP) * roundTrip) / 1000;
  return roundTrip > NEAR && seconds > 1 ? STRIPES : 0;
}

interface Connection {
  pc: RTCPeerConnection;
  end(): void;
}

export interface StripesOptions {
  pool: ChannelPool;
  /** Carries a word over the proven link to the other side's `receive`. May lose it with a connection. */
  send(word: StripeWord): void;
  /** With the certificate of the proven connection, and servers that count now. */
  configuration(): RTCConfiguration;
  /** Fingerprints that the other side has proven: no connection to anybody else. */
  peer: readonly string[];
}

/**
 * Further RTCPeerConnections to the same peer, opened on demand: one association is slow over a long round trip. What
 * they are is said over the proven link and their certificates are those of the proof, so they need none of their own.
 */
export class Stripes {
  readonly #options: StripesOptions;
  readonly #own = new Map<string, Connection>();
  readonly #theirs = new Map<string, Connection>();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(options: StripesOptions) {
    this.#options = options;
    options.pool.onbusy = () => this.#rest();
  }

  /** As many as are missing to so many of our own; `STRIPES` at most. One that fails meanwhile is not made up for. */
  async open(count: number): Promise<void> {
    const missing = Math.min(count, STRIPES) - this.#own.size;
    for (let made = 0; made < missing && !this.#over; made++) {
      const stripe = hex(crypto.getRandomValues(new Uint8Array(8)));
      const { pc } = this.#make(stripe, this.#own);
      await pc.setLocalDescription();
      this.#options.send({ t: 'offer', stripe, sdp: pc.localDescription?.sdp ?? '' });
    }
    this.#rest();
  }

  /** What the other side's `send` was given. */
  async receive(said: StripeWord): Promise<void> {
    const { stripe } = said;
    const own = this.#own.get(stripe);
    const known = own ?? this.#theirs.get(stripe);
    try {
      if (said.t === 'ice') await known?.pc.addIceCandidate(said.candidate);
      else if (!this.#ofPeer(said.sdp)) known?.end();
      else if (said.t === 'answer') await own?.pc.setRemoteDescription({ type: 'answer', sdp: said.sdp });
      else if (!known && !this.#over && this.#theirs.size < THEIRS) await this.#answer(stripe, said.sdp);
    } catch {
      // What does not parse, or comes too late, opens nothing; the time it had to open ends it.
    }
  }

  /** For good. May be called twice. */
  close(): void {
    this.#over = true;
    clearTimeout(this.#idle);
    this.#closeAll(this.#own);
    this.#closeAll(this.#theirs);
  }

  async #answer(stripe: string, sdp: string): Promise<void> {
    const { pc } = this.#make(stripe, this.#theirs);
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription();
    this.#options.send({ t: 'answer', stripe, sdp: pc.localDescription?.sdp ?? '' });
  }

  #make(stripe: string, among: Map<string, Connection>): Connection {
    const pc = new RTCPeerConnection(this.#options.configuration());
    this.#options.pool.add(pc.createDataChannel('files', { negotiated: true, id: 0 }));
    pc.ondatachannel = ({ channel }) => channel.close();
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) {
        const { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
        const own = { candidate: text, sdpMid, sdpMLineIndex, usernameFragment };
        this.#options.send({ t: 'ice', stripe, candidate: own });
      }
    };
    const end = () => {
      clearTimeout(late);
      among.delete(stripe);
      pc.close();
    };
    const late = setTimeout(end, OPENS_WITHIN);
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === 'connected') clearTimeout(late);
      // A shaky one is not waited for: what it had goes over the others.
      if (['disconnected', 'failed', 'closed'].includes(pc.connectionState)) end();
    };
    const made = { pc, end };
    among.set(stripe, made);
    return made;
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (!this.#over && !this.#options.pool.busy) this.#idle = setTimeout(() => this.#closeAll(this.#own), IDLE);
  }

  /** Whole sets: DTLS takes a certificate that fits any fingerprint. */
  #ofPeer(sdp: string): boolean {
    const found = fingerprintsOf(sdp);
    return found !== undefined && sameSet(found, this.#options.peer);
  }

  #closeAll(connections: Map<string, Connection>): void {
    for (const { end } of [...connections.values()]) end();
  }
}
