import { describe, expect, test } from 'vitest';
import type { Agent } from '../support/actors.ts';
import { seesMoving } from '../support/moving.ts';
import { addQueue, isAvailable } from '../support/queues.ts';
import { Screen } from '../support/screen.ts';
import { talking } from '../support/talking.ts';
import { opensTransferSession } from '../support/transfers.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

/** From now on what the dashboard notifies of is kept, once the browser has shown it, and how often it sounds. */
async function watches(dashboard: Screen): Promise<() => Promise<{ shown: string[]; sounds: number }>> {
  await dashboard.evaluate(`(() => {
    globalThis.shown = [];
    globalThis.sounds = 0;
    const Real = Notification;
    globalThis.Notification = class extends Real {
      constructor(title, options) {
        super(title, options);
        this.addEventListener('show', () => shown.push(title + (options.body ?? '')));
      }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      globalThis.sounds += 1;
      return start.apply(this, when);
    };
  })()`);
  return async () => JSON.parse(String(await dashboard.evaluate('JSON.stringify({ shown, sounds })')));
}

/** The agent's browser lets the extension notify, and the agent wants it to. */
async function isNotified(agent: Agent): Promise<void> {
  const origin = agent.browser.address('').replace(/\/$/, '');
  await agent.browser.browser.defaultBrowserContext().overridePermissions(origin, ['notifications']);
  const options = await agent.browser.openExtensionPage('options.html');
  await new Screen(options).tick('Show a notification', true);
  await options.close();
}

describe('news while the dashboard is hidden', () => {
  const world = useWorld('chromium');

  test('PA4 who arrives or writes is told by sound and notification, never what; oneself and what is seen are not', async () => {
    const ann = await world.agent('Ann');
    await isNotified(ann);
    const page = await ann.works(world.site.url);
    await ann.starts(page);
    const dashboard = await ann.dashboard();
    const news = await watches(dashboard);
    const link = await ann.invites();
    const told = (count: number) =>
      until(`${count} notifications`, async () => (await news()).shown.length >= count && (await news()).shown);
    await page.bringToFront();
    const mia = await world.customer('Mia', link);
    await mia.joins();
    expect(await told(1)).toEqual(['Mia has joined']);
    expect((await news()).sounds).toBeGreaterThan(0);

    await ann.says('of my own'); // on the dashboard, which nobody sees
    await mia.reads('of my own');
    await mia.says('a secret');
    expect(await told(2)).toEqual(['Mia has joined', 'Mia has written']);

    await ann.looksAtDashboard();
    await mia.says('seen at once');
    await dashboard.reads('seen at once');
    await page.bringToFront();
    await mia.says('another secret');
    expect(await told(3)).toEqual(['Mia has joined', 'Mia has written', 'Mia has written']);
  });

  test('TS5 a session that is offered is told by sound and notification: from whom, not the message', async () => {
    const bob = await world.agent('Bob');
    await isNotified(bob);
    const { ann, mia } = await talking(world);
    await addQueue('Printers', [ann, bob]);
    await ann.reloads(); // it was open before it was listed
    const bobs = await isAvailable(bob);
    const news = await watches(bobs);
    await bob.works(world.site.url);
    const dashboard = await opensTransferSession(ann);
    await dashboard.press('radio', 'Printers');
    await dashboard.fill('Personal message', 'a secret');
    await dashboard.press('button', 'Transfer session');
    await until('the notification', async () => (await news()).shown.length > 0);
    expect((await news()).shown).toEqual(['Ann offers you a session']);
    expect((await news()).sounds).toBeGreaterThan(0);
    await bob.looksAtDashboard();
    await bobs.press('button', 'Accept');
    await mia.reads('Bob helps you');
  });

  test('PA4 the tab of a session that is hidden says what is shared there', async () => {
    const ann = await world.agent('Ann');
    await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
    await ann.starts(await ann.works(world.site.url));
    await (await ann.looksAtDashboard()).reads('Waiting for the customer');
    const said = `[...document.querySelectorAll('.session-tabs [role=tab]')].map((tab) => tab.getAttribute('aria-selected') + ' ' + tab.textContent).join('|')`;
    const tabs = () => dashboard.evaluate(said);
    await until('the word on the tab', async () => /false Mia.*A screen is shared here/.test(String(await tabs())));
    await mia.screen.press('button', 'Stop sharing');
    await until('the word to go', async () => !String(await tabs()).includes('A screen is shared here'));
  });
});
