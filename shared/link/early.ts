import type { WireEvents } from './wire.ts';

/** Opening, a hello and a loss: whoever says more to one who has said nothing is not of us. */
const KEPT = 4;

/** What a connection says before anybody listens, kept and then told in order, so that who comes early loses nothing. */
export class Early implements WireEvents {
  readonly #full: () => void;
  #kept: ((events: WireEvents) => void)[] = [];
  #listener: WireEvents | undefined;

  /** `full` is called for more than is kept. */
  constructor(full: () => void) {
    this.#full = full;
  }

  listen(listener: WireEvents): void {
    // Not at once: whoever listens may only be being made.
    queueMicrotask(() => {
      this.#listener = listener;
      for (const tell of this.#kept.splice(0)) tell(listener);
    });
  }

  open(): void {
    this.#tell((events) => events.open());
  }
  data(data: unknown): void {
    this.#tell((events) => events.data(data));
  }
  close(why: string): void {
    this.#tell((events) => events.close(why));
  }
  shaky(): void {
    this.#tell((events) => events.shaky());
  }

  #tell(tell: (events: WireEvents) => void): void {
    if (this.#listener) tell(this.#listener);
    else if (this.#kept.length < KEPT) this.#kept.push(tell);
    else this.#full();
  }
}
