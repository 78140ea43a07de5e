import { Seeded } from '../support/random.ts';
import { Broken } from './watch.ts';
import { type Cast, type Step, World } from './world.ts';

/** Long enough for a transfer, a loss, a take-over and the way back in one. */
const LENGTH = 200;
const CAST: Cast = { agents: ['A', 'B', 'C'], customers: ['M', 'N'] };

/** How often what nobody has to wait for happens, against each thing that is under way. */
const WEIGHTS: Record<string, number> = {
  ...{
    say: 3,
    transfer: 3,
    offer: 1.5,
    accept: 2,
    decline: 0.5,
    back: 0.5,
    ask: 1,
    yes: 2,
    no: 1,
    view: 1,
    share: 1,
    stop: 1,
    refuse: 1,
    help: 0.4,
  },
  ...{ remove: 0.2, leave: 0.2, end: 0.05, join: 1.5, forge: 1 },
  ...{ cut: 0.7, snap: 1, break: 0.5, again: 0.3, lose: 0.3, fuse: 0.5, crash: 0.3, close: 0.2, open: 3 },
  ...{ 'relay dies': 0.15, 'relay begins': 2, time: 0.7 },
};

/** One step that is possible now, by chance. What is under way is what happens most. */
function choose(world: World, chance: Seeded): Step {
  const letters = [...world.browsers.keys()];
  const one = () => letters[chance.below(letters.length)] ?? '';
  const other = (than: string) => letters.filter((letter) => letter !== than)[chance.below(letters.length - 1)] ?? '';
  const due = world.due().filter((step) => world.relay.up || !/^(arrive|answer|miss)/.test(step));
  const total = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
  let at = chance.next() * (total + due.length * 2);
  if (at < due.length * 2) return due[Math.floor(at / 2)] ?? '';
  at -= due.length * 2;
  const [verb = ''] =
    Object.entries(WEIGHTS).find(([, weight]) => {
      at -= weight;
      return at < 0;
    }) ?? [];
  const who = one();
  switch (verb) {
    case 'say':
      return chance.next() < 0.7 ? `say ${who}` : `say ${who} ${other(who)}`;
    case 'transfer': {
      // Only whoever believes to be in charge is offered it.
      const by = letters.find((letter) => world.viewOf(letter)?.role === 'primary') ?? who;
      return `transfer ${by} ${other(by)}`;
    }
    case 'offer':
    case 'view':
    case 'help':
    case 'remove':
      return `${verb} ${letters.find((letter) => world.viewOf(letter)?.role === 'primary') ?? who} ${other(who)}`;
    case 'cut':
      return `cut ${who} ${other(who)}`;
    case 'again':
    case 'lose':
      return `${verb} ${chance.below(Math.max(1, world.relay.requests.length))}`;
    case 'fuse':
      return `fuse ${who} ${1 + chance.below(4)}`;
    case 'time':
      return `time ${[1, 1, 1, 11, 61, 125][chance.below(6)]}`;
    case 'forge':
      return `forge ${who} ${['ended', 'removed', 'helping', 'control', 'name'][chance.below(5)]}`;
    case 'relay dies':
    case 'relay begins':
      return verb;
    default:
      return `${verb} ${who}`;
  }
}

export interface Walked {
  steps: Step[];
  broken: Error | undefined;
}

/** Does `next` until it gives nothing; then lets all come to rest. What must not be is given back as `broken`. */
async function walk(
  key: CryptoKey,
  seed: number,
  next: (world: World, at: number) => Step | undefined,
): Promise<Walked> {
  const steps: Step[] = [];
  const world = await World.open(CAST, key, new Seeded(seed));
  try {
    for (let step = next(world, 0); step !== undefined; step = next(world, steps.length)) {
      steps.push(step);
      await world.do(step);
    }
    await heal(world);
    world.watch.rest();
    return { steps, broken: undefined };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { steps, broken: error };
  } finally {
    await world.close();
  }
}

/** The relay runs, whose page crashed opens it again, what is offered is taken, and everything arrives. */
async function heal(world: World): Promise<void> {
  await world.do('relay begins');
  for (const { page } of world.browsers.values()) if (page) page.fuse = undefined;
  for (const [letter, { page }] of world.browsers) if (!page && world.isIn(letter)) await world.do(`open ${letter}`);
  await world.calm();
  if (world.offered)
    for (const step of ['open A', 'back A', 'open B', 'accept B', 'open C', 'accept C']) await world.do(step);
  for (let rounds = 0; rounds < 6; rounds += 1) {
    await world.calm();
    await world.do('time 3');
  }
  await world.calm();
}

export function randomWalk(key: CryptoKey, seed: number, length = LENGTH): Promise<Walked> {
  const chance = new Seeded(seed);
  return walk(key, seed, (world, at) =>
    at < length && world.relay.record.phase !== 'ended' ? choose(world, chance) : undefined,
  );
}

/** Without every step that is not needed for it to break. */
export async function shrink(key: CryptoKey, seed: number, steps: Step[]): Promise<Walked> {
  let best = await replay(key, seed, steps);
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.steps.length; ) {
      const fewer = [...best.steps.slice(0, at), ...best.steps.slice(at + size)];
      const tried = await replay(key, seed, fewer);
      if (tried.broken instanceof Broken) best = { ...tried, steps: tried.steps };
      else at += size;
    }
  }
  return best;
}

export function replay(key: CryptoKey, seed: number, steps: Step[]): Promise<Walked> {
  return walk(key, seed, (_, at) => steps[at]);
}

/** Any key will do. */
export function anyKey(): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}
