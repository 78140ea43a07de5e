import { afterAll, afterEach, beforeAll } from 'vitest';
import { Agent, Customer } from './actors.ts';
import { type BrowserName, type LaunchOptions, launchPlain, type PlainBrowser } from './browsers.ts';
import { type MailServer, startMailServer } from './mail.ts';
import { startRelay, type TestRelay } from './relay.ts';
import { type Site, ticketSite } from './ticket-page.ts';

/** Who and what the tests of one file share: a relay, somebody's web page, agents at work, and customers' browsers. */
export interface World {
  readonly relay: TestRelay;
  readonly site: Site;
  /** Where the relay's mails go, in a world with one. */
  readonly mail: MailServer;
  /** The agent of that name, hired and signed in at the first call. */
  agent(name: string, browser?: BrowserName, settings?: string[]): Promise<Agent>;
  /** A new customer at `url` (the site's own page when none is given), sharing nothing with any other. */
  customer(name: string, url?: string, browser?: BrowserName): Promise<Customer>;
}

/** A world for a file or a describe; everything in it is closed at its end. `browser` is what people use at first. */
export function useWorld(
  browser: BrowserName,
  env: Record<string, string> = {},
  { smtp = false, ...launch }: LaunchOptions & { smtp?: boolean } = {},
): World {
  let mail: MailServer | undefined;
  let relay: TestRelay;
  let site: Site;
  const agents = new Map<string, Promise<Agent>>();
  const plain = new Map<BrowserName, Promise<PlainBrowser>>();

  beforeAll(async () => {
    mail = smtp ? await startMailServer() : undefined;
    [relay, site] = await Promise.all([startRelay({ env, mail }), ticketSite()]);
  });
  afterEach(async () => {
    await Promise.all([...agents.values()].map(async (agent) => (await agent).clearsDesk()));
  });
  afterAll(async () => {
    const all = [...agents.values(), ...plain.values()];
    await Promise.allSettled(
      all.map(async (one) => {
        const opened = await one;
        await ('close' in opened ? opened.close() : opened.leavesWork());
      }),
    );
    site.close();
    await relay.stop();
    await mail?.close();
  });

  return {
    get relay() {
      return relay;
    },
    get site() {
      return site;
    },
    get mail() {
      if (!mail) throw new Error('this world has no mail server');
      return mail;
    },
    agent(name, where = browser, settings = []) {
      const key = `${name} in ${where}`;
      const known = agents.get(key) ?? Agent.hired(relay, where, name, settings, launch);
      agents.set(key, known);
      return known;
    },
    async customer(name, url = relay.url, where = browser) {
      const started = plain.get(where) ?? launchPlain(where, launch);
      plain.set(where, started);
      return Customer.with(await started, name, url);
    },
  };
}
