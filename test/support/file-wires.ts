import type { ChannelEvents, FileChannel } from '../../shared/files/channel.ts';
import { decode, encode, type Frame } from '../../shared/files/frames.ts';
import type { Pool } from '../../shared/files/pool.ts';

/** One end of a channel made of a queue: what it was given lies there until the test lets it through. */
class QueueEnd implements FileChannel {
  other: QueueEnd | undefined;
  readonly queue: ArrayBuffer[] = [];
  events: ChannelEvents | undefined;
  open = true;
  carried = 0; // bytes

  get buffered(): number {
    return this.queue.reduce((sum, frame) => sum + frame.byteLength, 0);
  }
  listen(events: ChannelEvents): void {
    this.events = events;
    events.open();
  }
  send(frame: Uint8Array<ArrayBuffer>): void {
    if (this.open) this.queue.push(frame.slice().buffer);
  }
  /** Lets one frame through; whether there was one. */
  step(): boolean {
    const frame = this.queue.shift();
    if (!frame) return false;
    this.carried += frame.byteLength;
    this.other?.events?.message(frame);
    this.events?.low();
    return true;
  }
  close(): void {
    if (!this.open) return;
    this.open = false;
    this.queue.length = 0;
    this.other?.lost();
  }
  lost(): void {
    if (!this.open) return;
    this.open = false;
    this.queue.length = 0;
    this.events?.close();
  }
}

export interface QueueWire {
  /** Bytes let through from one to the other. */
  readonly carried: number;
  step(): boolean;
  /** Breaks it, with all that is under way. */
  cut(): void;
}

/** Joins two pools. */
export function queueWire(one: Pool, other: Pool): QueueWire {
  const ends = [new QueueEnd(), new QueueEnd()] as const;
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  one.add(ends[0]);
  other.add(ends[1]);
  return {
    get carried() {
      return ends[0].carried;
    },
    step: () => [ends[0].step(), ends[1].step()].includes(true),
    cut() {
      for (const end of ends) end.lost();
    },
  };
}

/** A peer that says what a test likes, beside a pool. */
export function queueLiar(pool: Pool) {
  const heard: Frame[] = [];
  let events: ChannelEvents | undefined;
  let closed = false;
  pool.add({
    buffered: 0,
    listen(to) {
      events = to;
      to.open();
    },
    send(bytes) {
      const frame = decode(bytes.buffer);
      if (frame) heard.push(frame);
    },
    close() {
      closed = true;
    },
  });
  return {
    heard,
    closed: () => closed,
    say: (frame: Frame) => events?.message(encode(frame).buffer),
    sayBytes: (data: unknown) => events?.message(data),
  };
}
