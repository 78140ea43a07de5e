import { describe, expect, test } from 'vitest';
import type { Agent, Customer } from '../support/actors.ts';
import { seesMoving, seesNothing } from '../support/moving.ts';
import { talking } from '../support/talking.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

describe('screens in Chromium', () => {
  const world = useWorld('chromium', { CONSENT_WAIT: '20' });

  async function shown({ ann, mia }: { ann: Agent; mia: Customer }) {
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
    return dashboard;
  }

  test('SH1 SH2 the agent asks, the customer shows, real frames arrive; Stop is one press', async () => {
    const { ann, mia } = await talking(world);
    const dashboard = await shown({ ann, mia });
    await mia.reads('Ann sees');
    await dashboard.reads('Mia');
    for (const [screen, hint] of [
      [dashboard, 'motion'],
      [mia.screen, 'detail'],
    ] as const) {
      await screen.press('button', 'Smooth motion');
      const sent = `document.querySelector('.screen-preview video').srcObject.getVideoTracks()[0].contentHint`;
      await until(`the hint ${hint}`, async () => (await mia.screen.evaluate(sent)) === hint);
    }
    await seesMoving(dashboard);
    await mia.screen.press('button', 'Stop sharing');
    await seesNothing(dashboard);
    await mia.reads('Nobody sees your screen');
  });

  test('SH2 No is a no, and no answer is one too: nothing is sent', async () => {
    const { ann, mia } = await talking(world);
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.reads('Ann asks to see your screen');
    expect(await mia.screen.focused()).toBe('No');
    await mia.screen.press('button', 'No');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.reads('Ann asks to see your screen');
    await mia.screen.readsNot('Ann asks to see your screen'); // it lapses
    await dashboard.press('button', 'Request screen of Mia'); // and can be asked again
    expect(await dashboard.evaluate(`document.querySelectorAll('.screen-viewer').length`)).toBe(0);
  });

  test('RE2 SH2 with the relay dead a share goes on, and Stop stops it', async () => {
    const { ann, mia } = await talking(world);
    const dashboard = await shown({ ann, mia });
    await world.relay.kill('SIGKILL');
    try {
      await seesMoving(dashboard);
      await mia.screen.press('button', 'Stop sharing');
      await seesNothing(dashboard);
      await mia.reads('Nobody sees your screen');
    } finally {
      await world.relay.restart();
    }
  });

  test('SH2 after a reload of the customer’s page nothing is shared, and the agent asks anew', async () => {
    const { ann, mia } = await talking(world);
    const dashboard = await shown({ ann, mia });
    await mia.reloads();
    await seesNothing(dashboard);
    await mia.reads('Nobody sees your screen');
    await shown({ ann, mia });
  });

  test('SH2 after a reload of the agent’s page the customer is asked before it is seen again', async () => {
    const { ann, mia } = await talking(world);
    await shown({ ann, mia });
    await ann.reloads();
    await mia.screen.press('button', 'Show');
    await seesMoving(await ann.looksAtDashboard());
  });

  test('SH1 the agent shares their own from the bar: the dashboard comes forward on one focused button', async () => {
    const { ann, mia, page } = await talking(world);
    const bar = await ann.bar(page);
    await bar.press('button', 'Share');
    const dashboard = await ann.dashboard();
    await dashboard.reads('Your browser asks which screen');
    expect(await dashboard.focused()).toBe('Choose what to share');
    await dashboard.press('button', 'Choose what to share');
    await seesMoving(mia.screen);
    await bar.press('button', 'Stop sharing');
    await seesNothing(mia.screen);
  });
});
