import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSERS } from '../support/browsers.ts';
import { type PageServer, servePages } from '../support/pages.ts';
import { press } from '../support/press.ts';
import { type ScriptedAgent, scriptedAgent } from '../support/scripted/agent.ts';
import { until } from '../support/until.ts';

const shows = (page: Page, text: string) =>
  until(`"${text}"`, () => page.evaluate((wanted) => document.body.textContent.includes(wanted), text));
const inFront = (page: Page) => page.evaluate(() => document.visibilityState === 'visible');

describe.each(BROWSERS)('the extension in %s', (name) => {
  let site: PageServer;
  let agent: ScriptedAgent;

  beforeAll(async () => {
    site = await servePages({ '/': '<h1>A page</h1>' });
    agent = await scriptedAgent(name);
  });
  afterAll(async () => {
    await agent?.close();
    await site?.close();
  });

  test('ST1 the welcome page opens by itself after the installation', async () => {
    await agent.extensionPage('welcome.html');
  });

  test('ST4 Start session puts the bar into the page, and the dashboard does not steal the focus', async () => {
    const page = await agent.newPage(site.url);
    await agent.start(page);
    const bar = await agent.bar(page);
    const dashboard = await agent.extensionPage('dashboard.html');
    expect(await inFront(page)).toBe(true);
    expect(await inFront(dashboard)).toBe(false);
    await press(bar, 'Dashboard');
    await until('the dashboard in front', () => inFront(dashboard));
  });

  test('ST4 where no bar can be put the dashboard comes forward and says why', async () => {
    const page = await agent.openExtensionPage('options.html'); // no extension may reach into it
    const dashboard = await agent.extensionPage('dashboard.html');
    await agent.start(page);
    await until('the dashboard in front', () => inFront(dashboard));
    await shows(dashboard, 'icon bar');
  });

  test('ST5 a second dashboard offers the first one, or to take over', async () => {
    const first = await agent.extensionPage('dashboard.html');
    const second = await agent.openExtensionPage('dashboard.html');
    await shows(second, 'The dashboard is open in another tab');
    await press(second, 'Go there');
    await until('one dashboard', async () => (await agent.countPages('dashboard.html')) === 1);
    await until('the first in front', () => inFront(first));

    const third = await agent.openExtensionPage('dashboard.html');
    await press(third, 'Use here');
    await shows(first, 'The dashboard is open in another tab');
    await shows(third, 'Start session');
  });
});

describe.each(BROWSERS)('the bar on every page, in %s', (name) => {
  let site: PageServer;
  let agent: ScriptedAgent;

  beforeAll(async () => {
    site = await servePages({ '/': '<h1>A page</h1>', '/next': '<h1>The next page</h1>' });
    agent = await scriptedAgent(name, { everywhere: true });
  });
  afterAll(async () => {
    await agent?.close();
    await site?.close();
  });

  test('ST4 with the option on, the bar comes by itself on every page while a session runs, and only then', async () => {
    const options = await agent.openExtensionPage('options.html'); // brings the script in line with the permission
    await shows(options, 'Keep the icon bar on every page');
    const before = await agent.newPage(site.url);
    await agent.start(before);
    await agent.bar(before);
    for (const url of [site.url, `${site.otherSite}/next`]) {
      const page = await agent.newPage(url);
      const bar = await agent.bar(page); // no popup was opened there
      await until('the number', () => bar.evaluate(() => /\d{3} \d{3} \d{4}/.test(document.body.textContent)));
      await page.goto(`${site.url}/next`);
      await agent.bar(page);
    }
    const dashboard = await agent.extensionPage('dashboard.html');
    await dashboard.bringToFront();
    await press(dashboard, 'Session');
    await press(dashboard, 'End');
    await press(dashboard, 'End session');
    const after = await agent.newPage(site.url);
    await until('no bar anywhere', async () => {
      const bars = await Promise.all((await agent.browser.pages()).map((page) => agent.barFrame(page)));
      return bars.every((bar) => bar === undefined);
    });
    await after.close();
  });
});
