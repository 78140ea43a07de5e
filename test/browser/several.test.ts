import { describe, expect, test } from 'vitest';
import { hears, seesMoving, seesNothing } from '../support/moving.ts';
import type { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const NAMES = `JSON.stringify([...document.querySelectorAll('.participant-name')].map((one) => one.innerText))`;
const lists = (screen: Screen) =>
  until<string[]>('the participants', async () => {
    const names = JSON.parse(String(await screen.evaluate(NAMES)));
    return names.length > 0 && names;
  });

describe('several customers in one session, in Chromium', () => {
  const world = useWorld('chromium');

  test('PA2 PA3 ST3 all see who is being helped; helping another ends what is shared, and a call rings that one', async () => {
    const ann = await world.agent('Ann', 'chromium', ['modes=single']);
    const popup = await ann.popup(await ann.works(world.site.url));
    await popup.tick('E-mail', false);
    expect(await popup.has('field', 'Mode')).toBe(false); // her settings leave no choice
    await popup.press('button', 'Start session');
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Nobody sees your screen');
    const piet = await world.customer('Piet', await ann.invites());
    await piet.joins();
    await piet.reads('Mia is being helped right now');

    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.reads('Another customer sees it too: Piet.');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
    await piet.comesForward();
    await seesMoving(piet.screen);
    await mia.reads('Piet');

    const lou = await world.customer('Lou', await ann.invites()); // comes later: sees it after a new OK
    await lou.joins();
    await mia.screen.press('button', 'Show');
    await lou.comesForward();
    await seesMoving(lou.screen);

    await ann.looksAtDashboard();
    await dashboard.press('button', 'Share my screen');
    await mia.comesForward();
    await seesMoving(mia.screen);
    await ann.looksAtDashboard();
    await dashboard.press('tab', 'Participants');
    expect((await lists(dashboard)).sort()).toEqual(['Ann', 'Lou', 'Mia', 'Piet']);
    await dashboard.press('button', 'Help now');
    for (const screen of [dashboard, mia.screen, piet.screen, lou.screen]) await seesNothing(screen);
    await mia.reads('Nobody sees your screen');
    await until('her own to be over', async () => !(await dashboard.has('button', 'Stop sharing')));
    await mia.reads('Piet is being helped right now');
    await piet.screen.readsNot('is being helped right now');

    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Call');
    await piet.screen.press('button', 'Answer');
    await hears(piet.screen);
    expect(await mia.screen.text()).not.toContain('Ann calls you');
    await mia.screen.press('button', 'Join the call');
    for (const screen of [dashboard, mia.screen, piet.screen]) await hears(screen, 2);
    const nils = await world.customer('Nils', await ann.invites()); // comes later: may join what runs
    await nils.joins();
    await nils.screen.press('button', 'Join the call');
    await hears(nils.screen, 3);
  });
});
