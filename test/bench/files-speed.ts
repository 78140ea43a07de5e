import type { LinkSite } from '../support/link-site.ts';
import { farHost, noFarHost } from './far-host.ts';
import { type Figure, inTurns, median, type Unmeasured } from './figure.ts';
import { type Bench, ends, fileOf, inPage, launch, MIB, ours, seconds } from './files-ends.ts';
import { plainPeerJs } from './plain-peerjs.ts';

const SIZE = 32 * MIB;
const FAR_SIZE = 32 * MIB;
const ROUND_TRIP = 40; // ms

/** From disk to disk, beside three other ways; each five times, in turns. */
export async function* near(site: LinkSite, folder: string): AsyncGenerator<Figure> {
  const { ports } = await plainPeerJs();
  const [from, to] = await Promise.all([launch(), launch()]);
  const [sender, receiver] = await ends(site, from, to, fileOf(folder, 'random', SIZE));
  const both = [sender, receiver];
  for (const [index, end] of both.entries()) {
    await inPage(end.page, (bench, id, port) => bench.peer(id, port), `end${index}`, ports[0] ?? 0);
  }
  await Promise.all(both.map(({ page }) => inPage(page, (bench) => bench.open())));
  const way = async (receive: (bench: Bench, size: number) => void, send: (bench: Bench, size: number) => unknown) => {
    await inPage(receiver.page, receive, SIZE);
    return seconds(
      () => inPage(receiver.page, (bench) => bench.arrived()),
      () => inPage(sender.page, send, SIZE),
    );
  };
  const ways: Record<string, () => Promise<number>> = {
    ours: () => ours(sender, receiver, SIZE),
    raw: () =>
      way(
        (bench, size) => bench.rawReceive(size),
        (bench, size) => bench.rawSend(size),
      ),
    peerjs: () =>
      way(
        (bench) => bench.peerReceive(),
        (bench) => bench.peerSend('end1'),
      ),
    'stop-and-wait': () =>
      way(
        (bench, size) => bench.waitReceive(size),
        (bench) => bench.waitSend(),
      ),
  };
  const took: Record<string, number[]> = {};
  for (let round = 0; round < 5; round++) {
    for (const [name, measure] of Object.entries(ways)) {
      took[name] = [...(took[name] ?? []), await measure()];
      if (process.env.BENCH_ALL) process.stderr.write(`${name} ${took[name]?.at(-1)?.toFixed(2)} s\n`);
    }
  }
  if (process.env.BENCH_ALL) process.stderr.write(`${JSON.stringify(took)}\n`);
  const value = median(took.ours ?? []);
  for (const [name, goal] of [
    ['raw', 1 / 0.9],
    ['peerjs', 1 / 1.5],
    ['stop-and-wait', 1 / 1.2],
  ] as const) {
    const alternative = { name, value: median(took[name] ?? []) };
    yield { name: `files-${name}`, value, unit: 's', alternative, goal: Number(goal.toFixed(2)) };
  }
  await Promise.all([from.close(), to.close()]);
}

/** Over a long round trip, beside the same on one association. */
export async function* far(site: LinkSite, folder: string): AsyncGenerator<Figure | Unmeasured> {
  const name = `files-${ROUND_TRIP}ms`;
  const because = noFarHost();
  if (because) return yield { name, because };
  const host = await farHost(ROUND_TRIP, [Number(new URL(site.url).port)]);
  try {
    const [from, to] = await Promise.all([launch(), launch(host.chromium)]);
    const [sender, receiver] = await ends(site, from, to, fileOf(folder, 'far', FAR_SIZE));
    const [value, other] = await inTurns(
      async () => {
        const took = await ours(sender, receiver, FAR_SIZE, 7);
        await sender.do((files) => files.closeStripes());
        return took;
      },
      () => ours(sender, receiver, FAR_SIZE),
    );
    yield { name, value, unit: 's', alternative: { name: 'one association', value: other }, goal: 0.25 };
    await Promise.all([from.close(), to.close()]);
  } finally {
    await host.close();
  }
}
