import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { take } from '../connection.ts';
import type { EventStream } from '../event-stream.ts';

const streams = new WeakMap<ReadableStream, EventStream>();
/** ms; how long what was written may take to arrive after the end. */
const GOODBYE = 5000;
const encoder = new TextEncoder();

/** The stream as a response's body: it begins when that is first read. */
export function eventBody(stream: EventStream): ReadableStream<Uint8Array> {
  let begun = false;
  let over = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (begun) return stream.drained();
        begun = true;
        stream.begin({
          write(text) {
            controller.enqueue(encoder.encode(text));
            return (controller.desiredSize ?? 0) >= 0;
          },
          end() {
            if (!over) controller.close();
          },
        });
      },
      cancel() {
        over = true;
        return stream.close();
      },
    },
    { highWaterMark: 0 },
  );
  streams.set(body, stream);
  return body;
}

/**
 * Sends a response with such a body on the bare connection, until that is closed (RFC 9112, 6.3: its end is the
 * body's): thousands of pages listen, and nothing of HTTP or web streams is kept for them. False: it is another body.
 */
export function pour(response: Response, connection: Duplex): boolean {
  // Asked first, as asking for the body makes every answer a slower one.
  if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) return false;
  const stream = response.body && streams.get(response.body);
  const bare = stream && take(connection);
  if (!bare) return false;
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  bare.write(`HTTP/1.1 ${response.status} OK\r\n${head}Date: ${new Date().toUTCString()}\r\nConnection: close\r\n\r\n`);
  bare.on('drain', () => stream.drained());
  bare.on('close', () => void stream.close());
  bare.on('error', ignore); // `close` follows
  bare.on('end', gone);
  bare.resume(); // whatever else it sends, but its end is heard
  stream.begin({
    write: (text) => bare.write(text),
    end() {
      bare.destroySoon();
      setTimeout(() => bare.destroy(), GOODBYE).unref();
    },
  });
  return true;
}

function ignore(): void {}

function gone(this: Socket): void {
  this.destroy();
}
