import { describe, test } from 'vitest';
import type { BrowserName } from '../support/browsers.ts';
import { hears, hearsNothing, seesMoving, seesNothing, stirs } from '../support/moving.ts';
import { talking } from '../support/talking.ts';
import { useWorld } from '../support/world.ts';

/** Whoever has Firefox is on a screen of their own, which it captures. */
const PAIRS: [BrowserName, BrowserName][] = [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
];

describe('screens and calls between Chromium and Firefox', () => {
  const world = useWorld('chromium', {}, { display: true });

  test.each(PAIRS)(
    'SH1 SH5 SH6 the agent in %s, the customer in %s: both screens, voices and cameras',
    async (...names) => {
      const { ann, mia, page } = await talking(world, { ann: names[0], mia: names[1] });
      await stirs(mia.screen);
      const dashboard = await ann.looksAtDashboard();
      await stirs(dashboard);

      await dashboard.press('tab', 'Tools');
      await dashboard.press('button', 'Request screen of Mia');
      await mia.screen.press('button', 'Show my screen');
      await seesMoving(dashboard);
      await mia.reads('Ann sees');
      await mia.screen.press('button', 'Stop sharing');
      await seesNothing(dashboard);

      const bar = await ann.bar(page);
      await bar.press('button', 'Share');
      await dashboard.reads('Your browser asks which screen');
      await ann.looksAtDashboard(); // as the bar has asked for: Firefox asks nothing of a page that is not in front
      await dashboard.pressEnter(); // “Choose what to share” has the focus
      await seesMoving(mia.screen);
      await dashboard.press('button', 'Stop sharing');
      await seesNothing(mia.screen);

      await ann.looksAtDashboard();
      await dashboard.press('button', 'Call');
      await mia.screen.press('button', 'Answer with camera');
      await hears(dashboard);
      await hears(mia.screen);
      await seesMoving(dashboard, '.call-pictures video');
      await dashboard.press('button', 'Camera on');
      await seesMoving(mia.screen, '.call-pictures video[aria-label="Camera of Ann"]');
      await mia.screen.press('button', 'Mute');
      await hearsNothing(dashboard);
      await dashboard.press('button', 'End call');
      await mia.screen.readsNot('Leave call');
    },
  );
});
