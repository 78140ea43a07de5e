import { bridge } from './channel.ts';
import type { SinkChoice } from './sink.ts';
import type { Failure } from './transfer.ts';

/** What the page says to its worker (file.worker.ts). `job` tells of the transfer; whatever the page says to it cancels. */
export type ToWorker =
  | { do: 'channel'; pool: number; channel: RTCDataChannel | MessagePort }
  | { do: 'send'; pool: number; transfer: number; file: Blob; job: MessagePort }
  | { do: 'receive'; pool: number; transfer: number; size: number; sink: SinkChoice; job: MessagePort }
  | { do: 'close'; pool: number };
/** What a job says to the page. */
export type FromJob =
  | { is: 'progress'; bytes: number }
  | { is: 'done'; sha256: string; file: Blob | undefined }
  | ({ is: 'failed' } & Failure);

/** A transfer that did not succeed. The words for people are looked up by `why` and `by`. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly why: Failure['why'];
  readonly by: Failure['by'];

  constructor({ why, by }: Failure) {
    super(`${why}, ended by ${by}`);
    this.why = why;
    this.by = by;
  }
}

/** All bulk channels to one peer, whatever connections they are of. Several transfers and both directions share them. */
export class ChannelPool {
  static #made = 0;
  readonly #worker: Worker;
  readonly #number = ChannelPool.#made++;
  #busy = 0;
  /** `busy` is another: the first transfer begins, or the last one has ended. */
  onbusy: () => void = () => {};

  /** `worker` runs file.worker.ts; the page makes it, once, and knows its address (Trusted Types). */
  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * An ordered, binary, `negotiated` channel, in the task that made it: later it can be moved to the worker no more. It
   * leaves by closing.
   */
  add(channel: RTCDataChannel): void {
    try {
      this.#say({ do: 'channel', pool: this.#number, channel }, [channel]);
    } catch {
      const { port1, port2 } = new MessageChannel();
      bridge(channel, port1);
      this.#say({ do: 'channel', pool: this.#number, channel: port2 }, [port2]);
    }
  }

  /** A transfer is under way. */
  get busy(): boolean {
    return this.#busy > 0;
  }

  /** Ends what is under way, and the channels. May be called twice. */
  close(): void {
    this.#say({ do: 'close', pool: this.#number }, []);
  }

  #say(message: ToWorker, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }

  /** For `sendFile` and `receiveFile`. */
  async run(
    begin: (pool: number, job: MessagePort) => ToWorker,
    { signal, onprogress }: Options,
  ): Promise<{ sha256: string; file: Blob | undefined }> {
    signal?.throwIfAborted();
    const { port1, port2 } = new MessageChannel();
    const cancel = () => port1.postMessage('cancel');
    if (++this.#busy === 1) this.onbusy();
    try {
      return await new Promise((resolve, reject) => {
        port1.onmessage = ({ data }: MessageEvent<FromJob>) => {
          if (data.is === 'progress') onprogress?.(data.bytes);
          else if (data.is === 'done') resolve(data);
          else reject(new TransferError(data));
        };
        signal?.addEventListener('abort', cancel);
        this.#say(begin(this.#number, port2), [port2]);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      port1.close();
      if (--this.#busy === 0) this.onbusy();
    }
  }
}

interface Options {
  /** Ends the transfer, and says so to the other side. */
  signal?: AbortSignal;
  /** Bytes that are through; ten times a second at most. */
  onprogress?: (bytes: number) => void;
}

/**
 * Sends `file` under a number that the other side receives it under, from where that side has it verified. Waits while
 * there is no channel. Resolves when the whole file is there with the same SHA-256 (hex).
 * @throws TransferError
 */
export async function sendFile(given: Options & { channels: ChannelPool; id: number; file: Blob }) {
  const { id: transfer, file } = given;
  const { sha256 } = await given.channels.run((pool, job) => ({ do: 'send', pool, transfer, file, job }), given);
  return { sha256 };
}

/**
 * Receives a file of `size` bytes; goes on from what the sink holds verified. `file` is what it wrote, for the person to
 * save.
 * @throws TransferError
 */
export async function receiveFile(
  given: Options & { channels: ChannelPool; id: number; size: number; sink: SinkChoice },
): Promise<{ sha256: string; file: Blob | undefined }> {
  const { id: transfer, size, sink } = given;
  return given.channels.run((pool, job) => ({ do: 'receive', pool, transfer, size, sink, job }), given);
}
