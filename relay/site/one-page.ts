/** The name of the lock that a page holds for its seat. */
export const seatLock = (seat: string): string => `hulplijn-seat-${seat}`;

/**
 * One page for each seat: the same seat in two tabs would push itself out for ever. The lock is the browser's, so a
 * crashed page lets go too.
 */
export class OnePage {
  readonly #name: string;
  readonly #letGo: () => void;
  readonly #channel: BroadcastChannel;
  #release: (() => void) | undefined;

  /** `letGo` is called when another tab of this browser takes the seat; afterwards the seat is free. May be async. */
  constructor(seat: string, letGo: () => void | Promise<void>) {
    this.#name = seatLock(seat);
    this.#letGo = () => void Promise.resolve(letGo()).finally(() => this.release());
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener('message', () => {
      if (this.#release) this.#letGo();
    });
  }

  /** `false`: another page has the seat. */
  async take(): Promise<boolean> {
    return this.#release !== undefined || this.#request({ ifAvailable: true });
  }

  /** Asks the other page to let go, and waits until it has. */
  async takeOver(): Promise<void> {
    this.#channel.postMessage('let go');
    await this.#request({});
  }

  /** May be called twice. */
  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Lets go, and listens no more. May be called twice. */
  close(): void {
    this.release();
    this.#channel.close();
  }

  #request(options: LockOptions): Promise<boolean> {
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(this.#name, options, (lock) => {
          resolve(lock !== null);
          return lock ? new Promise<void>((release) => (this.#release = release)) : undefined;
        })
        .catch(reject);
    });
  }
}
