import { FRAME_BYTES } from './frames.ts';

/** One bulk channel as the pool sees it: an RTCDataChannel in the worker, or the end of one that had to stay in the page. */
export interface FileChannel {
  /** Bytes handed over and not yet sent. */
  readonly buffered: number;
  listen(events: ChannelEvents): void;
  /** Nothing happens on a closed one. */
  send(frame: Uint8Array<ArrayBuffer>): void;
  /** May be called twice. */
  close(): void;
}

export interface ChannelEvents {
  open(): void;
  message(data: unknown): void;
  /** There is room again. */
  low(): void;
  /** At most once, and not after one's own `close`. */
  close(): void;
}

/** Enough for the low-water event to come before the wire runs dry. Below every limit of the pool, or it never would. */
const LOW_WATER = 255 * 1024;

export function ownChannel(channel: RTCDataChannel): FileChannel {
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = LOW_WATER;
  let over = false;
  return {
    get buffered() {
      return channel.bufferedAmount;
    },
    listen(events) {
      const closed = () => {
        if (over) return;
        over = true;
        events.close();
      };
      channel.onmessage = ({ data }) => {
        if (!over) events.message(data);
      };
      channel.onbufferedamountlow = () => events.low();
      channel.onclose = closed;
      channel.onerror = closed;
      channel.onopen = () => events.open();
      if (channel.readyState === 'open') events.open();
      if (channel.readyState === 'closed') closed();
    },
    send(frame) {
      if (channel.readyState === 'open') channel.send(frame);
    },
    close() {
      over = true;
      channel.close();
    },
  };
}

/** What the two ends of a port say, besides the frames themselves as bytes. */
type Said =
  | { is: 'open' | 'close' }
  /** Of all the bytes that came by the port, how many are through; told whenever it is quiet behind it. */
  | { is: 'drained'; taken: number; buffered: number };

/** The worker's end of a channel that its browser lets live in a page only. */
export function portChannel(port: MessagePort): FileChannel {
  let posted = 0;
  let drained = { taken: 0, buffered: 0 };
  let over = false;
  return {
    get buffered() {
      return drained.buffered + posted - drained.taken;
    },
    listen(events) {
      port.onmessage = ({ data }: MessageEvent<ArrayBuffer | Said>) => {
        if (over) return;
        if (!('is' in data)) return events.message(data);
        if (data.is === 'drained') {
          drained = data;
          return events.low();
        }
        if (data.is === 'close') over = true;
        events[data.is]();
      };
    },
    send(frame) {
      if (over) return;
      posted += frame.length;
      port.postMessage(frame.buffer, [frame.buffer]);
    },
    close() {
      if (over) return;
      over = true;
      port.postMessage({ is: 'close' } satisfies Said);
    },
  };
}

/** The page's end: hands what comes by the channel to the port, and back. */
export function bridge(channel: RTCDataChannel, port: MessagePort): void {
  const tell = (said: Said) => port.postMessage(said);
  let taken = 0;
  const drained = () => tell({ is: 'drained', taken, buffered: channel.bufferedAmount });
  ownChannel(channel).listen({
    open: () => tell({ is: 'open' }),
    message(data) {
      // Too large to be ours: what the pool is told is malformed all the same.
      if (data instanceof ArrayBuffer && data.byteLength <= FRAME_BYTES) port.postMessage(data, [data]);
      else port.postMessage(new ArrayBuffer(0));
    },
    low: drained,
    close: () => tell({ is: 'close' }),
  });
  port.onmessage = ({ data }: MessageEvent<ArrayBuffer | Said>) => {
    if ('is' in data) return channel.close();
    taken += data.byteLength;
    if (channel.readyState === 'open') channel.send(data);
    // Above it the low-water event will say so.
    if (channel.bufferedAmount <= channel.bufferedAmountLowThreshold) drained();
  };
}
