import type { Browser, Page } from 'puppeteer';
import type { Popup } from './browsers.ts';
import { until } from './until.ts';

/** A real press of the toolbar icon: it grants `activeTab` and opens the popup. */
export async function clickToolbar(browser: Browser, id: string, page: Page): Promise<void> {
  const extension = (await browser.extensions()).get(id);
  if (!extension) throw new Error('the extension is not installed');
  await page.triggerExtensionAction(extension);
}

/** The popup that is open now, as a page that can be driven. */
export async function chromiumPopup(browser: Browser, address: string): Promise<Popup> {
  const target = await browser.waitForTarget((found) => found.url() === address);
  const page = await target.asPage();
  await until('the popup', () => page.evaluate(() => document.querySelector('#root') !== null));
  return {
    evaluate: (expression) => page.evaluate(expression),
    isOpen: async () => browser.targets().some((found) => found.url() === address),
    close: () => page.close(),
  };
}
