/** What a participant's page shows, says and sends beside text: canvases that move, tones, and blocks of bytes. */
import {
  type SendOptions,
  type SessionLinks,
  type SessionLinksEvents,
  SLOTS,
  type Slot,
} from '../../../shared/link/link.ts';
import { hex } from '../../../shared/protocol/ids.ts';

const BLOCK = 64 * 1024;

/** What this page has said about media (slots.ts), and what it forges of it. */
const words: string[] = [];
let forged: ((sdp: string) => string) | undefined;
let mute = false;
const real = RTCDataChannel.prototype.send;
const spied = function (this: RTCDataChannel, data: string) {
  const [, is] = typeof data === 'string' ? (/^\{"t":"media","is":"(\w+)"\}\n/.exec(data) ?? []) : [];
  if (is) words.push(is);
  if (is && mute) return;
  Reflect.apply(real, this, [is && forged ? forged(data) : data]);
};
Object.defineProperty(RTCDataChannel.prototype, 'send', { value: spied });

/** A picture whose colour changes all the time. */
function moving(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  document.body.append(canvas);
  const paint = canvas.getContext('2d');
  let hue = 0;
  setInterval(() => {
    hue += 37;
    if (!paint) return;
    paint.fillStyle = `hsl(${hue}, 80%, 50%)`;
    paint.fillRect(0, 0, canvas.width, canvas.height);
  }, 50);
  const [track] = canvas.captureStream(20).getTracks();
  if (!track) throw new Error('a canvas without a track');
  return track;
}

/** Looks at a video again and again. */
class Watched {
  /** How many different pictures it showed since `clear()`. */
  readonly colours = new Set<string>();
  /** So many looks have seen the same picture. */
  same = 0;
  #last = '';
  readonly #video = document.createElement('video');

  constructor() {
    this.#video.muted = true;
    this.#video.playsInline = true;
    document.body.append(this.#video);
    const canvas = new OffscreenCanvas(1, 1);
    const paint = canvas.getContext('2d', { willReadFrequently: true });
    setInterval(() => {
      if (!paint || this.#video.videoWidth === 0) return;
      paint.drawImage(this.#video, 0, 0, 1, 1);
      const colour = paint.getImageData(0, 0, 1, 1).data.join();
      this.colours.add(colour);
      this.same = colour === this.#last ? this.same + 1 : 0;
      this.#last = colour;
    }, 50);
  }
  show(track: MediaStreamTrack | undefined): void {
    this.#video.srcObject = track ? new MediaStream([track]) : null;
    if (track) this.#video.play().catch(() => undefined);
  }
}

const digest = async (parts: readonly Uint8Array<ArrayBuffer>[]) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob([...parts]).arrayBuffer())));

/** `false` when the channel closed before it had taken them all. */
async function sentAll(channel: RTCDataChannel, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean> {
  channel.bufferedAmountLowThreshold = BLOCK;
  for (const part of parts) {
    if (channel.readyState !== 'open') return false;
    channel.send(part);
    if (channel.bufferedAmount > 16 * BLOCK) {
      await new Promise((resolve) => {
        channel.onbufferedamountlow = resolve;
        channel.onclose = resolve;
      });
    }
  }
  return true;
}

export function pageMedia() {
  const told = new Map<string, Readonly<Record<Slot, MediaStreamTrack>> | undefined>();
  const watched = new Map<string, Watched>(); // by peer and slot
  const channels = new Map<string, RTCDataChannel>();
  const got: Uint8Array<ArrayBuffer>[] = [];
  const events: Pick<SessionLinksEvents, 'media' | 'bulk'> = {
    media(peer, tracks) {
      told.set(peer, tracks);
      for (const slot of SLOTS) watched.get(`${peer} ${slot}`)?.show(tracks?.[slot]);
    },
    bulk(peer, channel) {
      if (channel) channels.set(peer, channel);
      else channels.delete(peer);
      got.length = 0;
      if (!channel) return;
      // What an older connection still brings is of an attempt that was given up.
      channel.onmessage = ({ data }) => channels.get(peer) === channel && got.push(new Uint8Array(data));
    },
  };
  const acts = (links: SessionLinks) => ({
    hasMedia: (peer: string) => told.get(peer) !== undefined,
    hasBulk: (peer: string) => channels.has(peer),
    kinds: (peer: string) => SLOTS.map((slot) => told.get(peer)?.[slot].kind),
    mediaWords: () => words,
    start: (peer: string, slot: Slot, options?: SendOptions) => links.send(peer, slot, moving(), options),
    stop: (peer: string, slot: Slot) => links.send(peer, slot, undefined),
    watch(peer: string, slot: Slot) {
      const video = new Watched();
      watched.set(`${peer} ${slot}`, video);
      video.show(told.get(peer)?.[slot]);
    },
    colours: (peer: string, slot: Slot) => watched.get(`${peer} ${slot}`)?.colours.size ?? 0,
    /** A picture that moves changes with every other look. */
    still: (peer: string, slot: Slot) => (watched.get(`${peer} ${slot}`)?.same ?? 0) > 20,
    forgetColours: (peer: string, slot: Slot) => watched.get(`${peer} ${slot}`)?.colours.clear(),
    /** Entries of the connection's statistics of that type (W3C webrtc-stats). */
    async stats(peer: string, type: string): Promise<Record<string, unknown>[]> {
      const found = [...((await links.stats(peer))?.values() ?? [])];
      return found.filter((entry) => entry.type === type);
    },
    /** Random bytes over the channel for bulk data, from the start again over a new one; their SHA-256. */
    async sendBulk(peer: string, blocks: number): Promise<string> {
      const parts = Array.from({ length: blocks }, () => crypto.getRandomValues(new Uint8Array(BLOCK)));
      for (;;) {
        const channel = channels.get(peer);
        const isCurrent = () => channels.get(peer) === channel;
        if (channel && (await sentAll(channel, parts)) && isCurrent()) return digest(parts);
        await new Promise((later) => setTimeout(later, 20));
      }
    },
    gotBulk: () => got.reduce((sum, part) => sum + part.byteLength, 0),
    bulkDigest: () => digest(got),
    /** From now on nothing this page says about media leaves it. */
    muteMedia() {
      mute = true;
    },
    /** From now on this page says another certificate in its media descriptions: one that exists. */
    async forgeFingerprint() {
      const other = await RTCPeerConnection.generateCertificate({
        name: 'ECDSA',
        namedCurve: 'P-256',
      } as EcKeyGenParams);
      const print = other.getFingerprints()[0]?.value?.toUpperCase() ?? '';
      forged = (sdp) => sdp.replaceAll(/(a=fingerprint:sha-256) \S+/g, `$1 ${print}`);
    },
  });
  return { events, acts };
}
