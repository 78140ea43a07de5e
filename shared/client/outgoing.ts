import type { SendOptions, SessionLinks, Slot } from '../link/link.ts';

/** What this page sends in one slot, how, and to whom: the links are told only of what changes. */
export class Outgoing {
  readonly #links: SessionLinks;
  readonly #slot: Slot;
  readonly #sending = new Map<string, { track: MediaStreamTrack; options: SendOptions | undefined }>();

  constructor(links: SessionLinks, slot: Slot) {
    this.#links = links;
    this.#slot = slot;
  }

  /** From now on `track` goes to exactly these; with none, nothing to anybody. */
  to(peers: Iterable<string>, track: MediaStreamTrack | undefined, options?: SendOptions): void {
    const wanted = new Set(track ? peers : []);
    for (const peer of [...this.#sending.keys()]) {
      if (wanted.has(peer)) continue;
      this.#links.send(peer, this.#slot, undefined);
      this.#sending.delete(peer);
    }
    for (const peer of wanted) {
      const before = this.#sending.get(peer);
      if (!track || (before?.track === track && before.options === options)) continue;
      this.#links.send(peer, this.#slot, track, options);
      this.#sending.set(peer, { track, options });
    }
  }
}
