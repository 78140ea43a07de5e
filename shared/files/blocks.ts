import { BLOCK, CHUNK } from './frames.ts';

/** How a file of `size` bytes falls into blocks and chunks. All pure. */
export const blocksOf = (size: number): number => Math.ceil(size / BLOCK);

/** Bytes of that block; 0 beyond the file's end. */
export const blockBytes = (size: number, block: number): number => Math.max(0, Math.min(BLOCK, size - block * BLOCK));

/** Bytes that the chunk at `offset` of that block must have; 0 where there is none. */
export function chunkBytes(size: number, block: number, offset: number): number {
  return offset % CHUNK === 0 ? Math.max(0, Math.min(CHUNK, blockBytes(size, block) - offset)) : 0;
}

type Bytes = Uint8Array<ArrayBuffer>;
export const sameBytes = (one: Bytes, other: Bytes): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

export const sha256Of = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** A block that is arriving, by whatever channels, its chunks in any order and some of them twice. */
export class Gathering {
  readonly bytes: Bytes;
  readonly sha256: Bytes;
  #missing: number;

  /** `room` has `BLOCK` bytes, and is this block's until it is let go. */
  constructor(room: Bytes, length: number, sha256: Bytes) {
    this.bytes = room.subarray(0, length);
    this.sha256 = sha256.slice();
    this.#missing = 2 ** Math.ceil(length / CHUNK) - 1;
  }

  get complete(): boolean {
    return this.#missing === 0;
  }

  /** Whether it was new. The caller has checked offset and length. */
  add(offset: number, bytes: Bytes): boolean {
    const bit = 2 ** (offset / CHUNK);
    if ((this.#missing & bit) === 0) return false;
    this.#missing &= ~bit;
    this.bytes.set(bytes, offset);
    return true;
  }
}
