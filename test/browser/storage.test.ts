import { test } from 'vitest';
import { Screen } from '../support/screen.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld('chromium');

test('ST4 a dashboard whose browser gives it no storage says so, and opens when asked again', async () => {
  const { browser } = await world.agent('Anna de Vries');
  const page = await browser.newPage();
  const broken = await page.evaluateOnNewDocument(() => {
    indexedDB.open = () => {
      throw new DOMException('the disk is full', 'QuotaExceededError');
    };
  });
  await page.goto(browser.address('dashboard.html'));
  const dashboard = new Screen(page);
  await dashboard.reads('The dashboard could not open');
  await page.removeScriptToEvaluateOnNewDocument(broken.identifier);
  await dashboard.press('button', 'Try again');
  await dashboard.reads('Start session');
});
