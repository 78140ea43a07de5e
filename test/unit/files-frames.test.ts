import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockBytes, blocksOf, chunkBytes, Gathering } from '../../shared/files/blocks.ts';
import { BLOCK, CHUNK, decode, encode, FILE_BYTES, FRAME_BYTES, type Frame, WHY } from '../../shared/files/frames.ts';
import { STRIPES, stripesFor } from '../../shared/files/stripes.ts';

const u32 = fc.nat({ max: 2 ** 32 - 1 });
const sha256 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((some) => new Uint8Array(some));
const why = fc.constantFrom(...WHY);
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ is: fc.constant('ask' as const), transfer: u32, size: fc.maxSafeNat().filter((n) => n <= FILE_BYTES) }),
  fc.record({ is: fc.constant('data' as const), transfer: u32, block: u32, offset: u32, sha256, bytes }),
  fc.record({ is: fc.constant('have' as const), transfer: u32, life: u32, blocks: u32, window: u32 }),
  fc.record({ is: fc.constantFrom('end' as const, 'got' as const), transfer: u32, sha256 }),
  fc.record({ is: fc.constantFrom('stop' as const, 'refuse' as const), transfer: u32, why }),
);

test('SH4 every frame comes back as it was sent', () => {
  fc.assert(
    fc.property(frame, (sent) => {
      expect(decode(encode(sent).buffer)).toEqual(sent);
    }),
  );
});

test('SH4 whatever arrives, the codec never throws, and a frame that is cut or grown is none', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.uint8Array({ maxLength: 100 }).map((some) => new Uint8Array(some).buffer),
    // Headers that look right.
    fc
      .tuple(fc.nat(8), fc.uint8Array({ maxLength: 60 }))
      .map(([kind, rest]) => new Uint8Array([kind, 0, 0, 0, 0, 0, 0, 1, ...rest]).buffer),
  );
  fc.assert(
    fc.property(anything, (message) => {
      const got = decode(message);
      if (got) expect(new Uint8Array(encode(got))).toEqual(new Uint8Array(message as ArrayBuffer));
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(frame, fc.integer({ min: 1, max: 8 }), (sent, by) => {
      const { buffer } = encode(sent);
      const cut = decode(buffer.slice(0, -by));
      if (sent.is !== 'data') expect(cut).toBeUndefined();
      const grown = new Uint8Array(buffer.byteLength + by);
      grown.set(new Uint8Array(buffer));
      if (sent.is !== 'data') expect(decode(grown.buffer)).toBeUndefined();
    }),
  );
  expect(decode(new ArrayBuffer(FRAME_BYTES + 1))).toBeUndefined();
  expect(decode(encode({ is: 'ask', transfer: 1, size: FILE_BYTES + 1 }).buffer)).toBeUndefined();
});

test('SH4 the chunks of a file are all of it, once', () => {
  const size = fc.oneof(
    fc.nat({ max: 4 * BLOCK }),
    fc.tuple(fc.nat(3), fc.nat(16), fc.integer({ min: -1, max: 1 })).map(([b, c, d]) => b * BLOCK + c * CHUNK + d),
  );
  fc.assert(
    fc.property(
      size.filter((n) => n >= 0),
      (n) => {
        let total = 0;
        for (let block = 0; block < blocksOf(n); block++) {
          const length = blockBytes(n, block);
          expect(length).toBeGreaterThan(0);
          let at = 0;
          while (at < length) at += chunkBytes(n, block, at);
          expect(at).toBe(length);
          expect(chunkBytes(n, block, at)).toBe(0);
          total += at;
        }
        expect(total).toBe(n);
        expect(chunkBytes(n, blocksOf(n), 0)).toBe(0);
      },
    ),
  );
  expect(chunkBytes(BLOCK, 0, 1)).toBe(0);
  expect(chunkBytes(BLOCK, 0, 2 ** 32 - CHUNK)).toBe(0);
});

test('SH4 stripes are for what would otherwise take long: large files over long round trips', () => {
  const mib = 1024 * 1024;
  expect(stripesFor(32 * mib, 40)).toBe(STRIPES);
  expect(stripesFor(mib, 40)).toBe(0);
  expect(stripesFor(32 * mib, 1)).toBe(0);
  expect(stripesFor(500 * mib, 5)).toBe(STRIPES);
  expect(stripesFor(5000 * mib, 1)).toBe(0); // the next room: the machine is slower than the way
});

test('SH4 a block is complete when each of its chunks has come, in any order and however often', () => {
  const order = fc.shuffledSubarray(
    Array.from({ length: 16 }, (_, index) => index),
    { minLength: 16 },
  );
  const block = Uint8Array.from({ length: BLOCK - 7 }, (_, index) => index * 31);
  fc.assert(
    fc.property(order, fc.array(fc.nat(15)), (chunks, again) => {
      const gathering = new Gathering(new Uint8Array(BLOCK), block.length, new Uint8Array(32));
      const add = (chunk: number) => gathering.add(chunk * CHUNK, block.slice(chunk * CHUNK, (chunk + 1) * CHUNK));
      for (const [index, chunk] of chunks.entries()) {
        expect(gathering.complete).toBe(false);
        expect(add(chunk)).toBe(true);
        for (const seen of again) if (chunks.indexOf(seen) <= index) expect(add(seen)).toBe(false);
      }
      expect(gathering.complete).toBe(true);
      expect(Buffer.compare(gathering.bytes, block)).toBe(0);
    }),
    { numRuns: 20 },
  );
});
