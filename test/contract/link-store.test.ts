import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryStore } from '../../shared/link/memory-store.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { launchChromium, launchFirefox } from '../support/plain-browsers.ts';
import { STORE_CHECKS } from '../support/store-checks.ts';

const LIMIT = 60_000;
const pages = new Map<string, Page>();
let browsers: Browser[] = [];
let site: LinkSite;

beforeAll(async () => {
  [site, ...browsers] = await Promise.all([startLinkSite(), launchChromium(), launchFirefox()]);
  for (const [index, name] of ['Chromium', 'Firefox'].entries()) {
    const page = await browsers[index]?.newPage();
    if (!page) throw new Error(`no page in ${name}`);
    await page.goto(`${site.url}/store.html`);
    await page.waitForFunction(() => window.check !== undefined);
    pages.set(name, page);
  }
}, LIMIT);
afterAll(async () => {
  await Promise.all([site?.close(), ...browsers.map((browser) => browser.close())]);
});

for (const [title, check] of Object.entries(STORE_CHECKS)) {
  describe(title, () => {
    test(`${title} (in memory)`, () => check(memoryStore(), randomUUID()));
    for (const name of ['Chromium', 'Firefox']) {
      test(`${title} (IndexedDB in ${name})`, async () => {
        const found = await pages.get(name)?.evaluate((which) => window.check?.(which) ?? 'no checks', title);
        expect(found ?? undefined).toBeUndefined();
      });
    }
  });
}
