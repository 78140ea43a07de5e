import type { Line } from './line.ts';
import type { SendOptions, Slot } from './link.ts';
import { KIND } from './slots.ts';
import type { MediaWord, Sent, SlotTracks, Wire } from './wire.ts';

/** As `SessionLinksEvents` has them, of one peer. */
export interface MediaEvents {
  media(tracks: SlotTracks | undefined): void;
  bulk(channel: RTCDataChannel | undefined): void;
}
type Carrier = Pick<Line, 'wire' | 'send'>;

/**
 * Media and bulk data with one participant, over all connections there ever are: what is sent goes into the slots of
 * the connection in use, and into those of the next.
 */
export class Media {
  readonly #events: MediaEvents;
  readonly #sent = new Map<Slot, Sent>();
  #wire: Wire | undefined; // in use
  #tracks: SlotTracks | undefined; // as told
  #bulk: RTCDataChannel | undefined; // as told

  constructor(events: MediaEvents) {
    this.#events = events;
  }

  send(slot: Slot, track: MediaStreamTrack | undefined, options: SendOptions): void {
    if (track && track.kind !== KIND[slot]) throw new TypeError(`${slot} takes no ${track.kind}`);
    const sent = track && { track, options };
    if (sent) this.#sent.set(slot, sent);
    else this.#sent.delete(slot);
    this.#wire?.media?.put(slot, sent);
  }

  async stats(): Promise<RTCStatsReport | undefined> {
    return this.#wire?.stats?.();
  }

  /** This connection is in use from now on; `undefined`: there is none. */
  use(line: Carrier | undefined): void {
    const wire = line?.wire;
    if (wire === this.#wire) return;
    if (this.#wire?.media) this.#wire.media.onchange = undefined;
    this.#wire = wire;
    if (wire?.media) {
      wire.media.onchange = () => this.#tell();
      for (const [slot, sent] of this.#sent) wire.media.put(slot, sent);
      wire.media.begin(saying(line));
    }
    for (const change of ['open', 'close']) wire?.bulk?.addEventListener(change, () => this.#tell());
    this.#tell();
  }

  /** Also of a connection that is not in use (yet): the other side may have chosen it first. */
  take(line: Carrier, word: MediaWord): void {
    line.wire.media?.take(word, saying(line));
  }

  #tell(): void {
    const { media, bulk } = this.#wire ?? {};
    const open = bulk?.readyState === 'open' ? bulk : undefined;
    if (media?.tracks !== this.#tracks) {
      this.#tracks = media?.tracks;
      this.#events.media(this.#tracks);
    }
    if (open !== this.#bulk) {
      this.#bulk = open;
      this.#events.bulk(open);
    }
  }
}

const saying = (line: Carrier | undefined) => (word: MediaWord) => line?.send({ t: 'media', ...word });
