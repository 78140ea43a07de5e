import type { FileChannel } from './channel.ts';
import { decode, encode, type Frame, type ToReceiver, type ToSender, type Why } from './frames.ts';

/** Bytes that wait on a channel at most: alone it needs more than one of many, which share what is under way. */
const ALONE = 1024 * 1024;
const ONE_OF_MANY = 256 * 1024;
/** Whole files whose end the sender may ask about again, because the answer was lost with its channel. */
const REMEMBERED = 256;

interface End {
  /** A channel opened or closed: say where you stand. */
  greet(): void;
  /** Ends it without a word to the other side. */
  fail(why: Why): void;
}
export interface SendingEnd extends End {
  take(frame: ToSender): void;
  /** The next piece that may go out now, over that channel. */
  next(over: FileChannel): Frame | undefined;
  /** What had been sent by it may have got lost. */
  lost(channel: FileChannel): void;
}
export interface ReceivingEnd extends End {
  take(frame: ToReceiver): void;
}

/** All channels to one peer, and the transfers that share them. */
export class Pool {
  readonly #channels = new Set<FileChannel>();
  readonly #sending = new Map<number, SendingEnd>();
  readonly #receiving = new Map<number, ReceivingEnd>();
  readonly #finished = new Map<number, Uint8Array<ArrayBuffer>>();
  #over = false;

  /** Bytes that wait on all channels. */
  get buffered(): number {
    return [...this.#channels].reduce((sum, channel) => sum + channel.buffered, 0);
  }

  add(channel: FileChannel) {
    if (this.#over) return channel.close();
    channel.listen({
      open: () => {
        this.#channels.add(channel);
        this.#greet();
      },
      message: (data) => this.#take(data),
      low: () => this.pump(),
      close: () => {
        this.#channels.delete(channel);
        for (const sending of this.#sending.values()) sending.lost(channel);
        // What was said by it may be lost too: said again by those that are left.
        this.#greet();
      },
    });
  }

  /** @throws Error when that number is taken */
  send(transfer: number, end: SendingEnd): void {
    this.#begin(this.#sending, transfer, end);
  }
  receive(transfer: number, end: ReceivingEnd): void {
    this.#finished.delete(transfer);
    this.#begin(this.#receiving, transfer, end);
  }
  sent(transfer: number): void {
    this.#sending.delete(transfer);
  }
  /** With the hash of the whole file when it is there. */
  received(transfer: number, sha256?: Uint8Array<ArrayBuffer>): void {
    this.#receiving.delete(transfer);
    if (!sha256) return;
    this.#finished.set(transfer, sha256);
    const [oldest] = this.#finished.keys();
    if (this.#finished.size > REMEMBERED && oldest !== undefined) this.#finished.delete(oldest);
  }

  /** Sends what is not bytes of a file, by the channel with the shortest way; without one it is not sent. */
  say(frame: Frame): void {
    const [channel] = [...this.#channels].sort((one, other) => one.buffered - other.buffered);
    channel?.send(encode(frame));
  }

  /** Fills every channel that has room; the transfers take turns. */
  pump(): void {
    const limit = this.#channels.size > 1 ? ONE_OF_MANY : ALONE;
    for (const channel of this.#channels) {
      while (channel.buffered < limit) {
        const frame = this.#next(channel);
        if (!frame) return;
        channel.send(encode(frame));
      }
    }
  }

  /** Nothing more to or from this peer. May be called twice. */
  close(): void {
    this.#over = true;
    this.#cutOff('cancelled');
  }

  #cutOff(why: Why): void {
    for (const channel of this.#channels) channel.close();
    this.#channels.clear();
    for (const end of [...this.#sending.values(), ...this.#receiving.values()]) end.fail(why);
  }

  #greet(): void {
    for (const end of [...this.#sending.values(), ...this.#receiving.values()]) end.greet();
    this.pump();
  }

  #begin<E extends End>(ends: Map<number, E>, transfer: number, end: E) {
    if (ends.has(transfer)) throw new Error(`transfer ${transfer} is under way`);
    if (this.#over) return end.fail('cancelled');
    ends.set(transfer, end);
    end.greet();
  }

  #next(channel: FileChannel): Frame | undefined {
    for (const [transfer, sending] of this.#sending) {
      const frame = sending.next(channel);
      if (!frame) continue;
      this.#sending.delete(transfer);
      this.#sending.set(transfer, sending);
      return frame;
    }
    return undefined;
  }

  #take(data: unknown) {
    const frame = decode(data);
    // Which transfer's fault it is cannot be told, only that the peer does not keep to the rules.
    if (!frame) return this.#cutOff('malformed');
    if (frame.is === 'have' || frame.is === 'got' || frame.is === 'refuse') {
      return this.#sending.get(frame.transfer)?.take(frame);
    }
    const receiving = this.#receiving.get(frame.transfer);
    if (receiving) return receiving.take(frame);
    const sha256 = frame.is === 'end' && this.#finished.get(frame.transfer);
    if (sha256) this.say({ is: 'got', transfer: frame.transfer, sha256 });
  }
}
