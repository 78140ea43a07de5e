import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { BLOCK, CHUNK, type Frame } from '../../shared/files/frames.ts';
import { Pool } from '../../shared/files/pool.ts';
import { Receiving } from '../../shared/files/receiving.ts';
import { Sending } from '../../shared/files/sending.ts';
import type { Kept, Sink } from '../../shared/files/sink.ts';
import type { Outcome } from '../../shared/files/transfer.ts';
import { type QueueWire, queueLiar, queueWire } from '../support/file-wires.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type How = Parameters<Outcome['end']>[0];

function told() {
  const how = Promise.withResolvers<How>();
  let ended = false;
  const outcome: Outcome = {
    progress: () => undefined,
    end(said) {
      ended = true;
      how.resolve(said);
    },
  };
  return { outcome, how: how.promise, ended: () => ended };
}

/** What outlives the receiver, as a disk does. */
class Disk {
  bytes: Bytes;
  kept: Kept | undefined;
  writes = 0;
  /** Blocks wait for the disk while there is one. */
  slow: Promise<void> | undefined;
  room = Number.POSITIVE_INFINITY; // blocks

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }
  sink(): Sink {
    const disk = this;
    return {
      kept: this.kept,
      spoilt: false,
      async write(bytes, kept) {
        await disk.slow;
        if (disk.writes === disk.room) throw new Error('full');
        disk.bytes.set(bytes, (kept.blocks - 1) * BLOCK);
        disk.kept = kept;
        disk.writes++;
      },
      finish: async () => new Blob([disk.bytes]),
      close() {
        if (this.spoilt) disk.kept = undefined;
      },
    };
  }
}

function sample(size: number): Bytes {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 2654435761) >>> (8 + ((i >> 16) % 16));
  return bytes;
}
const shaOf = (bytes: Bytes): Bytes => new Uint8Array(createHash('sha256').update(bytes).digest());
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const STUCK = 20_000; // ms; a failure, never a measure

/** Lets frames through until `over`. */
async function flow(wires: () => QueueWire[], over: () => boolean): Promise<void> {
  let moved = Date.now();
  while (!over()) {
    if (wires().filter((wire) => wire.step()).length > 0) moved = Date.now();
    if (Date.now() - moved > STUCK) throw new Error('nothing moves any more');
    await turn();
  }
}

test('SH4 a file arrives whole whatever channels break, come and go, and whoever starts anew', async () => {
  const act = fc.constantFrom('cut', 'cut all', 'add', 'new receiver', 'new sender');
  const size = fc.constantFrom(0, 1, BLOCK, 3 * BLOCK + 5, 21 * BLOCK - 1);
  await fc.assert(
    fc.asyncProperty(size, fc.array(fc.tuple(act, fc.nat(60)), { maxLength: 8 }), async (bytes, acts) => {
      const file = sample(bytes);
      const disk = new Disk(bytes);
      let [one, other] = [new Pool(), new Pool()];
      let wires = [queueWire(one, other)];
      let [sent, received] = [told(), told()];
      const send = () => Sending.start(7, new Blob([file]), one, sent.outcome);
      const receive = () => Receiving.start(7, bytes, disk.sink(), other, received.outcome);
      await Promise.all([send(), receive()]);
      for (const [what, steps] of acts) {
        for (let n = 0; n < steps; n++) {
          for (const wire of wires) wire.step();
          await turn();
        }
        if (what === 'cut') wires.splice(0, 1)[0]?.cut();
        if (what === 'cut all') for (const wire of wires.splice(0)) wire.cut();
        if (what === 'add' && wires.length < 4) wires.push(queueWire(one, other));
        // A page that was reloaded has neither channels nor memory.
        if (what === 'new receiver' && !received.ended() && !sent.ended()) {
          for (const wire of wires.splice(0)) wire.cut();
          other.close();
          await received.how;
          [other, received] = [new Pool(), told()];
          await receive();
        }
        if (what === 'new sender' && !received.ended() && !sent.ended()) {
          for (const wire of wires.splice(0)) wire.cut();
          one.close();
          [one, sent] = [new Pool(), told()];
          await send();
        }
      }
      if (wires.length === 0) wires = [queueWire(one, other)];
      await flow(
        () => wires,
        () => sent.ended() && received.ended(),
      );
      const sha256 = shaOf(file);
      expect(await sent.how).toEqual({ sha256 });
      expect(await received.how).toEqual({ sha256, file: expect.any(Blob) });
      expect(Buffer.compare(disk.bytes, file)).toBe(0);
    }),
    { numRuns: 40 },
  );
});

// The words go by either channel in turn: with one of these numbers the last goes by the one that is lost.
test.each([12, 13])(
  'SH4 what a channel said is said again when it closes, though another is left: %i blocks',
  async (blocks) => {
    const file = sample(blocks * BLOCK);
    const disk = new Disk(file.length);
    const gate = Promise.withResolvers<void>();
    disk.slow = gate.promise;
    const [one, other] = [new Pool(), new Pool()];
    const [sent, received] = [told(), told()];
    const left = queueWire(one, other);
    await Receiving.start(1, file.length, disk.sink(), other, received.outcome);
    await Sending.start(1, new Blob([file]), one, sent.outcome);
    let quiet = 0;
    await flow(
      () => [],
      () => {
        quiet = left.step() ? 0 : quiet + 1;
        return quiet > 500 && left.carried >= file.length; // reading may take longer than so many turns
      },
    );
    const lost = queueWire(one, other);
    while ([left.step(), lost.step()].includes(true)) await turn();
    gate.resolve();
    while (disk.writes < blocks) await turn();
    await turn();
    lost.cut();
    await flow(
      () => [left],
      () => sent.ended() && received.ended(),
    );
    expect(await received.how).toEqual({ sha256: shaOf(file), file: expect.any(Blob) });
  },
);

test('SH4 what was verified is not sent again to a receiver that starts anew', async () => {
  const file = sample(6 * BLOCK);
  const disk = new Disk(file.length);
  const [one, first, second] = [new Pool(), new Pool(), new Pool()];
  const [sent, lost, received] = [told(), told(), told()];
  await Receiving.start(1, file.length, disk.sink(), first, lost.outcome);
  const wire = queueWire(one, first);
  await Sending.start(1, new Blob([file]), one, sent.outcome);
  await flow(
    () => [wire],
    () => disk.writes >= 4,
  );
  wire.cut();
  first.close(); // its page is gone: what it still had in hand is written no more
  await lost.how;
  await Receiving.start(1, file.length, disk.sink(), second, received.outcome);
  const again = queueWire(one, second);
  await flow(
    () => [again],
    () => sent.ended(),
  );
  expect(disk.writes).toBe(6);
  expect(await received.how).toEqual({ sha256: shaOf(file), file: expect.any(Blob) });
});

test('SH4 a slow disk stops the sender: no more is under way than there is room for', async () => {
  const file = sample(40 * BLOCK);
  const disk = new Disk(file.length);
  const gate = Promise.withResolvers<void>();
  disk.slow = gate.promise;
  const [one, other] = [new Pool(), new Pool()];
  const [sent, received] = [told(), told()];
  await Receiving.start(1, file.length, disk.sink(), other, received.outcome);
  const wire = queueWire(one, other);
  const seen = vi.spyOn(other, 'say');
  await Sending.start(1, new Blob([file]), one, sent.outcome);
  let quiet = 0;
  await flow(
    () => [],
    () => {
      quiet = wire.step() ? 0 : quiet + 1;
      return quiet > 500;
    },
  );
  expect(disk.writes).toBe(0);
  expect(one.buffered).toBe(0);
  gate.resolve();
  await flow(
    () => [wire],
    () => sent.ended(),
  );
  const blocks = seen.mock.calls.flatMap(([frame]) => (frame.is === 'have' ? [frame.blocks] : []));
  expect(blocks.at(-1)).toBe(40);
  expect(await received.how).toEqual({ sha256: shaOf(file), file: expect.any(Blob) });
});

test('SH4 two files with the same number cross, one each way', async () => {
  const [there, back] = [sample(2 * BLOCK + 1), sample(BLOCK)];
  const [one, other] = [new Pool(), new Pool()];
  const ends = [told(), told(), told(), told()] as const;
  const wire = queueWire(one, other);
  await Promise.all([
    Sending.start(1, new Blob([there]), one, ends[0].outcome),
    Sending.start(1, new Blob([back]), other, ends[1].outcome),
    Receiving.start(1, there.length, new Disk(there.length).sink(), other, ends[2].outcome),
    Receiving.start(1, back.length, new Disk(back.length).sink(), one, ends[3].outcome),
  ]);
  await flow(
    () => [wire],
    () => ends.every(({ ended }) => ended()),
  );
  expect(await ends[2].how).toEqual({ sha256: shaOf(there), file: expect.any(Blob) });
  expect(await ends[3].how).toEqual({ sha256: shaOf(back), file: expect.any(Blob) });
});

test('SH4 a disk that is full ends the transfer at both ends, with the reason; another time it goes on', async () => {
  const file = sample(3 * BLOCK);
  const disk = new Disk(file.length);
  disk.room = 2;
  const [one, other] = [new Pool(), new Pool()];
  const [sent, received] = [told(), told()];
  await Receiving.start(1, file.length, disk.sink(), other, received.outcome);
  const wire = queueWire(one, other);
  await Sending.start(1, new Blob([file]), one, sent.outcome);
  await flow(
    () => [wire],
    () => sent.ended() && received.ended(),
  );
  expect(await received.how).toEqual({ why: 'storage', by: 'us' });
  expect(await sent.how).toEqual({ why: 'storage', by: 'them' });
  expect(disk.kept?.blocks).toBe(2);
});

const zeros = (length: number): Bytes => new Uint8Array(length);
const data = (block: number, offset: number, bytes: Bytes, sha256 = zeros(32)): Frame => ({
  is: 'data',
  transfer: 1,
  block,
  offset,
  sha256,
  bytes,
});
const SIZE = 100 * BLOCK + 5;

test.each<[string, string, Frame[]]>([
  ['another size than agreed', 'size', [{ is: 'ask', transfer: 1, size: SIZE + 1 }]],
  ['bytes beyond the end', 'size', [data(100, 0, zeros(6))]],
  ['a block beyond the end', 'size', [data(101, 0, zeros(1))]],
  ['a chunk that is too short', 'size', [data(0, 0, zeros(CHUNK - 1))]],
  ['a chunk between the chunks', 'size', [data(0, 1, zeros(CHUNK))]],
  ['an offset beyond its block', 'size', [data(0, BLOCK, zeros(CHUNK))]],
  ['more than there is room for', 'credit', [data(16, 0, zeros(CHUNK))]],
  ['two hashes for a block', 'hash', [data(0, 0, zeros(CHUNK)), data(0, CHUNK, zeros(CHUNK), zeros(32).fill(1))]],
  [
    'a block that its hash does not fit',
    'hash',
    Array.from({ length: 16 }, (_, n) => data(0, n * CHUNK, zeros(CHUNK))),
  ],
])('SH4 a sender is cut off that sends %s', async (_, why, frames) => {
  const pool = new Pool();
  const disk = new Disk(0);
  const received = told();
  await Receiving.start(1, SIZE, disk.sink(), pool, received.outcome);
  const liar = queueLiar(pool);
  for (const frame of frames) liar.say(frame);
  expect(await received.how).toEqual({ why, by: 'us' });
  expect(liar.heard).toContainEqual({ is: 'refuse', transfer: 1, why });
  expect(disk.writes).toBe(0);
});

test('SH4 a sender is cut off whose whole file has another hash than it says, and nothing of it is kept', async () => {
  const file = sample(BLOCK);
  const pool = new Pool();
  const disk = new Disk(BLOCK);
  const received = told();
  await Receiving.start(1, BLOCK, disk.sink(), pool, received.outcome);
  const liar = queueLiar(pool);
  for (let at = 0; at < BLOCK; at += CHUNK) liar.say(data(0, at, file.slice(at, at + CHUNK), shaOf(file)));
  liar.say({ is: 'end', transfer: 1, sha256: zeros(32) });
  expect(await received.how).toEqual({ why: 'hash', by: 'us' });
  expect(disk.kept).toBeUndefined();
});

test.each<[string, unknown]>([
  ['a text', 'hello'],
  ['nothing', new ArrayBuffer(0)],
  ['a kind there is not', new Uint8Array([99, 0, 0, 0, 0, 0, 0, 1]).buffer],
  ['more than a frame', new ArrayBuffer(1 << 20)],
])('SH4 a peer is cut off that sends %s', async (_, message) => {
  const pool = new Pool();
  const [sent, received] = [told(), told()];
  await Receiving.start(1, 5, new Disk(5).sink(), pool, received.outcome);
  await Sending.start(1, new Blob(['hello']), pool, sent.outcome);
  const liar = queueLiar(pool);
  liar.sayBytes(message);
  expect(await received.how).toEqual({ why: 'malformed', by: 'us' });
  expect(await sent.how).toEqual({ why: 'malformed', by: 'us' });
  expect(liar.closed()).toBe(true);
});

test('SH4 a receiver is cut off that says it has more than there is', async () => {
  const pool = new Pool();
  const sent = told();
  await Sending.start(1, new Blob([sample(4 * BLOCK)]), pool, sent.outcome);
  const liar = queueLiar(pool);
  liar.say({ is: 'have', transfer: 1, life: 1, blocks: 0, window: 1 });
  liar.say({ is: 'have', transfer: 1, life: 1, blocks: 5, window: 1 });
  expect(await sent.how).toEqual({ why: 'malformed', by: 'us' });
});

test('SH4 a receiver that says it has what was never sent finds out by the hash of the whole file', async () => {
  const pool = new Pool();
  const sent = told();
  await Sending.start(1, new Blob([sample(4 * BLOCK)]), pool, sent.outcome);
  const liar = queueLiar(pool);
  liar.say({ is: 'have', transfer: 1, life: 1, blocks: 0, window: 1 });
  liar.say({ is: 'have', transfer: 1, life: 1, blocks: 4, window: 1 });
  liar.say({ is: 'got', transfer: 1, sha256: zeros(32) });
  expect(await sent.how).toEqual({ why: 'hash', by: 'us' });
});

test('SH4 a file that cannot be read any more ends the transfer with that reason', async () => {
  const file = new Blob(['hello']);
  vi.spyOn(file, 'slice').mockImplementation(() => {
    throw new DOMException('gone', 'NotReadableError');
  });
  const [one, other] = [new Pool(), new Pool()];
  const [sent, received] = [told(), told()];
  await Receiving.start(1, 5, new Disk(5).sink(), other, received.outcome);
  const wire = queueWire(one, other);
  await Sending.start(1, file, one, sent.outcome);
  await flow(
    () => [wire],
    () => received.ended(),
  );
  expect(await sent.how).toEqual({ why: 'unreadable', by: 'us' });
  expect(await received.how).toEqual({ why: 'unreadable', by: 'them' });
});
