/** Random numbers that a seed repeats (mulberry32): a test logs its seed, and the environment can give it one. */
export class Seeded {
  readonly seed: number;
  #state: number;

  constructor(seed = Number(process.env.SEED) || Math.trunc(Date.now() % 1_000_000)) {
    this.seed = seed;
    this.#state = seed;
  }
  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** In [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }
}
