/** Every time of the link, in ms. Where each comes from: README.md. */
export const TIMES = {
  /** Not having sent for so long, a line pings; it is answered at once. */
  beat: 2_000,
  /** Silence after which a line is suspect (a new one is dialled beside it) and after which it is dead. */
  suspect: 5_000,
  dead: 12_000,
  /** A dial must be a proven line by then. */
  dial: 8_000,
  /** A second dial may start beside a slow first one. */
  hedge: 2_000,
  /** On a loss both see, the higher id lets the lower go first for so long; a newcomer those who are in already. */
  lag: 400,
  /** A line whose proof failed stays for the other end to find out too, and says nothing meanwhile. */
  linger: 1_000,
  /** Between two dials after failures: doubling, and spread so that two sides do not march in step. */
  backOff: { first: 400, most: 5_000, spread: 0.3 },
  /** Between two attempts at the signalling socket. */
  socketBackOff: { first: 200, most: 3_000, spread: 0.3 },
  /** A ticket or ICE servers not there by then will not come. */
  asked: 8_000,
  /** The socket must have said OPEN by then. */
  socketOpen: 10_000,
  /** A socket that may be dead is not replaced more often than this. */
  socketRefresh: 15_000,
  /** A tick so late means that this machine slept. */
  slept: 3_000,
  /** A connection may come so long before its session or participant is known here. */
  early: 3_000,
  /** ICE servers are fetched anew after so long: far less than their credentials live (12 h, relay/ice.ts). */
  iceFresh: 600_000,
} as const;

/** How long to wait after `fails` failures in a row (1 or more). */
export function backOff(times: { first: number; most: number; spread: number }, fails: number): number {
  const random = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
  const base = Math.min(times.most, times.first * 2 ** Math.min(fails - 1, 20));
  return base * (1 - times.spread + 2 * times.spread * random);
}

/** Rejects when `asked` has not answered in time, so that nobody waits for ever. */
export function inTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), TIMES.asked);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
