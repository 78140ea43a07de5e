import { backOff, TIMES } from './times.ts';

/**
 * When to dial: whoever knows first. A fresh page and a socket that just opened: at once. On a loss both sides see, the
 * lower id at once and the higher a little later. After failures with back-off.
 */
export class Redial {
  readonly #lag: number;
  #fails = 0;
  #at = 0; // ms; not before

  constructor(own: string, other: string) {
    this.#lag = own < other ? 0 : TIMES.lag;
  }

  /** `dials`: when those began that are not proven yet. */
  due(now: number, dials: readonly number[]): boolean {
    return now >= this.#at && !dials.some((born) => now - born < TIMES.hedge);
  }
  dialled(now: number): void {
    this.#at = now + TIMES.hedge;
  }
  /** The line in use is gone or in doubt. */
  lost(now: number): void {
    this.#at = now + this.#lag;
  }
  /** The other knew first. */
  later(now: number): void {
    this.#at = now + TIMES.lag;
  }
  failed(now: number): void {
    this.#fails += 1;
    this.#at = now + backOff(TIMES.backOff, this.#fails);
  }
  /** There is news (the other appeared, one's own socket opened): failures of before say nothing now. */
  news(): void {
    this.#fails = 0;
    this.#at = 0;
  }
  succeeded(): void {
    this.#fails = 0;
  }
}
