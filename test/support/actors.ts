import type { BrowserContext, Dialog, Page } from 'puppeteer';
import { readSessionNumber } from '../../shared/protocol/session-number.ts';
import {
  type AgentBrowser,
  type BrowserName,
  type LaunchOptions,
  launchWithExtension,
  type PlainBrowser,
} from './browsers.ts';
import { builtExtension } from './builds.ts';
import type { TestRelay } from './relay.ts';
import { Screen } from './screen.ts';
import { until } from './until.ts';

/** A support representative with the extension in a browser of their own: what they do, in their words. */
export class Agent {
  readonly browser: AgentBrowser;
  readonly relay: TestRelay;
  readonly email: string;
  readonly name: string;
  readonly #links = new Set<string>();
  readonly #numbers = new Set<string>();

  #code: string | undefined; // the last one used

  private constructor(browser: AgentBrowser, relay: TestRelay, email: string, name: string) {
    this.browser = browser;
    this.relay = relay;
    this.email = email;
    this.name = name;
  }

  /** A new agent of that desk, signed in, in a browser just started. */
  static async hired(
    relay: TestRelay,
    browser: BrowserName,
    name: string,
    settings: string[] = [],
    options: LaunchOptions = {},
  ): Promise<Agent> {
    const email = `${name.split(' ')[0]?.toLowerCase()}.${Math.random().toString(36).slice(2, 8)}@desk.example`;
    const [started] = await Promise.all([
      launchWithExtension(browser, builtExtension(browser), options),
      relay.addAgent(email, name, settings),
    ]);
    const agent = new Agent(started, relay, email, name);
    await agent.signIn();
    return agent;
  }

  async signIn(): Promise<void> {
    const page = await this.browser.openExtensionPage('welcome.html');
    const welcome = new Screen(page);
    await welcome.fill('Support site', this.relay.url);
    await welcome.press('button', 'Next');
    await welcome.fill('E-mail address', this.email);
    await welcome.press('button', 'Send code');
    this.#code = await this.relay.signInCode(this.email, this.#code);
    await welcome.fill('Code', this.#code);
    await welcome.press('button', 'Sign in');
    await welcome.reads(this.name);
  }

  /** A page of somebody else's, in a tab in front. */
  async works(url: string): Promise<Page> {
    const page = await this.browser.newPage(url);
    await page.bringToFront();
    return page;
  }

  async popup(page: Page): Promise<Screen> {
    return new Screen(await this.browser.openPopup(page));
  }

  /** Starts a session from the toolbar over `page`. Returns its number, ten digits. */
  async starts(page: Page, { email = false } = {}): Promise<string> {
    const popup = await this.popup(page);
    await popup.tick('E-mail', email);
    await popup.press('button', 'Start session');
    const bar = await this.bar(page);
    // The bar still shows the session before, if there is one, until the new one is there.
    const number = await until('a new session', async () => {
      const shown = await this.number(bar);
      return this.#numbers.has(shown) ? undefined : shown;
    });
    this.#numbers.add(number);
    return number;
  }

  /** The number of the session whose tab is open on the dashboard, from its Session panel. */
  async numberOfTab(): Promise<string> {
    const dashboard = await this.dashboard();
    await dashboard.press('tab', 'Session');
    return this.number(dashboard, /Session number\s+(\d{3} \d{3} \d{4})/);
  }

  /** The session number that stands on that screen. */
  async number(screen: Screen, where = /(\d{3} \d{3} \d{4})/): Promise<string> {
    return until('the session number', async () => {
      const found = where.exec(await screen.text())?.[1];
      const read = found && readSessionNumber(found);
      return read && read.is === 'number' ? read.number : undefined;
    });
  }

  async bar(page: Page): Promise<Screen> {
    return new Screen(await this.browser.bar(page));
  }

  async dashboard(): Promise<Screen> {
    return new Screen(await this.browser.extensionPage('dashboard.html'));
  }

  /** Goes to the dashboard's tab: what is not in front is not drawn. */
  async looksAtDashboard(): Promise<Screen> {
    const page = await this.browser.extensionPage('dashboard.html');
    await page.bringToFront();
    return new Screen(page);
  }

  /** A join link from Invite ▸ Chat message, on the dashboard. */
  async invites(guest: 'Customer' | 'Support representative' = 'Customer'): Promise<string> {
    const dashboard = await this.dashboard();
    await dashboard.press('tab', 'Tools');
    return this.takesLink(dashboard, guest);
  }

  /** A link nobody has been given yet, from the open Invite panel of that screen. */
  async takesLink(screen: Screen, guest: 'Customer' | 'Support representative'): Promise<string> {
    await screen.press('radio', guest);
    await screen.press('tab', 'Chat message');
    const link = await until('a join link', async () => (await screen.value('Join link')) || undefined);
    if (!this.#links.has(link)) {
      this.#links.add(link);
      return link;
    }
    await screen.press('button', 'Link for another person');
    const next = await until('another join link', async () => {
      const value = await screen.value('Join link');
      return value !== '' && !this.#links.has(value) && value;
    });
    this.#links.add(next);
    return next;
  }

  async assists(page: Page, entry: string): Promise<Screen> {
    const popup = await this.popup(page);
    await popup.fill('Session number', entry);
    await popup.press('button', 'Join');
    return this.bar(page);
  }

  async admits(name: string): Promise<void> {
    const dashboard = await this.dashboard();
    await dashboard.reads(`${name} wants to join`);
    await dashboard.press('button', 'Admit');
  }

  async declines(name: string): Promise<void> {
    const dashboard = await this.dashboard();
    await dashboard.reads(`${name} wants to join`);
    await dashboard.press('button', 'Decline');
  }

  /** Chooses the session tab with that name. */
  async opensTab(name: string): Promise<void> {
    const dashboard = await this.dashboard();
    const selected = `[...document.querySelectorAll('[role=tab][aria-selected=true]')].some((tab) => tab.innerText.includes(${JSON.stringify(name)}))`;
    // Pressed again while it is not: a session that has just been started takes the place once.
    const opened = async () => {
      if ((await dashboard.evaluate(selected)) === true) return true;
      await dashboard.press('tab', name);
      return false;
    };
    await until(`the tab of ${name}`, opened, { doing: true });
  }

  async says(text: string): Promise<void> {
    await say(await this.chat(), text);
  }

  async reads(text: string | RegExp): Promise<void> {
    await (await this.chat()).reads(text);
  }

  /** What the Chat button of the bar says is unread. */
  async chatCount(bar: Screen): Promise<string> {
    return String(
      await bar.evaluate(
        `[...document.querySelectorAll('button')].find((b) => b.getAttribute('aria-label') === 'Chat')?.innerText ?? ''`,
      ),
    );
  }

  async reloads(): Promise<void> {
    const page = await this.browser.extensionPage('dashboard.html');
    await reload(page);
  }

  async closesDashboard(): Promise<void> {
    const page = await this.browser.extensionPage('dashboard.html');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.close({ runBeforeUnload: false });
  }

  /** Its process dies, as in a crash, with nothing said. */
  async losesDashboard(): Promise<void> {
    const page = await this.browser.extensionPage('dashboard.html');
    const session = await page.createCDPSession();
    void session.send('Page.crash').catch(() => undefined);
    await new Promise((crashed) => page.once('error', crashed));
    await page.close();
  }

  async opensSecondDashboard(): Promise<Page> {
    return this.browser.openExtensionPage('dashboard.html');
  }

  async chat(): Promise<Screen> {
    const dashboard = await this.dashboard();
    await dashboard.press('tab', 'Chat');
    return dashboard;
  }

  async ends(): Promise<void> {
    const dashboard = await this.dashboard();
    await dashboard.press('tab', 'Session');
    await dashboard.press('button', 'End');
    await dashboard.press('button', 'End session');
    await dashboard.reads(/ended( the session|\b)/);
  }

  /** Ends whatever still runs and closes the tabs of what has ended, so that the next test begins with a clean desk. */
  async clearsDesk(): Promise<void> {
    if ((await this.browser.countPages('dashboard.html')) === 0) return;
    const dashboard = await this.dashboard();
    await until(
      'a clean desk',
      async () => {
        // Everybody clears at once: what stands here now may be gone with another's End.
        const press = (name: string) => dashboard.presses('button', name);
        if (!(await press('Close tab')) && (await dashboard.presses('tab', 'Session')))
          if ((await press('End')) || (await press('Leave')))
            await until('the end', async () => !(await press('End session')) && dashboard.has('button', 'Close tab'), {
              doing: true,
            });
        return (await dashboard.text()).includes('No session is running');
      },
      { doing: true },
    );
  }

  async leavesWork(): Promise<void> {
    await this.browser.close();
  }

  // --- inviting, and what only some tests look at ---------------------------------------------------------------------

  /** Opens Invite in `where`. The panel is in front then. */
  async opensInvite(where: 'bar' | 'dashboard', page: Page): Promise<Screen> {
    const screen = where === 'bar' ? await this.bar(page) : await this.dashboard();
    if (where === 'dashboard') await screen.press('tab', 'Tools');
    if (!(await screen.has('radio', 'Customer'))) await screen.press('button', 'Invite');
    await until('the Invite panel', () => screen.has('radio', 'Customer'));
    return screen;
  }

  /**
   * From now on the addresses of mails that the extension would open in a program are kept: returns those so far, each
   * time. No test machine has a mail program.
   */
  async keepsMails(): Promise<() => Promise<string[]>> {
    const dashboard = await this.dashboard();
    await dashboard.evaluate(`(() => {
      if (globalThis.mails) return;
      globalThis.mails = [];
      for (const name of ['browser', 'chrome']) {
        const tabs = globalThis[name]?.tabs;
        const create = tabs?.create;
        if (!create) continue;
        tabs.create = (what, done) => {
          if (!what.url?.startsWith('mailto:')) return create.call(tabs, what, done);
          globalThis.mails.push(what.url);
          done?.({});
          return Promise.resolve({});
        };
      }
    })()`);
    return async () => JSON.parse(String(await dashboard.evaluate('JSON.stringify(globalThis.mails)')));
  }

  /** What this browser is signed in as. */
  async signedInAs(): Promise<{ token: string; device: string }> {
    const dashboard = await this.dashboard();
    const read = `(globalThis.browser ?? chrome).storage.local.get('signIn').then(({ signIn }) => JSON.stringify(signIn))`;
    return JSON.parse(String(await dashboard.evaluate(read)));
  }
}

/** A customer: a plain browser, nothing installed. Each in a context of their own: they share nothing. */
export class Customer {
  readonly name: string;
  page: Page;
  readonly #context: BrowserContext;

  constructor(context: BrowserContext, page: Page, name: string) {
    this.#context = context;
    this.page = page;
    this.name = name;
  }

  static async with(browser: PlainBrowser, name: string, url: string): Promise<Customer> {
    const context = await browser.browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(url);
    return new Customer(context, page, name);
  }

  get screen(): Screen {
    return new Screen(this.page);
  }

  async reloads(): Promise<void> {
    await reload(this.page);
  }

  /** Their tab is in front: what is not is not drawn. */
  async comesForward(): Promise<void> {
    await this.page.bringToFront();
  }

  async opens(url: string): Promise<Page> {
    const page = await this.#context.newPage();
    await page.goto(url);
    return page;
  }

  /** By leaving for another address: driven browsers end a tab's process before the page has been told. */
  async closesPage(): Promise<void> {
    const accept = (dialog: Dialog) => void dialog.accept().catch(() => undefined);
    this.page.on('dialog', accept);
    await this.page.goto('about:blank');
  }

  /** In the same browser, at the address the page had. */
  async comesBack(url: string): Promise<void> {
    this.page = await this.#context.newPage();
    await this.page.goto(url);
  }

  /** The same address once more, in another tab, where the customer goes on from now on. */
  async duplicates(): Promise<Screen> {
    await this.comesBack(this.page.url());
    return this.screen;
  }

  async joins(): Promise<void> {
    await this.screen.fill('Your name', this.name);
    await this.screen.press('button', 'Join');
  }

  async knocks(number: string): Promise<void> {
    await this.screen.fill('Session number', number);
    await this.joins();
  }

  async says(text: string): Promise<void> {
    await say(this.screen, text);
  }

  async reads(text: string | RegExp): Promise<void> {
    await this.screen.reads(text);
  }

  async leavesWork(): Promise<void> {
    await this.#context.close();
  }
}

/** Reloads as F5 does, and says yes when the browser asks whether to leave. */
async function reload(page: Page): Promise<void> {
  const accept = (dialog: Dialog) => void dialog.accept().catch(() => undefined);
  page.on('dialog', accept);
  await page.evaluate(() => {
    Object.assign(window, { before: true });
    setTimeout(() => location.reload());
  });
  await until('the page to be loaded anew', () =>
    page.evaluate(() => !('before' in window) && document.readyState === 'complete'),
  );
  page.off('dialog', accept);
}

async function say(screen: Screen, text: string): Promise<void> {
  await screen.fill('Message', text);
  await screen.press('button', 'Send');
}
