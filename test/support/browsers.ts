import { randomUUID } from 'node:crypto';
import puppeteer, { type Browser, type ElementHandle, type Frame, type Page } from 'puppeteer';
import { chromiumPopup, clickToolbar as clickInChromium } from './chromium.ts';
import {
  clickToolbar as clickInFirefox,
  firefoxPopup,
  gotoExtensionPage,
  pointInFrame,
  typeInFrame,
} from './firefox.ts';
import { inOwnProfile } from './firefox-profile.ts';
import { program } from './system.ts';
import { until } from './until.ts';
import { startXvfb } from './xvfb.ts';

export type BrowserName = 'chromium' | 'firefox';
export const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];

/** The toolbar's popup, the same in both browsers: a panel of Firefox is no page that Puppeteer knows. */
export interface Popup {
  /** Evaluates an expression in the popup's document; what it gives must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Whether it is still open: it closes itself when a session has started. */
  isOpen(): Promise<boolean>;
  /** As when the person presses somewhere else. */
  close(): Promise<void>;
}

/** A browser with nothing but what a customer has. */
export interface PlainBrowser {
  name: BrowserName;
  browser: Browser;
  newPage(url?: string): Promise<Page>;
  close(): Promise<void>;
}

/** An agent's browser, the extension installed. */
export interface AgentBrowser extends PlainBrowser {
  /** The address of one of the extension's pages, e.g. `popup.html`. */
  address(page: string): string;
  /** Opens one of the extension's pages in a tab. */
  openExtensionPage(page: string): Promise<Page>;
  /** Presses the toolbar icon while `page` is in front: a real click, which grants `activeTab`. */
  openPopup(page: Page): Promise<Popup>;
  /** The open tab with that page of the extension, waited for. */
  extensionPage(page: string): Promise<Page>;
  /** How many tabs show that page now. */
  countPages(page: string): Promise<number>;
  /** The bar's frame in `page`, waited for until it shows something; the shadow root around it is closed. */
  bar(page: Page): Promise<Frame>;
  /** The frame of icon-bar.html in `page`, if there is one now, shown or blank. */
  barFrame(page: Page): Promise<Frame | undefined>;
  /** Types into a field of the bar, as from the keyboard. */
  typeInto(bar: Frame, field: ElementHandle, text: string): Promise<void>;
  /** Lays the pointer on something in the bar, as with a mouse. */
  restOn(bar: Frame, selector: string): Promise<void>;
  /** Writes the extension's settings, as if the agent had signed in. */
  store(settings: Record<string, unknown>): Promise<void>;
}

const CHROMIUM_ARGS = ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
const ANSWERS_WITHIN = 2000; // ms

const FIREFOX_PREFS = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.cubeb.force_mock_context': true, // as with a sound card: without any, Firefox mixes no sound at all
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // Driven, Firefox gives 0 ms, and asks without a pause whether a tab left has been unloaded: a whole core, for ever.
  'browser.tabs.remote.unloadDelayMs': 1000,
};

export interface LaunchOptions {
  /** On a screen of its own, which can be captured: Chromium needs none for that. */
  display?: boolean;
  args?: string[];
  prefs?: Record<string, unknown>;
}

async function launch(name: BrowserName, options: LaunchOptions): Promise<Browser> {
  const xvfb = name === 'firefox' && options.display ? await startXvfb() : undefined;
  const browser =
    name === 'chromium'
      ? await startChromium(options)
      : await inOwnProfile((userDataDir) => startFirefox(options, xvfb?.display, userDataDir));
  browser.once('disconnected', () => xvfb?.close());
  return browser;
}

function startChromium(options: LaunchOptions): Promise<Browser> {
  return puppeteer.launch({
    browser: 'chrome',
    executablePath: program('Chromium'),
    headless: true,
    pipe: true,
    enableExtensions: true,
    args: [...CHROMIUM_ARGS, ...(options.args ?? [])],
  });
}

function startFirefox(
  options: LaunchOptions,
  display: string | undefined,
  userDataDir: string | undefined,
): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: program('Firefox'),
    headless: display === undefined,
    ...(display !== undefined && { env: { ...process.env, DISPLAY: display, MOZ_ENABLE_WAYLAND: '0' } }),
    ...(userDataDir !== undefined && { userDataDir }),
    args: ['--remote-allow-system-access', ...(options.args ?? [])],
    extraPrefsFirefox: { ...FIREFOX_PREFS, ...options.prefs },
  });
}

/** Asked of the document itself: Firefox tells Puppeteer of no navigation to an extension page. */
const isAt = (place: Page | Frame, address: string): Promise<boolean> =>
  Promise.race([
    place.evaluate((wanted) => location.href.split(/[?#]/)[0] === wanted, address).catch(() => false),
    // A document that is just going answers nobody.
    new Promise<false>((resolve) => setTimeout(resolve, ANSWERS_WITHIN, false)),
  ]);

async function keep<T>(all: readonly T[], wanted: (one: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(all.map(wanted));
  return all.filter((_, index) => kept[index]);
}

function plain(name: BrowserName, browser: Browser): PlainBrowser {
  return {
    name,
    browser,
    async newPage(url) {
      const page = await browser.newPage();
      if (url) await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}

/** A customer's browser. */
export async function launchPlain(name: BrowserName, options: LaunchOptions = {}): Promise<PlainBrowser> {
  return plain(name, await launch(name, options));
}

/** An agent's browser with the built extension in `folder`. */
export async function launchWithExtension(
  name: BrowserName,
  folder: string,
  options: LaunchOptions = {},
): Promise<AgentBrowser> {
  // Firefox gives each installation a random address; pinned, a test can open its pages.
  const uuid = randomUUID();
  const pinned = { 'extensions.webextensions.uuids': JSON.stringify({ 'hulplijn@hulplijn.example': uuid }) };
  const browser = await launch(name, { ...options, prefs: { ...pinned, ...options.prefs } });
  const id = await browser.installExtension(folder);
  const origin = name === 'chromium' ? `chrome-extension://${id}` : `moz-extension://${uuid}`;
  const base = plain(name, browser);
  const address = (page: string) => `${origin}/${page}`;
  const pagesAt = async (page: string) => keep(await browser.pages(), (open) => isAt(open, address(page)));
  const barFrame = async (page: Page) =>
    (await keep(page.frames(), (frame) => isAt(frame, address('icon-bar.html'))))[0];
  const openExtensionPage = async (path: string) => {
    const page = await browser.newPage();
    if (name === 'chromium') await page.goto(address(path));
    else await gotoExtensionPage(page, address(path));
    return page;
  };

  return {
    ...base,
    address,
    openExtensionPage,
    async openPopup(page) {
      await page.bringToFront();
      if (name === 'firefox') {
        await clickInFirefox(browser, id);
        return firefoxPopup(browser, address('popup.html'));
      }
      await clickInChromium(browser, id, page);
      return chromiumPopup(browser, address('popup.html'));
    },
    extensionPage: (page) => until(`a tab with ${page}`, async () => (await pagesAt(page))[0]),
    countPages: async (page) => (await pagesAt(page)).length,
    bar: (page) =>
      until('the icon bar', async () => {
        const frame = await barFrame(page);
        const shown = await frame?.evaluate(() => document.querySelector('#root')?.firstElementChild !== null);
        return shown ? frame : undefined;
      }),
    barFrame,
    async typeInto(bar, field, text) {
      await field.focus();
      if (name === 'chromium') await field.type(text);
      else await typeInFrame(browser, bar, text);
    },
    async restOn(bar, selector) {
      if (name === 'chromium') await bar.hover(selector);
      else await pointInFrame(browser, bar, selector);
    },
    async store(settings) {
      const page = await openExtensionPage('options.html');
      await page.evaluate(async (values) => {
        const api: { storage: { local: { set(values: object): Promise<void> } } } = Reflect.get(globalThis, 'chrome');
        await api.storage.local.set(values);
      }, settings);
      await page.close();
    },
  };
}
