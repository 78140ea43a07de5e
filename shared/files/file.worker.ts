/**
 * All transfers of a page: reading, hashing, writing and, where the browser lets them live here, the channels. In a
 * worker, because the page must stay free, and only here can the private disk be written at its own speed.
 */
import { ownChannel, portChannel } from './channel.ts';
import type { FromJob, ToWorker } from './files.ts';
import type { Why } from './frames.ts';
import { Pool } from './pool.ts';
import { Receiving } from './receiving.ts';
import { Sending } from './sending.ts';
import { openSink } from './sink.ts';
import type { Outcome } from './transfer.ts';

/** ms between two words about the progress. */
const TELL = 100;
const pools = new Map<number, Pool>();

function poolOf(number: number): Pool {
  const pool = pools.get(number) ?? new Pool();
  pools.set(number, pool);
  return pool;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Tells the page how a transfer goes, by its port. */
function outcome(job: MessagePort): Outcome {
  const tell = (said: FromJob) => job.postMessage(said);
  let told = 0;
  return {
    progress(bytes) {
      const now = performance.now();
      if (now - told < TELL) return;
      told = now;
      tell({ is: 'progress', bytes });
    },
    end(how) {
      tell('why' in how ? { is: 'failed', ...how } : { is: 'done', sha256: hex(how.sha256), file: how.file });
    },
  };
}

/** Runs what `start` makes until it ends or the page cancels, which it may do before it has begun. */
async function run<T>(job: MessagePort, failed: Why, start: (told: Outcome) => Promise<T>, cancel: (it: T) => void) {
  const told = outcome(job);
  const started = start(told);
  job.onmessage = () => void started.then(cancel, () => undefined);
  await started.catch(() => told.end({ why: failed, by: 'us' }));
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const pool = poolOf(data.pool);
  switch (data.do) {
    case 'channel':
      return pool.add(data.channel instanceof MessagePort ? portChannel(data.channel) : ownChannel(data.channel));
    case 'send': {
      const { transfer, file, job } = data;
      const start = (told: Outcome) => Sending.start(transfer, file, pool, told);
      return void run(job, 'unreadable', start, (sending) => sending.stop('cancelled'));
    }
    case 'receive': {
      const { transfer, size, sink, job } = data;
      const start = async (told: Outcome) => {
        const opened = await openSink(sink, size);
        return Receiving.start(transfer, size, opened, pool, told);
      };
      return void run(job, 'storage', start, (receiving) => receiving.refuse('cancelled'));
    }
    case 'close':
      pool.close();
      return void pools.delete(data.pool);
    default:
      data satisfies never;
  }
});
