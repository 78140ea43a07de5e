import type { BrowserContext, Page } from 'puppeteer';
import { readSessionNumber } from '../../shared/protocol/session-number.ts';
import { type AgentBrowser, type BrowserName, launchWithExtension, type PlainBrowser } from './browsers.ts';
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

  private constructor(browser: AgentBrowser, relay: TestRelay, email: string, name: string) {
    this.browser = browser;
    this.relay = relay;
    this.email = email;
    this.name = name;
  }

  /** A new agent of that desk, signed in, in a browser just started. */
  static async hired(relay: TestRelay, browser: BrowserName, name: string, settings: string[] = []): Promise<Agent> {
    const email = `${name.split(' ')[0]?.toLowerCase()}.${Math.random().toString(36).slice(2, 8)}@desk.example`;
    const [started] = await Promise.all([
      launchWithExtension(browser, builtExtension(browser)),
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
    await welcome.fill('Code', await this.relay.signInCode(this.email));
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
    return this.number(await this.bar(page));
  }

  /** The session number that stands in the bar. */
  async number(bar: Screen): Promise<string> {
    return until('the session number', async () => {
      const found = /\d{3} \d{3} \d{4}/.exec(await bar.text())?.[0];
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

  /** A join link from Invite ▸ Chat message, on the dashboard. */
  async invites(guest: 'Customer' | 'Support representative' = 'Customer'): Promise<string> {
    const dashboard = await this.dashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Invite');
    return this.takesLink(dashboard, guest);
  }

  async takesLink(screen: Screen, guest: 'Customer' | 'Support representative'): Promise<string> {
    await screen.press('radio', guest);
    await screen.press('tab', 'Chat message');
    return until('the join link', async () => {
      const link = await screen.value('Join link');
      return link === '' ? undefined : link;
    });
  }

  async assists(page: Page, entry: string): Promise<Screen> {
    const popup = await this.popup(page);
    await popup.fill('Session number', entry);
    await popup.press('button', 'Join');
    return this.bar(page);
  }

  async says(text: string): Promise<void> {
    await say(await this.chat(), text);
  }

  async reads(text: string | RegExp): Promise<void> {
    await (await this.chat()).reads(text);
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

  async leavesWork(): Promise<void> {
    await this.browser.close();
  }
}

/** A customer: a plain browser, nothing installed. Each in a context of their own: they share nothing. */
export class Customer {
  readonly name: string;
  page: Page;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, name: string) {
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

  /** Another tab of the same browser. */
  async opens(url: string): Promise<Page> {
    const page = await this.#context.newPage();
    await page.goto(url);
    return page;
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

async function say(screen: Screen, text: string): Promise<void> {
  await screen.fill('Message', text);
  await screen.press('button', 'Send');
}
