import { HulplijnError } from '../protocol/errors.ts';
import type { RelayEvent } from '../protocol/relay-api.ts';
import type { RelayState } from '../session/view.ts';
import type { RelayClient } from './relay-client.ts';

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5_000;

export interface EventLoopOptions {
  relay: RelayClient;
  page: string;
  onevent(event: RelayEvent): void;
  onstate(state: RelayState): void;
  signal: AbortSignal;
}

/** Keeps the page's one event stream open until `signal`, a revoked token, or a newer page that took its place. */
export async function runEventLoop({ relay, page, onevent, onstate, signal }: EventLoopOptions): Promise<void> {
  let failures = 0;
  let since = Date.now();
  while (!signal.aborted) {
    try {
      for await (const event of relay.events(page, signal)) {
        if (event.event === 'replaced') return;
        onevent(event);
        if (event.event !== 'ready') continue;
        failures = 0;
        onstate({ is: 'online' });
      }
    } catch (error) {
      if (error instanceof HulplijnError && error.code === 'signed-out') return onstate({ is: 'signed out' });
    }
    if (signal.aborted) return;
    if (failures === 0) since = Date.now();
    onstate({ is: 'waiting', since });
    await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++) * (0.7 + 0.6 * Math.random()), signal);
  }
}

/** Waits, but no longer than until the browser says that the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
