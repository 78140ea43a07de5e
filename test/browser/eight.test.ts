import { describe, test } from 'vitest';
import { seesMoving } from '../support/moving.ts';
import { useWorld } from '../support/world.ts';

describe('eight participants in one session', () => {
  const world = useWorld('chromium');

  test('PA1 SH1 SH3 chat reaches all, a shared screen the seven others, and a ninth is refused with a sentence', async () => {
    const ann = await world.agent('Ann', 'chromium', ['modes=single']);
    const bob = await world.agent('Bob');
    const page = await ann.works(world.site.url);
    const number = await ann.starts(page);
    await bob.assists(await bob.works(world.site.url), number);
    const customers = [];
    for (const name of ['Mia', 'Piet', 'Lou', 'Nils', 'Eva', 'Omar']) {
      customers.push(await world.customer(name, await ann.invites()));
    }
    const ninth = await world.customer('Nina', await ann.invites());
    await Promise.all(customers.map((one) => one.joins()));
    await Promise.all(customers.map((one) => one.reads('Nobody sees your screen')));
    await ninth.joins();
    await ninth.reads('is set by the site’s administrator');

    await customers[5]?.says('Omar is here');
    await ann.says('Hello everybody');
    for (const one of [bob, ...customers]) await one.reads('Hello everybody');
    for (const one of [ann, bob, ...customers]) await one.reads('Omar is here');

    await (await ann.bar(page)).press('button', 'Share');
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('button', 'Choose what to share');
    await seesMoving(await bob.looksAtDashboard());
    for (const one of customers) {
      await one.comesForward();
      await seesMoving(one.screen);
    }
  });
});
