import { TIMES } from './times.ts';
import type { Wire } from './wire.ts';

/** So many connections may wait at once. */
const MOST = 8;

/**
 * Connections that came before this page knew of their session or participant: the relay tells the others of us as soon
 * as it tells us of them. They wait a moment, unanswered, instead of being closed and dialled again.
 */
export class Door {
  #waiting: { wire: Wire; until: number }[] = [];

  wait(wire: Wire, now: number): void {
    if (this.#waiting.length < MOST) this.#waiting.push({ wire, until: now + TIMES.early });
    else wire.close();
  }

  /** Those of `peer` for `session`: they wait no longer. */
  take(session: string, peer: string): Wire[] {
    const theirs = (wire: Wire) => wire.session === session && wire.peer === peer;
    const found = this.#waiting.filter(({ wire }) => theirs(wire) && wire.alive);
    this.#waiting = this.#waiting.filter(({ wire }) => !theirs(wire));
    return found.map(({ wire }) => wire);
  }

  /** Closes those whose time is over; with no time, all. */
  clear(now = Number.POSITIVE_INFINITY): void {
    for (const { wire, until } of this.#waiting) if (until <= now) wire.close();
    this.#waiting = this.#waiting.filter(({ wire }) => wire.alive);
  }
}
