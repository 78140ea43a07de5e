import type { Page } from 'puppeteer';
import { SignedIn, SignInStarted } from '../../shared/protocol/relay-api.ts';
import type { ForgerSetup } from './link-page/forger-setup.ts';
import type { LinkSite } from './link-site.ts';
import type { TestRelay } from './relay.ts';
import { Caller } from './relay-http.ts';

export const callerOf = (relay: TestRelay, token?: string) =>
  new Caller((path, init) => fetch(`${relay.url}/api${path}`, init), token);

/** A new agent of that desk, signed in with no browser. */
export async function signedIn(relay: TestRelay, name: string): Promise<{ token: string; device: string }> {
  const email = `${Math.random().toString(36).slice(2)}@desk.example`;
  await relay.addAgent(email, name);
  const asked = await callerOf(relay).post(SignInStarted, '/sign-in', { email, language: 'en' });
  const code = await relay.signInCode(email);
  return callerOf(relay).post(SignedIn, '/sign-in/verify', { ...asked, code, browser: 'none' });
}

/** A participant who does what nobody may (link-page/forger.ts), driven by functions run in its page. */
export class Forger {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async in(page: Page, site: LinkSite, setup: ForgerSetup): Promise<Forger> {
    await page.goto('about:blank');
    await page.goto(`${site.url}/forger.html#${encodeURIComponent(JSON.stringify(setup))}`);
    await page.waitForFunction('window.forger !== undefined', { polling: 30 });
    return new Forger(page);
  }

  /** Runs `act` in the page. */
  async do<A extends unknown[], R>(
    act: (forger: NonNullable<Window['forger']>, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    const code = `(async (...args) => (${act.toString()})(window.forger, ...args))(...${JSON.stringify(args)})`;
    return (await this.page.evaluate(code)) as Awaited<R>; // the type of the function sent there
  }

  async untilLinkedTo(...names: string[]): Promise<void> {
    const wanted = JSON.stringify(names);
    await this.page.waitForFunction(`${wanted}.every((name) => window.forger.live().includes(name))`, { polling: 30 });
  }

  post(message: unknown, to: string[]): Promise<void> {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    return this.do((forger, what, ids) => forger.post(what, ids), text, to);
  }
}
