import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryStore } from '../../shared/link/memory-store.ts';
import { Outbox } from '../../shared/link/outbox.ts';
import type { LinkStore } from '../../shared/link/store.ts';
import { Turns } from '../../shared/link/turns.ts';

/**
 * Two ends with real outboxes and a network flushed by hand: any number of connections at once, each in order and cut
 * at any place, so that between them everything is lost, doubled and reordered.
 */
const SESSION = 'session';
type Name = 'ann' | 'bob';
const OTHER = { ann: 'bob', bob: 'ann' } as const;
type Frame = { t: 'kept'; n: number; text: string } | { t: 'ack'; n: number };
interface Connection {
  lives: Record<Name, string>;
  /** On the way to each. */
  queue: Record<Name, Frame[]>;
}

class World {
  readonly stores: Record<Name, LinkStore> = { ann: memoryStore(), bob: memoryStore() };
  readonly outboxes = new Map<Name, { outbox: Outbox; life: string }>();
  readonly posted: Record<Name, string[]> = { ann: [], bob: [] };
  readonly told: Record<Name, number> = { ann: 0, bob: 0 };
  connections: Connection[] = [];

  async end(name: Name) {
    const there = this.outboxes.get(name);
    if (there) return there;
    const stored = await this.stores[name].open(SESSION);
    const fresh = { peer: OTHER[name], life: undefined, trusted: false, received: 0, sent: 0, waiting: [] };
    const state = stored.peers.find((peer) => peer.peer === OTHER[name]) ?? fresh;
    const made = { outbox: new Outbox(SESSION, this.stores[name], new Turns(), state), life: stored.life };
    this.outboxes.set(name, made);
    return made;
  }
  async post(name: Name) {
    const { outbox } = await this.end(name);
    const text = `${name} ${this.posted[name].length}`;
    const { entry, numbers } = await this.stores[name].post(SESSION, name, text, [OTHER[name]]);
    this.posted[name].push(text);
    for (const { n } of numbers) {
      outbox.add({ n, seq: entry.seq, text });
      this.connections.at(-1)?.queue[OTHER[name]].push({ t: 'kept', n, text });
    }
  }
  /** Both hellos have crossed: the resume of README.md. */
  async connect() {
    const ends = { ann: await this.end('ann'), bob: await this.end('bob') };
    const connection: Connection = { lives: { ann: ends.ann.life, bob: ends.bob.life }, queue: { ann: [], bob: [] } };
    const hellos = {
      ann: { knows: ends.ann.outbox.knows, received: ends.ann.outbox.received },
      bob: { knows: ends.bob.outbox.knows, received: ends.bob.outbox.received },
    };
    for (const name of ['ann', 'bob'] as const) {
      const theirs = OTHER[name];
      const { outbox, life } = ends[name];
      const met = await outbox.meet(ends[theirs].life);
      if (met === 'lost') this.connections = [];
      if (hellos[theirs].knows === life) await outbox.acknowledge(ends[theirs].life, hellos[theirs].received);
      for (const { n, text } of outbox.waiting) connection.queue[theirs].push({ t: 'kept', n, text });
    }
    this.connections.push(connection);
  }
  async deliver(connection: Connection, to: Name, count: number) {
    for (let i = 0; i < count; i++) {
      const frame = connection.queue[to].shift();
      if (!frame || !this.connections.includes(connection)) return;
      const { outbox } = await this.end(to);
      const from = OTHER[to];
      if (frame.t === 'ack') await outbox.acknowledge(connection.lives[from], frame.n);
      else {
        const taken = await outbox.take(connection.lives[from], frame.n, frame.text);
        if (taken.is === 'next') this.told[to] += 1;
        if (taken.is === 'gap') return this.cut(connection);
        connection.queue[from].push({ t: 'ack', n: outbox.received });
      }
    }
  }
  cut(connection: Connection | undefined) {
    this.connections = this.connections.filter((other) => other !== connection);
  }
  /** What is in memory is gone, and every connection. */
  reload(name: Name) {
    this.outboxes.delete(name);
    this.connections = [];
  }
  loseStore(name: Name) {
    this.stores[name] = memoryStore();
    this.posted[name] = [];
    this.told[name] = 0;
    this.reload(name);
  }
  async settle() {
    this.connections = [];
    await this.connect();
    const [last] = this.connections;
    while (last && (last.queue.ann.length > 0 || last.queue.bob.length > 0)) {
      await this.deliver(last, 'ann', 1);
      await this.deliver(last, 'bob', 1);
    }
  }
  async heard(name: Name): Promise<string[]> {
    const { entries } = await this.stores[name].open(SESSION);
    return entries.flatMap((entry) => (entry.from === OTHER[name] ? [entry.text] : []));
  }
}

const name = fc.constantFrom<Name>('ann', 'bob');
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('post' as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const), on: fc.nat(5), name, count: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), on: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), name }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function play(world: World, acts: readonly Act[]) {
  for (const now of acts) {
    const connection = 'on' in now ? world.connections[now.on % Math.max(1, world.connections.length)] : undefined;
    if (now.do === 'post') await world.post(now.name);
    if (now.do === 'connect') await world.connect();
    if (now.do === 'deliver' && connection) await world.deliver(connection, now.name, now.count);
    if (now.do === 'cut') world.cut(connection);
    if (now.do === 'reload') world.reload(now.name);
  }
}

test('RE1 under loss, duplication, reordering and reload every message arrives exactly once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 80 }), async (acts) => {
      const world = new World();
      await play(world, acts);
      await world.settle();
      expect(await world.heard('bob')).toEqual(world.posted.ann);
      expect(await world.heard('ann')).toEqual(world.posted.bob);
      expect(world.told).toEqual({ ann: world.posted.bob.length, bob: world.posted.ann.length });
      for (const end of ['ann', 'bob'] as const) expect((await world.end(end)).outbox.waiting).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('RE1 after one side lost its store, what waits and what follows still arrive once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.array(act, { maxLength: 40 }), async (before, after) => {
      const world = new World();
      await play(world, before);
      world.loseStore('bob');
      const had = (await world.heard('ann')).length;
      await play(world, after);
      await world.settle();
      const heard = await world.heard('bob');
      expect(heard).toEqual(world.posted.ann.slice(world.posted.ann.length - heard.length));
      expect((await world.heard('ann')).slice(had)).toEqual(world.posted.bob);
      expect((await world.end('ann')).outbox.waiting).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('RE1 a lost store is noticed by the other side, a first meeting is none', async () => {
  const world = new World();
  const { outbox } = await world.end('ann');
  expect(await outbox.meet('1'.repeat(32))).toBe('first');
  expect(await outbox.meet('1'.repeat(32))).toBe('known');
  expect(await outbox.meet('2'.repeat(32))).toBe('lost');
});

test('RE1 a gap, and a frame or acknowledgement of a stored state that is gone, change nothing', async () => {
  const world = new World();
  const { outbox } = await world.end('ann');
  const [now, gone] = ['1'.repeat(32), '2'.repeat(32)];
  await outbox.meet(now);
  await world.post('ann');
  expect(await outbox.take(now, 2, 'too early')).toEqual({ is: 'gap' });
  expect(await outbox.take(gone, 1, 'too late')).toEqual({ is: 'gap' });
  expect(await outbox.acknowledge(gone, 1)).toEqual([]);
  expect(outbox.waiting).toHaveLength(1);
  expect(await world.heard('ann')).toEqual([]);
});
