import { fingerprintsOf, sameSet } from '../link/fingerprints.ts';
import { hex } from '../protocol/ids.ts';
import { parseJson, z } from '../protocol/schema.ts';
import type { ChannelPool } from './files.ts';

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

/** How many stripes a file of that size is worth, over a round trip of so many ms. */
export function stripesFor(size: number, roundTrip: number): number {
  const seconds = ((size / IN_A_ROUND_TRIP) * roundTrip) / 1000;
  return seconds > 1 ? STRIPES : 0;
}

const Stripe = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const Sdp = z.string().check(z.maxLength(16 * 1024));
const Said = z.discriminatedUnion('t', [
  z.object({ t: z.literal('offer'), stripe: Stripe, sdp: Sdp }),
  z.object({ t: z.literal('answer'), stripe: Stripe, sdp: Sdp }),
  z.object({
    t: z.literal('ice'),
    stripe: Stripe,
    candidate: z.object({
      candidate: z.string().check(z.maxLength(1024)),
      sdpMid: z.nullable(z.string().check(z.maxLength(64))),
      sdpMLineIndex: z.nullable(z.int().check(z.gte(0))),
      usernameFragment: z.nullable(z.string().check(z.maxLength(256))),
    }),
  }),
]);
type Said = z.infer<typeof Said>;
/** Characters of one text: a description, escaped, and its envelope. */
const TEXT = 40 * 1024;

interface Connection {
  pc: RTCPeerConnection;
  end(): void;
}

export interface StripesOptions {
  pool: ChannelPool;
  /** Carries a text over the proven link to the other side's `receive`. May lose it with a connection. */
  send(text: string): void;
  /** With the certificate and the servers of the proven connection. */
  configuration: RTCConfiguration;
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
  #busy = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StripesOptions) {
    this.#options = options;
    options.pool.onbusy = (busy) => {
      this.#busy = busy;
      this.#rest();
    };
  }

  /** Until there are so many of our own; `STRIPES` at most. */
  async open(count: number): Promise<void> {
    while (this.#own.size < Math.min(count, STRIPES)) {
      const stripe = hex(crypto.getRandomValues(new Uint8Array(8)));
      const { pc } = this.#make(stripe, this.#own);
      await pc.setLocalDescription();
      this.#say({ t: 'offer', stripe, sdp: pc.localDescription?.sdp ?? '' });
    }
    this.#rest();
  }

  /** What the other side's `send` was given. Anything that is not ours is dropped. */
  async receive(text: string): Promise<void> {
    const said = text.length <= TEXT ? parseJson(Said, text) : undefined;
    if (!said) return;
    const { stripe } = said;
    const own = this.#own.get(stripe);
    const known = own ?? this.#theirs.get(stripe);
    try {
      if (said.t === 'ice') await known?.pc.addIceCandidate(said.candidate);
      else if (!this.#ofPeer(said.sdp)) known?.end();
      else if (said.t === 'answer') await own?.pc.setRemoteDescription({ type: 'answer', sdp: said.sdp });
      else if (!known && this.#theirs.size < THEIRS) await this.#answer(stripe, said.sdp);
    } catch {
      // What does not parse, or comes too late, opens nothing; the time it had to open ends it.
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#closeAll(this.#own);
    this.#closeAll(this.#theirs);
  }

  async #answer(stripe: string, sdp: string): Promise<void> {
    const { pc } = this.#make(stripe, this.#theirs);
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription();
    this.#say({ t: 'answer', stripe, sdp: pc.localDescription?.sdp ?? '' });
  }

  #make(stripe: string, among: Map<string, Connection>): Connection {
    const pc = new RTCPeerConnection(this.#options.configuration);
    this.#options.pool.add(pc.createDataChannel('files', { negotiated: true, id: 0 }));
    pc.ondatachannel = ({ channel }) => channel.close();
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) {
        const { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
        this.#say({ t: 'ice', stripe, candidate: { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } });
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
    if (!this.#busy) this.#idle = setTimeout(() => this.#closeAll(this.#own), IDLE);
  }

  /** Whole sets: DTLS takes a certificate that fits any fingerprint. */
  #ofPeer(sdp: string): boolean {
    const found = fingerprintsOf(sdp);
    return found !== undefined && sameSet(found, this.#options.peer);
  }

  #closeAll(connections: Map<string, Connection>): void {
    for (const { end } of [...connections.values()]) end();
  }

  #say(said: Said): void {
    this.#options.send(JSON.stringify(said));
  }
}
