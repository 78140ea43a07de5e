import type { Seeded } from '../support/random.ts';
import { installPicker } from './picker.ts';

/** When a model begins, ms. */
const BEGIN = Date.UTC(2026, 0, 5, 9);

interface Timer {
  at: number;
  run(): void;
}

/** All that runs between two steps of a model: no timer, no network, so it ends. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * The time of a model, and its chance: pages have them as `Date.now`, `setTimeout`, `Math.random` and
 * `crypto.getRandomValues` from `install` on. Nothing passes but by `pass`, so that the same steps give the same again.
 */
export class Time {
  now = BEGIN;
  readonly #chance: Seeded;
  readonly #timers = new Map<number, Timer>();
  #made = 0;

  constructor(chance: Seeded) {
    this.#chance = chance;
  }

  /** Returns what puts the real ones back. */
  install(): () => void {
    const real = { now: Date.now, random: Math.random, setTimeout, clearTimeout };
    const { getRandomValues } = crypto;
    const set = (run: () => void, ms = 0): number => {
      this.#made += 1;
      this.#timers.set(this.#made, { at: this.now + ms, run });
      return this.#made;
    };
    const clear = (timer: number): void => void this.#timers.delete(timer);
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear, ...browserOnly });
    installPicker();
    Date.now = () => this.now;
    Math.random = () => this.#chance.next();
    crypto.getRandomValues = (into) => {
      if (into instanceof Uint8Array) for (const at of into.keys()) into[at] = this.#chance.below(256);
      return into;
    };
    return () => {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      Date.now = real.now;
      Math.random = real.random;
      crypto.getRandomValues = getRandomValues;
    };
  }

  /** What is due on the way happens at its time, one after the other. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const [made, timer] = this.#next(until);
      if (!timer) break;
      this.#timers.delete(made);
      this.now = Math.max(this.now, timer.at);
      timer.run();
      await settled();
    }
    this.now = until;
  }

  #next(until: number): [number, Timer | undefined] {
    let first: [number, Timer] | undefined;
    for (const one of this.#timers) if (one[1].at <= until && (!first || one[1].at < first[1].at)) first = one;
    return first ?? [0, undefined];
  }
}

/** What only browsers have: the network never went, and what they would log (a page closed in the middle) is not. */
const browserOnly = { addEventListener() {}, removeEventListener() {}, reportError() {} };
