import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import type { JournalEntry, LinkStatus } from '../../shared/link/link.ts';
import type { ActorSetup, TrustSetup } from './link-page/setup.ts';
import type { LinkRelay } from './link-relay.ts';
import type { LinkSite } from './link-site.ts';

export const newId = () => randomBytes(16).toString('hex');
export const newKey = () => randomBytes(32).toString('base64url');
/** Two ids, the lower first. */
export function newIds(count: number): string[] {
  return Array.from({ length: count }, newId).sort();
}

/** A participant of the link's tests: a browser profile of its own and one page in it. */
export class LinkActor {
  readonly id: string;
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #site: LinkSite;
  #setup: ActorSetup;

  private constructor(context: BrowserContext, page: Page, site: LinkSite, setup: ActorSetup) {
    this.id = setup.id;
    this.page = page;
    this.#context = context;
    this.#site = site;
    this.#setup = setup;
  }

  static async start(browser: Browser, site: LinkSite, relay: LinkRelay, setup: Omit<ActorSetup, 'relay'>) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const actor = new LinkActor(context, page, site, { ...setup, relay: relay.url });
    await actor.#go();
    return actor;
  }

  async #go(): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(`${this.#site.url}/index.html#${encodeURIComponent(JSON.stringify(this.#setup))}`);
    await this.#ready();
  }
  async #ready(): Promise<void> {
    await this.page.waitForFunction(() => window.actor !== undefined, { polling: 20 });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Loads the page with other peers or trust. */
  async reopen(peers: ActorSetup['peers']): Promise<void> {
    this.#setup = { ...this.#setup, peers };
    await this.#go();
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Runs `act` in the page on its actor. */
  async do<A extends unknown[], R>(
    act: (actor: NonNullable<Window['actor']>, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    const code = `(async (...args) => (${act.toString()})(window.actor, ...args))(...${JSON.stringify(args)})`;
    // What a page answers has the type of the function sent there.
    return (await this.page.evaluate(code)) as Awaited<R>;
  }

  async status(peer: LinkActor): Promise<LinkStatus | undefined> {
    return this.do((actor, id) => actor.status(id), peer.id);
  }
  async want(peer: LinkActor, trust: TrustSetup): Promise<void> {
    await this.do((actor, id, held) => actor.want(id, held), peer.id, trust);
  }
  async post(text: string, ...to: LinkActor[]): Promise<number> {
    return this.do(
      (actor, line, ids) => actor.post(line, ids),
      text,
      to.map((peer) => peer.id),
    );
  }
  async journal(): Promise<{ entries: JournalEntry[]; unacknowledged: { peer: string; seq: number }[] }> {
    return this.do((actor) => actor.journal());
  }
  /** What `peer` has written, as stored here. */
  async from(peer: LinkActor): Promise<string[]> {
    const { entries } = await this.journal();
    return entries.flatMap((entry) => (entry.from === peer.id ? [entry.text] : []));
  }

  /** Until `holds` in the page: a function of its actor. */
  async until<A extends unknown[]>(
    holds: (actor: NonNullable<Window['actor']>, ...args: A) => unknown,
    ...args: A
  ): Promise<void> {
    const code = `(async (...args) => Boolean(window.actor && await (${holds.toString()})(window.actor, ...args)))(...${JSON.stringify(args)})`;
    await this.page.waitForFunction(code, { polling: 30, timeout: 45_000 });
  }
  async untilLive(peer: LinkActor): Promise<void> {
    await this.until((actor, id) => actor.status(id)?.state === 'live', peer.id);
  }
  async untilHeard(peer: LinkActor, lines: number): Promise<void> {
    await this.until(
      async (actor, id, count) => (await actor.journal()).entries.filter((entry) => entry.from === id).length >= count,
      peer.id,
      lines,
    );
  }
}
