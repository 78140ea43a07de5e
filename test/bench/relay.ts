import { once } from 'node:events';
import { type Couple, type Crowd, relayCrowd, stockCrowd } from './crowd.ts';
import { type Figure, median } from './figure.ts';
import { KINDS, type Offered, offer } from './offer.ts';

const SIZES = [1_000, 5_000]; // participants
/** Here before we count: what a server needs once, a heap that has worked included, is no participant's. */
const FIRST = 200;
const COUPLES = 25;
const OFFERS = 5_000; // a round's, of each kind
const ROUNDS = 5;
const MEMORY_GOAL = 1.5;
const CPU_GOAL = 0.6;
const KB = 1024;

type Both<T> = { ours: T; stock: T };

/** What the relay costs beside the stock PeerJS server: memory of people who do nothing, work for each offer. */
export async function* relay(): AsyncGenerator<Figure> {
  yield* await forwarding();
  yield* await memory();
}

async function memory(): Promise<Figure[]> {
  const seen = SIZES.map((size) => ({ size, ours: [] as number[], stock: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [which, open] of [
      ['ours', relayCrowd],
      ['stock', stockCrowd],
    ] as const) {
      const crowd = await open();
      await crowd.grow(FIRST);
      const empty = await crowd.meter.memory();
      let here = 0;
      for (const one of seen) {
        await crowd.grow(one.size - here);
        here = one.size;
        one[which].push(((await crowd.meter.memory()) - empty) / one.size / KB);
      }
      await crowd.close();
    }
  }
  return seen.map(({ size, ours, stock }) => ({
    name: `relay-memory-${size}`,
    value: median(ours),
    unit: 'KB a participant',
    alternative: { name: 'stock server (socket only)', value: median(stock) },
    goal: MEMORY_GOAL,
  }));
}

async function forwarding(): Promise<Figure[]> {
  const crowds: Both<Crowd> = { ours: await relayCrowd(), stock: await stockCrowd() };
  const couples = { ours: await crowds.ours.grow(2 * COUPLES), stock: await crowds.stock.grow(2 * COUPLES) };
  const seen: Record<Offered, Both<number[]>> = { call: { ours: [], stock: [] }, connect: { ours: [], stock: [] } };
  // A round before the first: both run compiled code from then on.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const kind of KINDS) {
      for (const which of ['ours', 'stock'] as const) {
        const { meter } = crowds[which];
        const before = await meter.cpu();
        await Promise.all(couples[which].map((couple) => send(kind, couple, OFFERS / COUPLES)));
        if (round > 0) seen[kind][which].push(((await meter.cpu()) - before) / OFFERS);
      }
    }
  }
  await Promise.all([crowds.ours.close(), crowds.stock.close()]);
  return KINDS.map((kind) => ({
    name: `relay-offer-${kind}`,
    value: median(seen[kind].ours),
    unit: 'µs CPU an offer',
    alternative: { name: 'stock server', value: median(seen[kind].stock) },
    goal: CPU_GOAL,
  }));
}

/** `count` offers from one to the other, the next when the one before has arrived. */
async function send(kind: Offered, { one, other }: Couple, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth++) {
    const arrived = once(other.socket, 'message');
    one.socket.send(offer(kind, one.id, other.id, nth));
    await arrived;
  }
}
