/**
 * The relay's accomplice: ends every connection of both sides with RTCPeerConnections of its own and hands on what is
 * said, reading it all. Either word for word, or `forging`: then it says hello to each in the other's name, with a key
 * and certificates of its own, and proves that as far as it can.
 */
import { fingerprintsOf } from '../../../shared/link/fingerprints.ts';
import { encode, Hello } from '../../../shared/link/frames.ts';
import { makeSigningPair } from '../../../shared/link/identity.ts';
import { prove } from '../../../shared/link/proof.ts';
import { z } from '../../../shared/protocol/schema.ts';

const Description = z.object({ type: z.enum(['offer', 'answer', 'pranswer', 'rollback']), sdp: z.string() });
const Payload = z.looseObject({
  connectionId: z.string(),
  sdp: z.optional(Description),
  candidate: z.optional(z.looseObject({ candidate: z.string() })),
});
const Frame = z.object({ type: z.string(), src: z.string(), dst: z.string(), payload: Payload });
type Frame = z.infer<typeof Frame>;

const read: string[] = [];
const { pair: keys, signingKey } = await makeSigningPair();
const socket = new WebSocket(decodeURIComponent(location.hash.slice(1)));
const tell = (frame: object) => socket.send(JSON.stringify(frame));

/** The connection of one victim, ended here. */
class Leg {
  readonly pc = new RTCPeerConnection({ iceServers: [] });
  other: Leg | undefined;
  #channel: RTCDataChannel | undefined;
  #waiting: string[] = [];
  #remote: Promise<void> | undefined;
  /** When forging: what was said in the other's name, and what the victim said. */
  #forged: string | undefined;
  #hello: string | undefined;
  /** Whose connection this is, and in whose name it is ended. */
  readonly #victim: string;
  readonly #posing: string;

  constructor(victim: string, posing: string, say: (candidate: RTCIceCandidate) => void) {
    this.#victim = victim;
    this.#posing = posing;
    this.pc.onicecandidate = ({ candidate }) => candidate && say(candidate);
  }
  carry(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.onopen = () => {
      for (const text of this.#waiting.splice(0)) channel.send(text);
    };
    channel.onmessage = ({ data }) => {
      read.push(String(data));
      if (!window.forge) this.other?.send(String(data));
      else void this.#forge(String(data));
    };
    channel.onclose = () => this.other?.pc.close();
  }
  send(text: string): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(text);
    else this.#waiting.push(text);
  }
  async #forge(text: string): Promise<void> {
    const other = this.other;
    const frame = text.startsWith('{"t":"hello"') ? Hello.parse(JSON.parse(text)) : undefined;
    if (!frame && text.startsWith('{"t":"proof"')) return; // each gets one of our own
    if (!frame || !other) return other?.send(text);
    this.#hello = text;
    const fingerprints = fingerprintsOf(other.pc.localDescription?.sdp ?? '') ?? [];
    const trust = window.forge === 'modest' ? 'none' : frame.trust;
    other.#forged = encode({ ...frame, key: signingKey, fingerprints, trust });
    other.send(other.#forged);
    await Promise.all([this.#prove(frame.session), other.#prove(frame.session)]);
  }
  async #prove(session: string): Promise<void> {
    if (!this.#forged || !this.#hello) return;
    const own = fingerprintsOf(this.pc.localDescription?.sdp ?? '') ?? [];
    const theirs = fingerprintsOf(this.pc.remoteDescription?.sdp ?? '') ?? [];
    const proof = await prove({
      session,
      own: { id: this.#posing, hello: this.#forged, fingerprints: own },
      theirs: { id: this.#victim, hello: this.#hello, fingerprints: theirs },
      signingKey: keys.privateKey,
      trust: { kind: 'none' },
    });
    this.send(encode(proof));
  }
  remote(description: RTCSessionDescriptionInit): Promise<void> {
    this.#remote = this.pc.setRemoteDescription(description);
    return this.#remote;
  }
  async candidate(candidate: RTCIceCandidateInit): Promise<void> {
    while (!this.#remote) await new Promise((done) => setTimeout(done, 5));
    await this.#remote;
    await this.pc.addIceCandidate(candidate).catch(() => undefined);
  }
}

/** By connection id: the leg of who dialled and of who was dialled. */
const swaps = new Map<string, { dialler: Leg; dialled: Leg; from: string }>();

async function offer({ src, dst, payload }: Frame): Promise<void> {
  const { connectionId, sdp, ...rest } = payload;
  if (!sdp) return;
  const candidate = (from: string, to: string) => (found: RTCIceCandidate) =>
    tell({ type: 'CANDIDATE', src: from, dst: to, payload: { candidate: found, type: 'data', connectionId } });
  const dialler = new Leg(src, dst, candidate(dst, src));
  const dialled = new Leg(dst, src, candidate(src, dst));
  dialler.other = dialled;
  dialled.other = dialler;
  swaps.set(connectionId, { dialler, dialled, from: src });
  dialler.pc.ondatachannel = ({ channel }) => dialler.carry(channel);
  await dialler.remote(sdp);
  await dialler.pc.setLocalDescription();
  tell({
    type: 'ANSWER',
    src: dst,
    dst: src,
    payload: { sdp: dialler.pc.localDescription, type: 'data', connectionId },
  });
  dialled.carry(dialled.pc.createDataChannel(String(rest.label), { ordered: true }));
  await dialled.pc.setLocalDescription();
  tell({ type: 'OFFER', src, dst, payload: { ...rest, sdp: dialled.pc.localDescription, connectionId } });
}

socket.onmessage = async ({ data }) => {
  const frame = Frame.parse(JSON.parse(String(data)));
  if (frame.type === 'OFFER') return offer(frame);
  const swap = swaps.get(frame.payload.connectionId);
  if (!swap) return;
  const leg = frame.src === swap.from ? swap.dialler : swap.dialled;
  if (frame.type === 'ANSWER' && frame.payload.sdp) await leg.remote(frame.payload.sdp);
  if (frame.payload.candidate) await leg.candidate(frame.payload.candidate);
};

declare global {
  interface Window {
    /** Everything the accomplice has read. */
    read: string[] | undefined;
    /** What it signs with. */
    signingKey: string | undefined;
    /** `bold` claims what its victims claim; `modest` says that it holds no key. */
    forge: 'bold' | 'modest' | undefined;
  }
}
socket.onopen = () => {
  window.signingKey = signingKey;
  window.read = read;
};
