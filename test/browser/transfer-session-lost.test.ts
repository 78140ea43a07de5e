import { beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '../support/actors.ts';
import { addQueue, isAvailable } from '../support/queues.ts';
import { talking } from '../support/talking.ts';
import { opensTransferSession } from '../support/transfers.ts';
import { useWorld } from '../support/world.ts';

/** The agent gives the session to the queue. */
async function offers(agent: Agent): Promise<void> {
  const dashboard = await opensTransferSession(agent);
  await dashboard.press('radio', 'Printers');
  await dashboard.press('button', 'Transfer session');
  await dashboard.reads('Your session is being offered');
}

const WAITS = 'You are waiting for another agent';

describe('an offered session through reloads and an outage, in Chromium', () => {
  const world = useWorld('chromium');
  let ann: Agent;
  let bob: Agent;
  beforeAll(async () => {
    [ann, bob] = [await world.agent('Ann'), await world.agent('Bob')];
    await addQueue('Printers', [ann, bob]);
  }, 120_000);

  test('RE1 TS5 the customer’s page reloads while it keeps the session, an assistant stays, and both read who accepts', async () => {
    const { mia } = await talking(world);
    const cas = await world.agent('Cas');
    await cas.assists(await cas.works(world.site.url), await ann.invites('Support representative'));
    await mia.reads('Cas joined');
    await mia.says('It prints nothing at all');
    await ann.reads('It prints nothing at all');
    const bobs = await isAvailable(bob);
    await offers(ann);
    await mia.reads(WAITS);
    await cas.says('It takes a moment');
    await mia.reads('It takes a moment');
    await mia.reloads();
    await mia.reads(WAITS);
    await mia.says('Still here');
    await bobs.press('button', 'Accept');
    await mia.reads('Bob helps you');
    for (const said of ['It prints nothing at all', 'It takes a moment', 'Still here']) await bob.reads(said);
    await cas.reads('Bob has taken over the session');
    await mia.reloads(); // who is in charge is known again
    await mia.reads('Bob helps you');
    await bob.says('I go on from here');
    for (const one of [mia, cas]) await one.reads('I go on from here');
    const hers = await cas.dashboard();
    await hers.press('tab', 'Session');
    expect(await hers.has('button', 'End')).toBe(false);
    await bob.ends();
    await mia.reads('Bob ended the session');
  });

  test('RE1 TC6 TS5 the relay is killed while the session is offered, and again when it was accepted: there is one primary', async () => {
    const { mia } = await talking(world);
    await mia.says('It prints nothing at all');
    await ann.reads('It prints nothing at all');
    const bobs = await isAvailable(bob);
    await offers(ann);
    await mia.reads(WAITS);
    await world.relay.restart();
    await bobs.reads('Ann offers you a session');
    await bobs.press('button', 'Accept');
    await bobs.readsNot('Ann offers you a session'); // and Mia's page has signed it by now, or has not
    await world.relay.restart();
    await mia.reads('Bob helps you');
    await bob.reads('It prints nothing at all');
    await bob.says('I go on from here');
    await mia.reads('I go on from here');
    await bob.ends();
    await mia.reads('Bob ended the session');
  });

  test('RE1 TS5 the sender’s dashboard is loaded anew, and takes the session back all the same', async () => {
    const { mia } = await talking(world);
    await isAvailable(bob);
    await offers(ann);
    await mia.reads(WAITS);
    await ann.reloads();
    const dashboard = await ann.dashboard();
    const bobs = await bob.dashboard();
    await bobs.press('button', 'Decline');
    await dashboard.press('button', 'Take back');
    await mia.reads('Ann helps you');
    await mia.says('Good');
    await ann.reads('Good');
    await ann.says('Here I am again');
    await mia.reads('Here I am again');
    await ann.ends();
    await mia.reads('Ann ended the session');
  });
});

describe('an offered session of two customers, in Chromium', () => {
  const world = useWorld('chromium');

  test('PA2 TS5 SE1 both wait, both are helped by who accepts, and what one said meanwhile reaches the other', async () => {
    const ann = await world.agent('Ann', 'chromium', ['modes=single']);
    const bob = await world.agent('Bob');
    await addQueue('Printers', [ann, bob]);
    await ann.starts(await ann.works(world.site.url));
    const [mia, piet] = [
      await world.customer('Mia', await ann.invites()),
      await world.customer('Piet', await ann.invites()),
    ];
    for (const one of [mia, piet]) {
      await one.joins();
      await one.reads('Ann helps you');
    }
    await mia.says('It prints nothing at all');
    await piet.reads('It prints nothing at all');
    const bobs = await isAvailable(bob);
    await offers(ann);
    for (const one of [mia, piet]) await one.reads(WAITS);
    await piet.says('Is anybody there?');
    await bobs.press('button', 'Accept');
    for (const one of [mia, piet]) await one.reads('Bob helps you');
    await bob.reads('It prints nothing at all');
    await bob.reads('Is anybody there?');
    await mia.reads('Is anybody there?');
    await mia.says('Yes, now');
    await piet.reads('Yes, now');
    await bob.ends();
    for (const one of [mia, piet]) await one.reads('Bob ended the session');
  });
});
