import { type ErrorCode, HulplijnError } from '../../shared/protocol/errors.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 5_000;
/** What may be different the next time. Everything else is an answer. */
const PASSES: ReadonlySet<ErrorCode> = new Set(['relay-unreachable', 'no-relay', 'server-error']);

const passes = (error: unknown): error is HulplijnError => error instanceof HulplijnError && PASSES.has(error.code);

/**
 * Repeats `call` until it is answered; a refusal is an answer and is thrown, so is an abort. `onTrouble` hears each
 * failure. Tried again after 1, 2, 4, 5, 5 … s (± 30 %), and at once when the browser finds a network.
 */
export async function keepTrying<A>(
  call: () => Promise<A>,
  onTrouble: (code: ErrorCode) => void,
  signal: AbortSignal,
): Promise<A> {
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 2, LONGEST_MS)) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!passes(error)) throw error;
      onTrouble(error.code);
      await pause(wait, signal);
    }
  }
}

/** About `ms`, less when the network comes back or `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  const spread = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(end, ms * (0.7 + (0.6 * spread) / 255));
    addEventListener('online', end, { signal: over.signal });
    signal.addEventListener('abort', end, { signal: over.signal });
  });
}
