import { blockBytes, blocksOf, sameBytes, sha256Of } from './blocks.ts';
import type { FileChannel } from './channel.ts';
import { BLOCK, CHUNK, type Frame, type ToSender, type Why } from './frames.ts';
import type { Pool, SendingEnd } from './pool.ts';
import { type FileHash, fileHash } from './sha256.ts';
import type { Outcome } from './transfer.ts';

type Bytes = Uint8Array<ArrayBuffer>;
/** Blocks read at once: fewer, larger reads. */
const SLICE = 4;
/** Blocks read ahead of what is being sent. */
const AHEAD = 2 * SLICE;

/** A block that is in memory because the receiver does not have it yet. */
interface Held {
  bytes: Bytes;
  sha256: Bytes;
  /** By which channels its chunks went. */
  over: Set<FileChannel>;
}

/** One file on its way out. In memory are the blocks that are not acknowledged, and a few ahead. */
export class Sending implements SendingEnd {
  readonly #transfer: number;
  readonly #file: Blob;
  readonly #pool: Pool;
  readonly #hash: FileHash;
  readonly #outcome: Outcome;
  readonly #total: number;
  readonly #held = new Map<number, Held>();
  /** The receiver's word: its memory, what it has, and what it has room for. */
  #life: number | undefined;
  #have = 0;
  #window = 0;
  /** The next block to be sent for the first time, and the next to be read. */
  #next = 0;
  #read = 0;
  /** Blocks to be sent once more. */
  #again: number[] = [];
  #current: { block: number; offset: number } | undefined;
  /** The file's bytes up to here were handed to channels. */
  #handed = 0;
  #reading = false;
  /** Blocks that are in the hash. */
  #hashed = 0;
  #hashing = false;
  #sha256: Bytes | undefined;
  #over = false;

  static async start(transfer: number, file: Blob, pool: Pool, outcome: Outcome): Promise<Sending> {
    const sending = new Sending(transfer, file, pool, await fileHash(), outcome);
    pool.send(transfer, sending);
    return sending;
  }

  private constructor(transfer: number, file: Blob, pool: Pool, hash: FileHash, outcome: Outcome) {
    this.#transfer = transfer;
    this.#file = file;
    this.#pool = pool;
    this.#hash = hash;
    this.#outcome = outcome;
    this.#total = blocksOf(file.size);
  }

  greet(): void {
    this.#pool.say({ is: 'ask', transfer: this.#transfer, size: this.#file.size });
    this.#conclude();
  }

  take(frame: ToSender) {
    if (frame.is === 'refuse') return this.#end({ why: frame.why, by: 'them' });
    if (frame.is === 'got') {
      if (this.#sha256 && sameBytes(frame.sha256, this.#sha256)) return this.#end({ sha256: this.#sha256 });
      return this.stop('hash');
    }
    if (frame.blocks > this.#total) return this.stop('malformed');
    // What an earlier load of this page had sent may be verified only now, and be more than this one has sent.
    if (frame.life !== this.#life || frame.blocks > this.#next) this.#restart(frame.life, frame.blocks);
    for (; this.#have < frame.blocks; this.#have++) this.#held.delete(this.#have);
    this.#window = frame.window;
    void this.#fill();
    this.#pool.pump();
    this.#tell();
    this.#conclude();
  }

  next(over: FileChannel): Frame | undefined {
    // Acknowledged meanwhile: sent once more, though the first had arrived.
    if (this.#current && !this.#held.has(this.#current.block)) this.#current = undefined;
    this.#current ??= this.#pick();
    const held = this.#current && this.#held.get(this.#current.block);
    if (!this.#current || !held) return undefined;
    const { block, offset } = this.#current;
    held.over.add(over);
    const bytes = held.bytes.subarray(offset, offset + CHUNK);
    const end = offset + bytes.length;
    this.#current = end < held.bytes.length ? { block, offset: end } : undefined;
    this.#handed = Math.max(this.#handed, block * BLOCK + end);
    this.#tell();
    return { is: 'data', transfer: this.#transfer, block, offset, sha256: held.sha256, bytes };
  }

  lost(channel: FileChannel): void {
    for (const [block, { over }] of this.#held) {
      if (!over.delete(channel)) continue;
      if (block === this.#current?.block) this.#current = { block, offset: 0 };
      else if (!this.#again.includes(block)) this.#again.push(block);
    }
  }

  fail(why: Why): void {
    this.#end({ why, by: 'us' });
  }
  /** Ends it and says so. */
  stop(why: Why): void {
    if (!this.#over) this.#pool.say({ is: 'stop', transfer: this.#transfer, why });
    this.fail(why);
  }

  /** Which block is to be sent next: one that got lost before a new one. */
  #pick(): { block: number; offset: number } | undefined {
    while (this.#again.length > 0) {
      const block = this.#again.shift() ?? 0;
      if (this.#held.has(block)) return { block, offset: 0 };
    }
    if (!this.#held.has(this.#next) || this.#next >= this.#have + this.#window) return undefined;
    const block = this.#next++;
    void this.#fill();
    return { block, offset: 0 };
  }

  /** The receiver remembers nothing but what it has stored. */
  #restart(life: number, blocks: number): void {
    this.#life = life;
    this.#have = this.#next = this.#read = blocks;
    this.#handed = 0;
    this.#held.clear();
    this.#again = [];
    this.#current = undefined;
  }

  /** Reads ahead; one slice at a time. */
  async #fill(): Promise<void> {
    if (this.#reading || this.#over) return;
    this.#reading = true;
    try {
      while (!this.#over && this.#read < Math.min(this.#total, this.#next + AHEAD, this.#have + this.#window)) {
        const [life, first] = [this.#life, this.#read];
        const blocks = await this.#slice(first);
        const read = await Promise.all(blocks.map(async (bytes) => ({ bytes, sha256: await sha256Of(bytes) })));
        if (life !== this.#life || first !== this.#read) continue;
        for (const [index, block] of read.entries()) {
          this.#held.set(first + index, { ...block, over: new Set() });
        }
        this.#read = first + read.length;
        this.#pool.pump();
        for (const [index, { bytes }] of read.entries()) this.#absorb(first + index, bytes);
        void this.#catchUp();
      }
    } catch {
      this.stop('unreadable');
    } finally {
      this.#reading = false;
    }
  }

  async #slice(first: number): Promise<Bytes[]> {
    const end = Math.min(this.#total, first + SLICE);
    const bytes = new Uint8Array(await this.#file.slice(first * BLOCK, end * BLOCK).arrayBuffer());
    return Array.from({ length: end - first }, (_, index) =>
      bytes.subarray(index * BLOCK, index * BLOCK + blockBytes(this.#file.size, first + index)),
    );
  }

  #absorb(block: number, bytes: Bytes): void {
    if (block !== this.#hashed || this.#over) return;
    this.#hash.update(bytes);
    this.#hashed++;
  }

  /** What the receiver had already was not read to be sent; the hash needs it all the same. */
  async #catchUp(): Promise<void> {
    if (this.#hashing) return;
    this.#hashing = true;
    try {
      while (!this.#over && this.#hashed < this.#read) {
        const first = this.#hashed;
        for (const [index, bytes] of (await this.#slice(first)).entries()) this.#absorb(first + index, bytes);
      }
      this.#conclude();
    } catch {
      this.stop('unreadable');
    } finally {
      this.#hashing = false;
    }
  }

  #conclude(): void {
    if (this.#over || this.#life === undefined || this.#have < this.#total) return;
    if (this.#hashed < this.#total) return void this.#catchUp();
    this.#sha256 ??= this.#hash.digest();
    this.#pool.say({ is: 'end', transfer: this.#transfer, sha256: this.#sha256 });
  }

  #tell(): void {
    const have = Math.min(this.#file.size, this.#have * BLOCK);
    this.#outcome.progress(Math.max(have, this.#handed - this.#pool.buffered));
  }

  #end(how: Parameters<Outcome['end']>[0]): void {
    if (this.#over) return;
    this.#over = true;
    this.#held.clear();
    this.#pool.sent(this.#transfer);
    this.#outcome.end(how);
  }
}
