import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';
import { program } from './system.ts';

/** Where `makeProfiles` keeps those of a run. */
const PROFILES = 'FIREFOX_PROFILES';

/**
 * A profile that Firefox has started in once, for all tests of a run: what it sets up and compiles at its first start is
 * half the work of a start. Returns what removes it, and every copy.
 */
export async function makeProfiles(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'hulplijn-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: program('Firefox'),
    headless: true,
    userDataDir: join(folder, 'first'),
  });
  await (await browser.newPage()).goto('data:text/html,first');
  await browser.close();
  process.env[PROFILES] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}

/** Starts Firefox in a copy of it, where there is one, and removes the copy afterwards. */
export async function inOwnProfile(start: (userDataDir: string | undefined) => Promise<Browser>): Promise<Browser> {
  const folder = process.env[PROFILES];
  if (!folder) return start(undefined);
  const own = await mkdtemp(join(folder, 'own-'));
  await cp(join(folder, 'first'), own, { recursive: true });
  const browser = await start(own);
  // Firefox may still be writing: what is left is removed with all the others.
  browser.once('disconnected', () => void rm(own, { recursive: true, force: true }).catch(() => undefined));
  return browser;
}
