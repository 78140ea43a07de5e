import { type SendOptions, SLOTS, type Slot } from './link.ts';
import { mediaFault } from './media-description.ts';
import { Turns } from './turns.ts';
import type { MediaWord, Sent, SlotTracks, WireMedia } from './wire.ts';

export const KIND = { voice: 'audio', camera: 'video', screen: 'video', 'screen sound': 'audio' } as const;

type Stage =
  | { is: 'new' }
  | { is: 'agreeing'; transceivers: readonly RTCRtpTransceiver[] }
  | { is: 'ready'; transceivers: readonly RTCRtpTransceiver[]; tracks: SlotTracks }
  | { is: 'failed' };

/**
 * The media of one connection: four transceivers, agreed on once, over the line, by the offer of the one who dialled.
 * From then on either side starts and stops with `replaceTrack` alone, so there is never a negotiation that could
 * collide. If it fails, this connection has no media; its line does not notice.
 */
export class Slots implements WireMedia {
  onchange: (() => void) | undefined;
  readonly #pc: RTCPeerConnection;
  readonly #dialled: boolean;
  readonly #sent = new Map<Slot, Sent>();
  /** One thing after the other: each slot's senders are changed in the order asked for. */
  readonly #turns = new Turns();
  #stage: Stage = { is: 'new' };

  constructor(pc: RTCPeerConnection, dialled: boolean) {
    this.#pc = pc;
    this.#dialled = dialled;
  }

  get tracks(): SlotTracks | undefined {
    return this.#stage.is === 'ready' ? this.#stage.tracks : undefined;
  }

  begin(say: (word: MediaWord) => void): void {
    if (!this.#dialled || this.#stage.is !== 'new') return;
    const transceivers = SLOTS.map((slot) => this.#pc.addTransceiver(KIND[slot], { direction: 'sendrecv' }));
    this.#stage = { is: 'agreeing', transceivers };
    preferReadable(transceivers);
    this.#try(say, async () => {
      await this.#pc.setLocalDescription();
      say({ is: 'offer', text: this.#pc.localDescription?.sdp ?? '' });
    });
  }

  take(word: MediaWord, say: (word: MediaWord) => void): void {
    switch (word.is) {
      case 'offer':
        this.#try(say, () => this.#answer(word.text, say));
        break;
      case 'answer':
        this.#try(say, () => this.#finish(word.text));
        break;
      case 'refused':
        this.#fail();
        break;
      default:
        word.is satisfies never;
    }
  }

  put(slot: Slot, sent: Sent | undefined): void {
    if (sent) this.#sent.set(slot, sent);
    else this.#sent.delete(slot);
    this.#apply(slot);
  }

  #try(say: (word: MediaWord) => void, work: () => Promise<void>): void {
    this.#turns.run(work).catch(() => {
      if (this.#stage.is === 'failed') return;
      this.#fail();
      say({ is: 'refused', text: '' });
    });
  }

  #check(is: 'offer' | 'answer', sdp: string): void {
    const fault = mediaFault(sdp, is, this.#pc.remoteDescription?.sdp ?? '');
    if (fault !== undefined) throw new Error(fault);
  }

  async #answer(sdp: string, say: (word: MediaWord) => void): Promise<void> {
    if (this.#dialled || this.#stage.is !== 'new') throw new Error('an offer out of turn');
    this.#check('offer', sdp);
    this.#stage = { is: 'agreeing', transceivers: [] };
    await this.#pc.setRemoteDescription({ type: 'offer', sdp });
    const transceivers = this.#pc.getTransceivers();
    for (const transceiver of transceivers) transceiver.direction = 'sendrecv';
    preferReadable(transceivers);
    await this.#pc.setLocalDescription();
    say({ is: 'answer', text: this.#pc.localDescription?.sdp ?? '' });
    this.#ready(transceivers);
  }

  async #finish(sdp: string): Promise<void> {
    const stage = this.#stage;
    if (!this.#dialled || stage.is !== 'agreeing') throw new Error('an answer out of turn');
    this.#check('answer', sdp);
    await this.#pc.setRemoteDescription({ type: 'answer', sdp });
    this.#ready(stage.transceivers);
  }

  #ready(transceivers: readonly RTCRtpTransceiver[]): void {
    const [voice, camera, screen, sound] = transceivers;
    const both = transceivers.every(({ currentDirection }) => currentDirection === 'sendrecv');
    if (!voice || !camera || !screen || !sound || transceivers.length !== SLOTS.length || !both) {
      throw new Error('not all slots both ways');
    }
    if (this.#stage.is !== 'agreeing') return; // refused meanwhile
    const tracks = {
      voice: voice.receiver.track,
      camera: camera.receiver.track,
      screen: screen.receiver.track,
      'screen sound': sound.receiver.track,
    };
    this.#stage = { is: 'ready', transceivers, tracks };
    for (const slot of this.#sent.keys()) this.#apply(slot);
    this.onchange?.();
  }

  #fail(): void {
    const stage = this.#stage;
    this.#stage = { is: 'failed' };
    if (stage.is !== 'ready') return;
    for (const { sender } of stage.transceivers) sender.replaceTrack(null).catch(() => undefined);
    this.onchange?.();
  }

  #apply(slot: Slot): void {
    this.#turns
      .run(async () => {
        const sender = this.#stage.is === 'ready' && this.#stage.transceivers[SLOTS.indexOf(slot)]?.sender;
        if (!sender) return;
        const sent = this.#sent.get(slot);
        // The limits first: nothing goes out beyond them.
        if (sent) await sender.setParameters(limited(sender.getParameters(), sent.options));
        await sender.replaceTrack(sent?.track ?? null);
      })
      .catch(() => undefined); // only on a connection that has just closed: the next one gets the track
  }
}

/** The parameters of a sender with exactly the limits of `options`: those of before are undone. */
function limited(parameters: RTCRtpSendParameters, options: SendOptions): RTCRtpSendParameters {
  const { degradationPreference: _, ...others } = parameters;
  const { degradationPreference, ...limits } = options;
  const encodings = parameters.encodings.map(({ maxBitrate, maxFramerate, scaleResolutionDownBy, ...rest }) => ({
    ...rest,
    ...limits,
  }));
  return { ...others, ...(degradationPreference && { degradationPreference }), encodings };
}

/**
 * VP9 first for the screen, where both have it: it codes flat areas and sharp edges, which text is, in fewer bits than
 * VP8 (README.md has figures). Only an order: whoever has it not uses the next.
 */
function preferReadable(transceivers: readonly RTCRtpTransceiver[]): void {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const first = ({ mimeType, sdpFmtpLine = '' }: RTCRtpCodec) =>
    mimeType.toLowerCase() === 'video/vp9' && !/profile-id=[1-9]/.test(sdpFmtpLine);
  const order = [...codecs.filter(first), ...codecs.filter((codec) => !first(codec))];
  if (order.length > 0) transceivers[SLOTS.indexOf('screen')]?.setCodecPreferences(order);
}
