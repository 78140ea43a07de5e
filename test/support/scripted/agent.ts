import type { Page } from 'puppeteer';
import { type AgentBrowser, type BrowserName, launchWithExtension } from '../browsers.ts';
import { scriptedExtension } from '../builds.ts';
import { until } from '../until.ts';

const SIGN_IN = {
  relay: 'http://localhost:1',
  desk: 'Acme Support',
  token: 'x'.repeat(43),
  device: 'a'.repeat(32),
  agent: { id: 'anna', email: 'anna@example.org', name: 'Anna', modes: ['multi'], customers: 4 },
};

/** A browser with the scripted build, signed in. */
export async function scriptedAgent(name: BrowserName, options: { everywhere?: boolean } = {}): Promise<ScriptedAgent> {
  const browser = await launchWithExtension(name, await scriptedExtension(name, options));
  await browser.store({ signIn: SIGN_IN, language: 'en', email: true });
  return {
    ...browser,
    async start(page) {
      const popup = await browser.openPopup(page);
      const start = `[...document.querySelectorAll('button')].find((b) => b.textContent.includes("Start session"))`;
      await until('Start session', async () => (await popup.evaluate(`Boolean(${start})`)) === true);
      await popup.evaluate(`void ${start}.click()`);
      await until('the popup to close', async () => !(await popup.isOpen()));
    },
    async putBar(page) {
      const popup = await browser.openPopup(page);
      const bar = await browser.bar(page);
      await popup.close();
      await page.bringToFront();
      return bar;
    },
  };
}

export interface ScriptedAgent extends AgentBrowser {
  /** Presses Start session in the popup, with `page` in front. */
  start(page: Page): Promise<void>;
  /** Opens the popup over `page` while a session runs: that puts the bar there. */
  putBar(page: Page): ReturnType<AgentBrowser['bar']>;
}
