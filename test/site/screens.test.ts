import puppeteer, { type Browser, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { type Built, buildGallery } from './build.ts';
import { type SiteServer, serveSite } from './site-server.ts';

const SCREENS = [
  'number',
  'number-mistyped',
  'number-refused',
  'number-busy',
  'number-trouble',
  'invitation',
  'invitation-used-others',
  'invitation-long-name',
  'invitation-waits',
  'invitation-report',
  'reported',
  'over',
  'bad-link',
  'starting',
  'waiting',
  'refused',
  'elsewhere',
  'ended',
  'ended-files',
  'ended-said-no',
  'ended-signed-out',
  'insecure',
  'no-webrtc',
  'support',
  'support-invited',
  'session',
  'session-empty',
  'session-not-compared',
  'session-compare',
  'session-compare-again',
  'session-compare-waiting',
  'session-compared',
  'session-differs',
  'session-lost',
  'session-mismatch',
  'session-away',
  'session-asked',
  'session-asked-phone',
  'session-sharing',
  'session-files',
  'session-recording',
  'session-recording-paused',
  'session-recording-asked',
  'session-offered',
  'session-offered-next',
  'session-offered-accepted',
  'session-offered-nobody',
  'session-accepted',
  'session-takeover',
];

let gallery: Built;
let server: SiteServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  gallery = await buildGallery();
  server = await serveSite(gallery.folder);
  browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox'],
  });
  page = await browser.newPage();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await gallery?.remove();
});

async function open(screen: string, language: string, width: number, theme = 'light'): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') complaints.push(message.text());
  };
  page.on('console', complain);
  await page.setViewport({ width, height: 800 });
  await page.goto(`${server.url}/?screen=${screen}&language=${language}&theme=${theme}`);
  await page.waitForSelector('[data-drawn="yes"]');
  page.off('console', complain);
  return complaints;
}

// Colours do not depend on the language: each theme once, each language once.
describe.each([
  ['en', 'light'],
  ['nl', 'dark'],
])('every screen in %s, %s', (language, theme) => {
  test.each(SCREENS)('%s: no axe violation, nothing the policy refuses', async (screen) => {
    expect(await open(screen, language, 430, theme)).toEqual([]);
    expect(await axeFinds(page)).toEqual([]);
  });

  test.each(SCREENS)('%s: fits 320 px, and everything to press is large enough for a thumb', async (screen) => {
    await open(screen, language, 320);
    const found = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: [...document.querySelectorAll('button, input, summary, nav a, a.button')]
        .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
        .map((one) => one.outerHTML),
    }));
    expect(found).toEqual({ overflow: 0, small: [] });
  });
});

test('TS5 PA2 while a session waits for another agent, no customer reads that another is being helped', async () => {
  await open('session-offered', 'en', 430);
  expect(await page.evaluate(() => document.body.innerText)).toContain('You are waiting for another agent');
  expect(await page.evaluate(() => document.body.innerText)).not.toContain('being helped');
});
