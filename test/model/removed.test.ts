import { expect, test } from 'vitest';
import { dismissed } from '../../relay/sessions.ts';
import { Seeded } from '../support/random.ts';
import { LIMITS } from './relay.ts';
import { anyKey } from './walk.ts';
import { World } from './world.ts';

/** The primary's agent was removed by the administrator; A's page is one that does not care, and holds on to its links. */
async function removedButStaying(): Promise<World> {
  const world = await World.open({ agents: ['A', 'B'], customers: ['M'] }, await anyKey(), new Seeded(1));
  await world.do('join B');
  await world.calm();
  const a = world.browser('A').id;
  world.relay.change((record, now) => dismissed(record, a, now, LIMITS));
  return world;
}

const linksOf = (world: World, letter: string) =>
  Object.fromEntries((world.viewOf(letter)?.participants ?? []).map(({ name, link }) => [name, link.is]));
const writers = (world: World, letter: string) =>
  (world.viewOf(letter)?.chat.items ?? []).flatMap((one) => (one.kind === 'line' ? [one.from] : []));

test('EN3 PA1 TC6 a removed agent’s page that stays is let go by all others, and the customer lets the assistant take over', async () => {
  const world = await removedButStaying();
  try {
    expect(linksOf(world, 'M')).toMatchObject({ A: 'live', B: 'live' });
    for (const who of ['M', 'B']) await world.do(`hear ${who}`);
    for (const who of ['M', 'B']) expect(linksOf(world, who).A).toBe('none');
    await world.do('say A');
    await world.do('say M');
    await world.calm();
    expect([writers(world, 'A'), writers(world, 'B'), writers(world, 'M')]).toEqual([['A'], ['M'], ['M']]);

    await world.do('ask B');
    await world.calm();
    await world.do('yes M');
    await world.calm();
    for (const who of ['M', 'B']) {
      const primaries = world.viewOf(who)?.participants.filter(({ role }) => role === 'primary');
      expect(primaries?.map(({ name }) => name)).toEqual(['B']);
    }
    world.watch.rest();
  } finally {
    await world.close();
  }
});
