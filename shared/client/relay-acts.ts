import { type ErrorCode, HulplijnError } from '../protocol/errors.ts';
import type { PageStore, PendingAct } from './page-store.ts';
import type { RelayClient } from './relay-client.ts';

const RETRY_MS = 2_000;
/** What is no answer to the act itself. */
const PASSES: ReadonlySet<ErrorCode> = new Set(['relay-unreachable', 'no-relay', 'server-error', 'conflict']);

/** Acts that are done on the links at once and reach the relay when it answers (RE2). Kept over a reload. */
export class RelayActs {
  readonly #relay: RelayClient;
  readonly #store: PageStore;
  readonly #signal: AbortSignal;
  readonly #changed: (waiting: ReadonlySet<string>) => void;
  #sending: Promise<void> | undefined;

  /** `changed` is told which sessions have an act that waits for the relay. */
  constructor(
    relay: RelayClient,
    store: PageStore,
    signal: AbortSignal,
    changed: (waiting: ReadonlySet<string>) => void,
  ) {
    this.#relay = relay;
    this.#store = store;
    this.#signal = signal;
    this.#changed = changed;
  }

  /** Keeps `act` before it is done on the links, does it, and tells the relay. */
  async tell(act: PendingAct, onLinks: () => Promise<void>): Promise<void> {
    const key = await this.#store.addAct(act);
    try {
      await onLinks();
    } catch (error) {
      await this.#store.dropAct(key); // not allowed here, so not done anywhere
      throw error;
    }
    await this.#sending; // that round may have begun before this act was there
    await this.retry();
  }

  /** Sends what waits, now. Resolves when all has been tried once. */
  retry(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    const waiting = new Set<string>();
    for (const { key, act } of await this.#store.acts()) {
      try {
        await this.#send(act);
      } catch (error) {
        if (error instanceof HulplijnError && PASSES.has(error.code)) {
          waiting.add(act.session);
          continue;
        }
        // Any other refusal is final: the session is over, or the act is done already.
      }
      await this.#store.dropAct(key);
    }
    this.#changed(waiting);
    if (waiting.size > 0 && !this.#signal.aborted) setTimeout(() => void this.retry(), RETRY_MS);
  }

  #send(act: PendingAct): Promise<unknown> {
    switch (act.act) {
      case 'end':
        return this.#relay.end(act.session, act.epoch);
      case 'leave':
        return this.#relay.leave(act.session);
      case 'remove':
        return this.#relay.remove(act.session, act.participant, act.epoch);
      default:
        return act satisfies never;
    }
  }
}
