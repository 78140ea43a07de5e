import type { SendOptions, SessionLinks, Slot } from '../link/link.ts';

/** What this page sends in one slot, and to whom: the links are told only of what changes. */
export class Outgoing {
  readonly #links: SessionLinks;
  readonly #slot: Slot;
  readonly #options: SendOptions | undefined;
  readonly #sending = new Map<string, MediaStreamTrack>();

  constructor(links: SessionLinks, slot: Slot, options?: SendOptions) {
    this.#links = links;
    this.#slot = slot;
    this.#options = options;
  }

  /** From now on `track` goes to exactly these; with none, nothing to anybody. */
  to(peers: Iterable<string>, track: MediaStreamTrack | undefined): void {
    const wanted = new Set(track ? peers : []);
    for (const peer of [...this.#sending.keys()]) {
      if (wanted.has(peer)) continue;
      this.#links.send(peer, this.#slot, undefined);
      this.#sending.delete(peer);
    }
    for (const peer of wanted) {
      if (!track || this.#sending.get(peer) === track) continue;
      this.#links.send(peer, this.#slot, track, this.#options);
      this.#sending.set(peer, track);
    }
  }
}
