import { describe, test } from 'vitest';
import type { Agent, Customer } from '../support/actors.ts';
import { hears, hearsNothing, seesMoving } from '../support/moving.ts';
import { talking } from '../support/talking.ts';
import { useWorld } from '../support/world.ts';

describe('calls in Chromium', () => {
  const world = useWorld('chromium', { CONSENT_WAIT: '20' });

  async function inCall({ ann, mia }: { ann: Agent; mia: Customer }, answer = 'Answer') {
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Call');
    await mia.reads('Ann calls you');
    await mia.screen.press('button', answer);
    await mia.reads('Leave call');
    return dashboard;
  }

  test('SH5 the agent calls, the customer answers, both hear each other; mute is silence; hanging up ends it for both', async () => {
    const people = await talking(world);
    const { mia } = people;
    const dashboard = await inCall(people);
    await hears(dashboard);
    await hears(mia.screen);
    await mia.screen.press('button', 'Mute');
    await dashboard.reads('muted');
    await hearsNothing(dashboard);
    await mia.screen.press('button', 'Unmute');
    await hears(dashboard);
    await dashboard.press('button', 'End call');
    await mia.screen.readsNot('Leave call');
  });

  test('SH2 SH5 who is called may say no, and nobody hears anything', async () => {
    const { ann, mia } = await talking(world);
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Call');
    await mia.reads('Ann calls you');
    await mia.screen.press('button', 'No');
    await dashboard.reads('Mia does not want to talk now');
  });

  test('SH6 cameras: on and off, each sees the other move; a call needs none', async () => {
    const people = await talking(world);
    const { mia } = people;
    const dashboard = await inCall(people, 'Answer with camera');
    await seesMoving(dashboard, '.call-pictures video');
    await dashboard.press('button', 'Camera on');
    await seesMoving(mia.screen, '.call-pictures video[aria-label="Camera of Ann"]');
    await mia.screen.press('button', 'Camera off');
    await dashboard.readsNot('Camera of Mia');
  });

  test('RE1 SH5 a running call goes on over a reload of either page', async () => {
    const people = await talking(world);
    const { ann, mia } = people;
    await inCall(people);
    await mia.reloads();
    await hears(await ann.looksAtDashboard());
    await ann.reloads();
    await hears(await ann.looksAtDashboard());
    await hears(mia.screen);
  });

  test('SH5 from the bar: Call brings the dashboard forward on one focused button; mute and End call work in the bar itself', async () => {
    const { ann, mia, page } = await talking(world);
    const bar = await ann.bar(page);
    await bar.press('button', 'Call');
    const dashboard = await ann.dashboard();
    await dashboard.press('button', 'Call now');
    await mia.screen.press('button', 'Answer');
    await hears(mia.screen);
    await bar.press('button', 'Mute');
    await mia.reads('muted');
    await bar.press('button', 'End call');
    await mia.screen.readsNot('Leave call');
  });
});
