import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer';
import { build, preview } from 'vite';

export interface Shown {
  view: string;
  language: 'en' | 'nl';
  theme: 'light' | 'dark';
  width: number;
}

export interface Gallery {
  page: Page;
  entries: { view: string; width: number }[];
  show(shown: Shown): Promise<void>;
  /** The view shown is told what comes next in it: `stepped.tsx`. */
  step(to: number): Promise<void>;
  /** What the view shown has sent, in order. */
  sent(): Promise<unknown[]>;
  close(): Promise<void>;
}

/** The gallery, built once and open in Chromium. */
export async function openGallery(): Promise<Gallery> {
  const outDir = await mkdtemp(join(tmpdir(), 'gallery-'));
  const common = {
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    build: { outDir, target: 'esnext' },
  } as const;
  await build({ ...common, oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } });
  const server = await preview({ ...common, preview: { host: '127.0.0.1', port: 0 } });
  const base = server.resolvedUrls?.local[0];
  if (!base) throw new Error('the gallery got no address');
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(String(error)));
  const go = async (search: string) => {
    await page.goto(base + search);
    await page.waitForSelector('html[data-ready]');
    if (failures.length > 0) throw new Error(`${search}: ${failures.join('; ')}`);
  };
  await go('');
  const entries = await page.$$eval('a[data-view]', (links) =>
    links.map((link) => ({ view: link.dataset.view ?? '', width: Number(link.dataset.width) })),
  );
  return {
    page,
    entries,
    show: async ({ view, language, theme, width }) => {
      await page.setViewport({ width, height: 760 });
      await go(`?view=${view}&language=${language}&theme=${theme}`);
    },
    step: (to) =>
      page.evaluate(async (at) => {
        document.documentElement.dataset.step = String(at);
        for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
      }, to),
    sent: () => page.evaluate(() => JSON.parse(document.documentElement.dataset.sent ?? '[]')),
    close: async () => {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
