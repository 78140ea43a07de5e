import type { Logger } from 'pino';
import type { Agents } from './agents.ts';
import type { EventStreams } from './event-stream.ts';
import type { Offers } from './offers.ts';
import { LEASE, type Presence } from './presence.ts';
import type { Queues } from './queues.ts';
import type { SessionBook } from './session-book.ts';

const EVERY = 1000;
const KEEP_ALIVE = 15_000;
/** Sessions in one sweep; more wait a second. */
const BATCH = 200;

/** What happens because time passes. */
export interface Sweeper {
  /** Applies what is due; several relays may do so at once. */
  sweep(): Promise<void>;
  /** Sweeps every second until the returned undo is called. */
  start(): () => void;
}

export function createSweeper(parts: {
  agents: Agents;
  book: SessionBook;
  offers: Offers;
  presence: Presence;
  queues: Queues;
  streams: EventStreams;
  log: Logger;
}): Sweeper {
  const { agents, book, offers, presence, queues, streams, log } = parts;
  let running = false;

  async function sweep(): Promise<void> {
    await presence.buryDead();
    for (const session of await book.due(BATCH)) {
      // Reading a session is what brings it up to date. One that fails must not keep the others from it.
      await book.change(session, (record) => record).catch((err: unknown) => log.error({ err }, 'a session is stuck'));
    }
    for (const agent of await agents.leaving(BATCH))
      await agents.finishRemoval(agent).catch((err: unknown) => log.error({ err }, 'a removal is stuck'));
    for (const queue of await queues.removed(BATCH))
      await offers.leaveQueue(queue).catch((err: unknown) => log.error({ err }, 'a removed queue is stuck'));
  }

  async function guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (err) {
      log.error({ err }, 'sweeping failed');
    }
  }

  return {
    sweep,
    start() {
      const timers = [
        setInterval(async () => {
          if (running) return;
          running = true;
          await guarded(sweep);
          running = false;
        }, EVERY),
        setInterval(() => guarded(() => presence.renew()), LEASE / 3),
        setInterval(() => guarded(() => streams.keepAlive()), KEEP_ALIVE),
      ];
      return () => timers.forEach(clearInterval);
    },
  };
}
