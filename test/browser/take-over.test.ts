import { describe, expect, test } from 'vitest';
import { talking } from '../support/talking.ts';
import { opensTransferControl } from '../support/transfers.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

describe('taking over from a primary who is lost, in Chromium and Firefox', () => {
  const world = useWorld('chromium', { PRIMARY_LOST: '2', RELOAD_GRACE: '1' });

  test('EN3 an assistant in Firefox asks from the page they work in, the first Yes, in Firefox, decides, who said No leaves; the old primary comes back as an assistant', async () => {
    const ann = await world.agent('Ann', 'chromium', ['modes=single']);
    await ann.starts(await ann.works(world.site.url));
    const [mia, piet] = [
      await world.customer('Mia', await ann.invites(), 'firefox'),
      await world.customer('Piet', await ann.invites()),
    ];
    for (const one of [mia, piet]) {
      await one.joins();
      await one.reads('Ann helps you');
    }
    const bob = await world.agent('Bob', 'firefox');
    const bar = await bob.assists(await bob.works(world.site.url), await ann.invites('Support representative'));
    for (const one of [mia, piet]) await one.reads('Bob joined');

    await ann.losesDashboard();
    await bar.press('button', 'Ask to take control');
    await piet.reads('May Bob go on helping you?');
    await piet.screen.press('button', 'No');
    await mia.screen.press('button', 'Yes, go on');
    await mia.reads('Bob has taken over: Mia agreed');
    await mia.reads('Bob helps you');
    await piet.reads('You chose not to go on with Bob');
    await bob.says('I go on from here');
    await mia.reads('I go on from here');

    await ann.opensSecondDashboard();
    const hers = await ann.dashboard();
    await hers.press('tab', 'Session');
    await hers.reads('Assistant');
    expect(await hers.has('button', 'End')).toBe(false);
    await bob.ends();
    await mia.reads('Bob ended the session');
  });

  test('TC1 TC6 EN3 the old primary’s machine dies right after handing over, and then the new one’s, who is back after the time and ends it while two ask to take over', async () => {
    const { ann, mia } = await talking(world);
    const [bob, cas] = [await world.agent('Bob', 'firefox'), await world.agent('Cas')];
    const number = await ann.numberOfTab();
    for (const one of [bob, cas]) {
      await one.assists(await one.works(world.site.url), number);
      await mia.reads(`${one.name} joined`);
    }
    const dashboard = await opensTransferControl(ann);
    // All who assist, since when, and how they are connected.
    const listed = `[...document.querySelectorAll('dialog .transfer-choice')].map((one) => one.innerText).join('|')`;
    const line = /since \d{1,2}:\d\d\b.* · connected/;
    for (const { name } of [bob, cas])
      await until(`${name} in the list`, async () =>
        String(await dashboard.evaluate(listed))
          .split('|')
          .some((one) => one.startsWith(name) && line.test(one)),
      );
    expect(String(await dashboard.evaluate(listed)).split('|')).toHaveLength(2);
    await dashboard.press('radio', 'Cas');
    const page = await ann.browser.extensionPage('dashboard.html');
    const done = page.waitForResponse((response) => response.url().endsWith('/control'));
    await dashboard.press('button', 'Transfer control');
    await done;
    await ann.losesDashboard();
    for (const one of [mia, bob]) await one.reads('Ann handed over to Cas');
    await mia.reads('Cas helps you');
    await cas.says('I go on from here');
    for (const one of [mia, bob]) await one.reads('I go on from here');

    await cas.looksAtDashboard();
    await cas.losesDashboard();
    await ann.opensSecondDashboard();
    for (const one of [ann, bob]) {
      const theirs = await one.looksAtDashboard();
      await theirs.press('button', 'Ask to take control');
      await theirs.reads('The customer is being asked');
    }
    await mia.reads('go on helping you?');
    await cas.opensSecondDashboard();
    await cas.ends();
    for (const one of [mia, ann, bob]) await one.reads('Cas ended the session');
    expect(await mia.screen.text()).not.toMatch(/go on helping you|has taken over/);
  });
});
