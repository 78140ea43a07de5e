import { blockBytes, blocksOf, chunkBytes, Gathering, sameBytes, sha256Of } from './blocks.ts';
import { BLOCK, type ToReceiver, type Why } from './frames.ts';
import type { Pool, ReceivingEnd } from './pool.ts';
import { type FileHash, fileHash } from './sha256.ts';
import type { Sink } from './sink.ts';
import type { Outcome } from './transfer.ts';

type Bytes = Uint8Array<ArrayBuffer>;
/** Blocks there is room for: those that arrive, and those that wait for the disk. A slow disk stops the sender so. */
const WINDOW = 16;

/** One file coming in. Blocks are verified and written strictly in order, so one number says what is there. */
export class Receiving implements ReceivingEnd {
  readonly #transfer: number;
  readonly #size: number;
  readonly #sink: Sink;
  readonly #pool: Pool;
  readonly #hash: FileHash;
  readonly #outcome: Outcome;
  readonly #total: number;
  readonly #life = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  readonly #arriving = new Map<number, { gathering: Gathering; sha256?: Promise<Bytes> }>();
  /** Rooms of blocks that were written, for the next ones: memory stays as it is. */
  readonly #rooms: Bytes[] = [];
  /** Blocks verified and written, and bytes of others that have arrived. */
  #have: number;
  #arrived = 0;
  #writing = false;
  #concluding = false;
  /** The hash of the whole file, as the sender says. */
  #expected: Bytes | undefined;
  #over = false;

  static async start(transfer: number, size: number, sink: Sink, pool: Pool, outcome: Outcome): Promise<Receiving> {
    try {
      const hash = await fileHash(sink.kept?.hash).catch((error: unknown) => {
        sink.spoilt = true;
        throw error;
      });
      const receiving = new Receiving(transfer, size, sink, pool, hash, outcome);
      pool.receive(transfer, receiving);
      return receiving;
    } catch (error) {
      await sink.close();
      throw error;
    }
  }

  private constructor(transfer: number, size: number, sink: Sink, pool: Pool, hash: FileHash, outcome: Outcome) {
    this.#transfer = transfer;
    this.#size = size;
    this.#sink = sink;
    this.#pool = pool;
    this.#hash = hash;
    this.#outcome = outcome;
    this.#total = blocksOf(size);
    this.#have = sink.kept?.blocks ?? 0;
  }

  greet(): void {
    const { blocks, life } = { blocks: this.#have, life: this.#life };
    this.#pool.say({ is: 'have', transfer: this.#transfer, life, blocks, window: WINDOW });
  }

  take(frame: ToReceiver) {
    switch (frame.is) {
      case 'ask':
        return frame.size === this.#size ? this.greet() : this.#cutOff('size');
      case 'data':
        return this.#gather(frame);
      case 'end':
        this.#expected = frame.sha256.slice();
        return void this.#conclude();
      case 'stop':
        return this.#end({ why: frame.why, by: 'them' });
      default:
        frame satisfies never;
    }
  }

  fail(why: Why): void {
    this.#end({ why, by: 'us' });
  }
  /** Ends it and says so; what is there is kept for another time. */
  refuse(why: Why): void {
    if (!this.#over) this.#pool.say({ is: 'refuse', transfer: this.#transfer, why });
    this.fail(why);
  }
  /** The sender lies or errs: nothing of it is kept. */
  #cutOff(why: Why): void {
    this.#sink.spoilt = true;
    this.refuse(why);
  }

  #gather({ block, offset, sha256, bytes }: Extract<ToReceiver, { is: 'data' }>) {
    const expected = chunkBytes(this.#size, block, offset);
    if (bytes.length !== expected) return this.#cutOff('size');
    if (block < this.#have) return; // sent again, because the word of it was lost
    if (block >= this.#have + WINDOW) return this.#cutOff('credit');
    let entry = this.#arriving.get(block);
    if (!entry) {
      const room = this.#rooms.pop() ?? new Uint8Array(BLOCK);
      entry = { gathering: new Gathering(room, blockBytes(this.#size, block), sha256) };
      this.#arriving.set(block, entry);
    }
    const { gathering } = entry;
    if (!sameBytes(gathering.sha256, sha256)) return this.#cutOff('hash');
    if (!gathering.add(offset, bytes)) return;
    this.#arrived += bytes.length;
    this.#tell();
    if (!gathering.complete) return;
    entry.sha256 = sha256Of(gathering.bytes);
    void this.#write();
  }

  /** Verifies and writes what is complete, in order; one at a time. */
  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    try {
      for (;;) {
        const { gathering, sha256 } = this.#arriving.get(this.#have) ?? {};
        if (!gathering || !sha256) break;
        if (!sameBytes(await sha256, gathering.sha256)) return this.#cutOff('hash');
        if (this.#over) return;
        this.#hash.update(gathering.bytes);
        await this.#sink.write(gathering.bytes, { blocks: this.#have + 1, hash: this.#hash.state() });
        if (this.#over) return;
        this.#arriving.delete(this.#have);
        this.#rooms.push(new Uint8Array(gathering.bytes.buffer));
        this.#arrived -= gathering.bytes.length;
        this.#have++;
        this.greet();
        this.#tell();
      }
      await this.#conclude();
    } catch {
      this.refuse('storage');
    } finally {
      this.#writing = false;
    }
  }

  async #conclude(): Promise<void> {
    if (this.#over || this.#concluding || !this.#expected || this.#have < this.#total) return;
    this.#concluding = true;
    const sha256 = this.#hash.digest();
    if (!sameBytes(this.#expected, sha256)) return this.#cutOff('hash');
    try {
      const file = await this.#sink.finish();
      if (this.#over) return;
      this.#over = true;
      this.#pool.received(this.#transfer, sha256);
      this.#pool.say({ is: 'got', transfer: this.#transfer, sha256 });
      this.#outcome.end({ sha256, file });
    } catch {
      this.refuse('storage');
    }
  }

  #tell(): void {
    this.#outcome.progress(Math.min(this.#size, this.#have * BLOCK) + this.#arrived);
  }

  #end(how: Parameters<Outcome['end']>[0]): void {
    if (this.#over) return;
    this.#over = true;
    this.#arriving.clear();
    this.#rooms.length = 0;
    this.#pool.received(this.#transfer);
    void Promise.resolve(this.#sink.close()).finally(() => this.#outcome.end(how));
  }
}
