import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Roster, SignedIn, SignInStarted } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Command, SessionView } from '../../shared/session/view.ts';
import { startRelay, type TestRelay } from '../support/relay.ts';
import { Caller } from '../support/relay-http.ts';
import { type Built, buildAgentPage, buildSiteInPlace } from './build.ts';
import { type SiteServer, serveFolder } from './site-server.ts';

// The built site on the real relay, with a real primary on the other end of a real link.

let agentPage: Built;
let agentSite: SiteServer;
let relay: TestRelay;
let signedIn: SignedIn;
let browser: Browser;
let customers: BrowserContext;
let agent: Page;
let customer: Page;

beforeAll(async () => {
  await buildSiteInPlace();
  agentPage = await buildAgentPage();
  agentSite = await serveFolder(agentPage.folder);
  relay = await startRelay({ env: { DESK_NAME: 'Acme Support' } });
  await relay.addAgent('ann@acme.example', 'Ann de Vries');
  const caller = new Caller((path, init) => fetch(`${relay.url}${path}`, init));
  const email = 'ann@acme.example';
  const started = await caller.post(SignInStarted, '/api/sign-in', { email, language: 'en' });
  const code = await relay.signInCode(email);
  signedIn = await caller.post(SignedIn, '/api/sign-in/verify', { ...started, code, browser: 'test' });
  browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-features=WebRtcHideLocalIpsWithMdns'],
  });
});
afterAll(async () => {
  await browser?.close();
  await relay?.stop();
  await agentSite?.close();
  await agentPage?.remove();
});
beforeEach(async () => {
  const { token, device, agent: person } = signedIn;
  agent = await browser.newPage();
  const query = new URLSearchParams({ relay: relay.url, token, device, name: person.name });
  await agent.goto(`${agentSite.url}/?${query}`);
  await agent.waitForSelector('[data-ready="yes"]');
  customers = await browser.createBrowserContext();
  customer = await newCustomerPage();
});
afterEach(async () => {
  await customers.close();
  await agent.close();
});

async function newCustomerPage(): Promise<Page> {
  const page = await customers.newPage();
  await page.setViewport({ width: 430, height: 800 });
  // ST5: the browser asks before it leaves a session; people say yes.
  page.on('dialog', (dialog) => void dialog.accept());
  return page;
}
/** What comes over relay and link takes as long as it takes. */
const soon = <A>(look: () => Promise<A> | A) => expect.poll(look, { timeout: 20_000 });
const reads = (text: string, at = customer) => at.waitForSelector(`::-p-text(${text})`);
const press = (name: string, at = customer) => at.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const type = async (name: string, text: string, at = customer) => {
  await (await at.locator(`::-p-aria([name="${name}"])`).waitHandle()).type(text);
};
const open = (url: string, at = customer) => at.goto(url, { waitUntil: 'domcontentloaded' });

const does = (command: Command) => agent.evaluate((given) => window.agent.send(given), command);
const sees = (): Promise<SessionView | undefined> =>
  agent.evaluate(() => window.agent.snapshot.value.sessions.findLast(({ phase }) => phase !== 'ended'));
const lines = async () => (await sees())?.chat.items.flatMap((one) => (one.kind === 'line' ? [one.text] : []));

async function started(): Promise<{ session: string; number: string }> {
  const answer = await does({ type: 'start', email: false });
  const { session } = z.parse(z.object({ session: Roster.shape.id }), answer.ok ? answer.value : answer);
  return { session, number: (await sees())?.number ?? '' };
}
async function invited(session: string): Promise<string> {
  const how = { by: 'link' } as const;
  const answer = await does({ type: 'invite', session, guest: 'customer', language: 'en', how });
  return z.parse(z.object({ url: z.string() }), answer.ok ? answer.value : answer).url;
}
async function joined(url: string): Promise<void> {
  await open(url);
  await type('Your name', 'Mia');
  await press('Join');
  await reads('Ann de Vries helps you');
  await soon(async () => (await sees())?.participants.map(({ link }) => link.is)).toContain('live');
}
const assurance = async () => (await sees())?.participants.find(({ name }) => name === 'Mia')?.assurance;

test('JO1 JO2 JO3 a link joins without a knock, is proven, talks both ways, and survives a reload', async () => {
  const { session } = await started();
  const link = await invited(session);
  await joined(link);
  await soon(assurance).toBe('proven');
  expect(customer.url()).toBe(link.split('#')[0]);
  await reads('Nobody sees your screen');
  await type('Message', 'It prints nothing');
  await customer.keyboard.press('Enter');
  await soon(lines).toEqual(['It prints nothing']);
  await does({ type: 'say', session, text: 'Which printer?' });
  await reads('Which printer?');
  await customer.reload({ waitUntil: 'domcontentloaded' });
  await reads('It prints nothing');
  await reads('Which printer?');
  await soon(assurance).toBe('proven');
  await type('Message', 'The old one');
  await customer.keyboard.press('Enter');
  await soon(lines).toEqual(['It prints nothing', 'Which printer?', 'The old one']);
});

test('JO4 a number knocks, is admitted, and is shown as not compared', async () => {
  const { session, number } = await started();
  await open(relay.url);
  await type('Session number', number);
  await type('Your name', 'Mia');
  await press('Join');
  await reads('Acme Support has been told that you are here');
  await soon(async () => (await sees())?.knocks.map(({ name }) => name)).toEqual(['Mia']);
  const knock = (await sees())?.knocks[0];
  await does({ type: 'admit', session, participant: knock?.id ?? '' });
  await reads('Ann de Vries helps you');
  await reads('Not compared');
});

test('JO4 a decline brings the form back with the sentence of a wrong number', async () => {
  const { session, number } = await started();
  await open(relay.url);
  await type('Session number', number);
  await type('Your name', 'Mia');
  await press('Join');
  await soon(async () => (await sees())?.knocks.length).toBe(1);
  const knock = (await sees())?.knocks[0];
  await does({ type: 'decline', session, participant: knock?.id ?? '' });
  await reads('No session can be joined with this number');
});

test('EN1 the end says by whom, and nothing of the talk stays in the browser', async () => {
  const { session } = await started();
  await joined(await invited(session));
  await does({ type: 'end', session });
  await reads('Ann de Vries ended the session.');
  const kept = () =>
    customer.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => /page-/.test(name ?? '')).length);
  await soon(kept).toBe(0);
  await customer.reload({ waitUntil: 'domcontentloaded' });
  await reads('This invitation is no longer valid');
});

test('EN2 leaving is one press; the agent sees it', async () => {
  const { session } = await started();
  await joined(await invited(session));
  await press('Leave session');
  await reads('You left this session.');
  await soon(async () => (await sees())?.participants.map(({ name }) => name)).toEqual(['Ann de Vries']);
});

test('ST5 another tab of the same browser takes the seat over, and the talk goes on there', async () => {
  const { session } = await started();
  const link = await invited(session);
  await joined(link);
  await does({ type: 'say', session, text: 'Which printer?' });
  await reads('Which printer?');
  const second = await newCustomerPage();
  await open(link, second);
  await reads('This conversation is open in another tab', second);
  await press('Use here', second);
  await reads('Which printer?', second);
  await second.bringToFront();
  await type('Message', 'The old one', second);
  await second.keyboard.press('Enter');
  await soon(lines).toEqual(['Which printer?', 'The old one']);
  await reads('This conversation is open in another tab');
});
