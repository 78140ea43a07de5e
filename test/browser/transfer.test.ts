import { describe, expect, test } from 'vitest';
import type { Agent } from '../support/actors.ts';
import { chooses, presses, through, useFiles, whole } from '../support/file-work.ts';
import { hears, seesMoving } from '../support/moving.ts';
import type { Screen } from '../support/screen.ts';
import { talking } from '../support/talking.ts';
import { useWorld } from '../support/world.ts';

const MIB = 1024 * 1024;
const fileOf = useFiles();

/** Opens the list of assistants from the dashboard's tab **Session**. */
async function opensTransfer(agent: Agent): Promise<Screen> {
  const dashboard = await agent.looksAtDashboard();
  await dashboard.press('tab', 'Session');
  await dashboard.press('button', 'Transfer session');
  await dashboard.press('menuitem', 'Transfer control');
  return dashboard;
}

describe('handing over control, in Chromium', () => {
  const world = useWorld('chromium');

  test('TC1 TC2 TC3 TC4 TC5 to an assistant and back: what is shared stops, the call goes on, nobody reconnects', async () => {
    const { ann, mia, page } = await talking(world);
    const dashboard = await opensTransfer(ann);
    await dashboard.reads('Nobody does yet.');
    await dashboard.press('button', 'Cancel');

    const bob = await world.agent('Bob');
    const his = await bob.works(world.site.url);
    await bob.assists(his, await ann.invites('Support representative'));
    await mia.reads('Bob joined');
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Call');
    await mia.screen.press('button', 'Answer');
    await hears(mia.screen);
    await mia.screen.fill('Message', 'half a line');

    await opensTransfer(ann);
    await dashboard.fill('A note for your colleague', 'She cannot find the button');
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Ann handed over to Bob');
    await mia.reads('Ann has handed you over to Bob.');
    await mia.screen.press('button', 'OK');
    await mia.screen.readsNot('Ann has handed you over');
    await mia.reads('Nobody sees your screen');
    expect(await mia.screen.value('Message')).toBe('half a line');
    await hears(mia.screen);
    expect(await mia.screen.text()).not.toMatch(/connection is lost|reconnect/i);
    await bob.reads('She cannot find the button');
    await bob.reads('Ann handed over to Bob');
    await dashboard.press('tab', 'Session');
    await dashboard.reads('Assistant');
    expect(await dashboard.has('button', 'Leave')).toBe(true);
    for (const gone of ['End', 'Transfer session', 'Invite'])
      expect(await dashboard.has('button', gone), gone).toBe(false);

    await mia.reloads();
    await mia.reads('Ann handed over to Bob');
    const bobs = await bob.looksAtDashboard();
    await bobs.press('tab', 'Tools');
    await bobs.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(bobs);

    // Back, from the icon bar.
    await his.bringToFront();
    const bar = await bob.bar(his);
    await bar.press('button', 'Session');
    await bar.press('menuitem', 'Transfer control');
    await bar.reads('Ann');
    await bar.press('button', 'Transfer control');
    await mia.reads('Bob handed over to Ann');
    await mia.reads('Nobody sees your screen');
    await bob.looksAtDashboard();
    await bobs.press('tab', 'Session');
    await bobs.press('button', 'Leave');
    await mia.reads('Bob left the session');
    await page.bringToFront();
    await ann.ends();
    await mia.reads('Ann ended the session');
  });

  test('TC4 a file that the transfer cuts off goes on when its sender says so and its receiver agrees anew', async () => {
    const { ann, mia, page } = await talking(world);
    const bob = await world.agent('Bob');
    await bob.assists(await bob.works(world.site.url), await ann.numberOfTab());
    await mia.reads('Bob joined');
    const large = await fileOf('large.bin', 120 * MIB);
    const bar = await ann.bar(page);
    await bar.press('button', 'Session');
    await bar.press('menuitem', 'Transfer control');
    await bar.reads('Bob');
    await chooses(mia.page, large.path);
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Tools');
    await presses(dashboard, 'large.bin', 'Accept');
    await through(dashboard, MIB);
    await bar.press('button', 'Transfer control');
    await mia.reads('Stopped when somebody else took charge');
    await presses(mia.screen, 'large.bin', 'Go on sending');
    await presses(dashboard, 'large.bin', 'Accept');
    expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
    expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
  });

  test('TC2 TC6 an old primary’s End is refused by relay and pages; the new one’s invitations and knocks are theirs', async () => {
    const { ann, mia } = await talking(world);
    const bob = await world.agent('Bob');
    const number = await ann.numberOfTab();
    await bob.assists(await bob.works(world.site.url), number);
    await mia.reads('Bob joined');
    const spare = await ann.invites('Support representative');
    const dashboard = await opensTransfer(ann);
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Ann handed over to Bob');
    // By a link of Ann's, which is good until it is used.
    const cas = await world.agent('Cas');
    await cas.assists(await cas.works(world.site.url), spare);
    await mia.reads('Cas joined');
    const piet = await world.customer('Piet', world.relay.url);
    await piet.knocks(number);
    await bob.declines('Piet');
    await cas.says('Good morning');
    await mia.reads('Good morning');
    await bob.ends();
    await mia.reads('Bob ended the session');
  });
});

describe('handing over control between a Chromium and a Firefox agent', () => {
  const world = useWorld('chromium');

  test('TC1 TC2 TC6 there and back, and each page knows who is in charge after a reload', async () => {
    const { ann, mia } = await talking(world);
    const bob = await world.agent('Bob', 'firefox');
    await bob.assists(await bob.works(world.site.url), await ann.numberOfTab());
    await mia.reads('Bob joined');
    let dashboard = await opensTransfer(ann);
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Ann handed over to Bob');
    await ann.reloads();
    await bob.reloads();
    await bob.says('I help you from here');
    await mia.reads('I help you from here');
    dashboard = await opensTransfer(bob);
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Bob handed over to Ann');
    await ann.ends();
    await mia.reads('Ann ended the session');
  });
});

describe('taking over from a primary who is lost, in Chromium', () => {
  const world = useWorld('chromium', { PRIMARY_LOST: '2' });

  test('EN3 an assistant asks, the first Yes decides, who said No leaves; the old primary comes back as an assistant', async () => {
    const ann = await world.agent('Ann', 'chromium', ['modes=single']);
    await ann.starts(await ann.works(world.site.url));
    const [mia, piet] = [
      await world.customer('Mia', await ann.invites()),
      await world.customer('Piet', await ann.invites()),
    ];
    for (const one of [mia, piet]) {
      await one.joins();
      await one.reads('Ann helps you');
    }
    const bob = await world.agent('Bob');
    await bob.assists(await bob.works(world.site.url), await ann.invites('Support representative'));
    for (const one of [mia, piet]) await one.reads('Bob joined');
    await bob.looksAtDashboard();

    await ann.losesDashboard();
    const bobs = await bob.dashboard();
    await bobs.press('button', 'Ask to take control');
    await piet.reads('May Bob go on helping you?');
    await piet.screen.press('button', 'No');
    await mia.screen.press('button', 'Yes, go on');
    await mia.reads('Bob has taken over: Mia agreed');
    await mia.reads('Bob helps you');
    await piet.reads(/You (have )?left/);
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
});
