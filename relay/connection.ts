import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

type Done = (error?: Error | null) => void;

/**
 * A connection as Node's HTTP server sees it. HTTP only borrows it: what lasts (an event stream, a signalling socket)
 * takes the bare one, and all that HTTP keeps for a connection (parser, request, response, their listeners) is let go.
 * That is most of what somebody idle would cost.
 */
class Borrowed extends Duplex {
  #bare: Socket | undefined;

  constructor(bare: Socket) {
    super();
    this.#bare = bare;
    bare.on('data', (chunk) => {
      if (!this.push(chunk)) bare.pause();
    });
    bare.on('end', () => this.push(null));
    bare.on('timeout', () => this.emit('timeout'));
    bare.on('error', (error) => this.destroy(error));
    bare.on('close', () => this.destroy());
  }

  /** For whose attempts are counted. */
  get remoteAddress(): string | undefined {
    return this.#bare?.remoteAddress;
  }

  /** HTTP's time for an idle connection. */
  setTimeout(ms: number): this {
    this.#bare?.setTimeout(ms);
    return this;
  }

  /** The bare connection, paused, which HTTP has nothing more to do with. */
  handOver(): Socket | undefined {
    const bare = this.#bare;
    this.#bare = undefined;
    for (const event of ['data', 'end', 'timeout', 'error', 'close']) bare?.removeAllListeners(event);
    bare?.pause().setTimeout(0);
    this.destroy();
    return bare;
  }

  override _read(): void {
    this.#bare?.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: Done): void {
    this.#bare?.write(chunk, encoding, done);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: Done): void {
    this.#bare?.cork();
    chunks.forEach(({ chunk, encoding }, at) => {
      this.#bare?.write(chunk, encoding, at === chunks.length - 1 ? done : undefined);
    });
    this.#bare?.uncork();
  }

  override _final(done: Done): void {
    this.#bare?.end(done);
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#bare?.destroy(error ?? undefined);
    done(error);
  }
}

/** Hands connections of `server` out to whoever keeps them for long. Before it listens. */
export function lend(server: Server): void {
  const http = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (bare: Socket) => {
    const borrowed = new Borrowed(bare);
    for (const listen of http) listen.call(server, borrowed);
  });
}

/** What a request came on, for good; `undefined` for one that is gone, or that was not borrowed. */
export function take(connection: Duplex): Socket | undefined {
  return connection instanceof Borrowed ? connection.handOver() : undefined;
}
