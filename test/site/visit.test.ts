import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newSessionNumber } from '../../shared/protocol/session-number.ts';
import { type Built, buildSite } from './build.ts';
import { RelayStandIn } from './relay-stand-in.ts';
import { type SiteServer, serveSite } from './site-server.ts';

const NUMBER = newSessionNumber(() => 123_456_789);
const LINK = `/j/${'ab'.repeat(16)}`;
const INVITED = `invitations/${'ab'.repeat(16)}`;
const KEY = 'k'.repeat(43);
const WRONG_NUMBER = 'No session can be joined with this number. Please check the number, or ask for a new one.';

let site: Built;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let server: SiteServer;
let relay: RelayStandIn;

beforeAll(async () => {
  site = await buildSite();
  browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--host-resolver-rules=MAP insecure.test 127.0.0.1'],
  });
});
afterAll(async () => {
  await browser?.close();
  await site?.remove();
});
beforeEach(async () => {
  relay = new RelayStandIn();
  server = await serveSite(site.folder, relay.handle);
  context = await browser.createBrowserContext();
  page = await newPage();
});
afterEach(async () => {
  await context.close();
  await server.close();
});

async function newPage(): Promise<Page> {
  const opened = await context.newPage();
  await opened.setViewport({ width: 430, height: 800 });
  return opened;
}
const open = (path: string, at = page) => at.goto(server.url + path, { waitUntil: 'domcontentloaded' });
/** Waits until a person could read it. */
const reads = (text: string, at = page) => at.waitForSelector(`::-p-text(${text})`);
const press = (name: string, at = page) => at.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const field = (name: string) => page.locator(`::-p-aria([name="${name}"][role="textbox"])`);
const typed = (name: string) =>
  field(name)
    .waitHandle()
    .then((handle) => handle.evaluate((input) => (input instanceof HTMLInputElement ? input.value : '')));
const knocking = () => ({ body: { state: 'knocking', lapsesAt: 300_000, now: 0 } });
const invitation = (about: object = {}) => ({
  body: { desk: 'Acme Support', agent: 'Ann de Vries', guest: 'customer', state: 'fresh', others: false, ...about },
});

async function fill(number: string, name: string): Promise<void> {
  const entry = await page.locator('::-p-aria(Session number)').waitHandle();
  await entry.type(number);
  await (await field('Your name').waitHandle()).type(name);
}

test('ST6 a slip in the number is said as it is typed and costs no attempt', async () => {
  await open('/');
  await fill(NUMBER.slice(0, 9) + ((Number(NUMBER[9]) + 1) % 10), 'Mia');
  await reads('A digit is wrong');
  await press('Join');
  await page.waitForSelector('input:focus[aria-invalid="true"]');
  expect(relay.times('knock')).toBe(0);
});

test('JO4 a wrong number is refused beside the field, and what was typed stays', async () => {
  relay.says.set('knock', { refused: 'bad-number' });
  await open('/');
  await fill(NUMBER, 'Mia');
  await press('Join');
  await reads(WRONG_NUMBER);
  expect(await typed('Session number')).toBe(`${NUMBER.slice(0, 3)} ${NUMBER.slice(3, 6)} ${NUMBER.slice(6)}`);
  expect(await typed('Your name')).toBe('Mia');
});

test('SE3 too many attempts, a full session and a busy desk each say what to do', async () => {
  await open('/');
  await fill(NUMBER, 'Mia');
  for (const [code, words] of [
    ['too-many-attempts', 'Too many attempts'],
    ['busy', 'Several people are waiting already'],
    ['full', 'No more people fit in'],
  ] as const) {
    relay.says.set('knock', { refused: code });
    await press('Join');
    await reads(words);
  }
});

test('JO4 a decline reads the same as a wrong number, and the number is still there', async () => {
  relay.says.set('knock', knocking());
  await open('/');
  await fill(NUMBER, 'Mia');
  await press('Join');
  await reads('Acme Support has been told that you are here');
  await expect.poll(() => relay.streams.size).toBe(1);
  relay.tell('refused', {});
  await reads(WRONG_NUMBER);
  expect(await typed('Session number')).toContain(NUMBER.slice(6));
});

test('JO4 leaving while waiting tells the relay and brings the form back', async () => {
  relay.says.set('knock', knocking());
  await open('/');
  await fill(NUMBER, 'Mia');
  await press('Join');
  await press('Leave');
  await reads('Join a session');
  await expect.poll(() => relay.times('gone')).toBe(1);
});

test('ST5 a reload while waiting goes on waiting, without a second knock, and the time counts on', async () => {
  relay.says.set('knock', knocking());
  await open('/');
  await fill(NUMBER, 'Mia');
  await press('Join');
  await reads('Acme Support has been told that you are here');
  await page.waitForFunction(() => document.body.innerText.includes('waiting for 0:02'));
  await page.reload({ waitUntil: 'domcontentloaded' });
  await reads('Acme Support has been told that you are here');
  expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/waiting for 0:0[01]/);
  expect(relay.times('knock')).toBe(1);
});

test('ST5 a seat is open in one tab: another one offers to take it, and the older lets go', async () => {
  relay.says.set('knock', knocking());
  await open('/');
  await fill(NUMBER, 'Mia');
  await press('Join');
  await reads('Acme Support has been told that you are here');
  const second = await newPage();
  await open('/', second);
  await reads('This conversation is open in another tab', second);
  await press('Use here', second);
  await reads('Acme Support has been told that you are here', second);
  await reads('This conversation is open in another tab');
});

test('RE2 with the relay down at Join the site says so, keeps trying, and goes on by itself', async () => {
  relay.says.set('knock', knocking());
  await open('/');
  await fill(NUMBER, 'Mia');
  await expect.poll(() => relay.times('seats')).toBe(1);
  relay.down = true;
  await press('Join');
  await reads('We keep trying; you do not have to do anything.');
  relay.down = false;
  await reads('Acme Support has been told that you are here');
});

test('IN8 what answers but is no relay is named, and typing is not lost', async () => {
  relay.says.set('knock', 'a login page');
  await open('/');
  await fill(NUMBER, 'Mia');
  await press('Join');
  await reads('Something on your network answers in place of the support desk');
  expect(await typed('Your name')).toBe('Mia');
});

test('JO1 JO3 a link names desk and agent and joins nobody; its key leaves the address only at Join, and never the page', async () => {
  relay.says.set(INVITED, invitation());
  relay.says.set(`${INVITED}/join`, knocking());
  await open(`${LINK}#${KEY}`);
  await reads('Ann de Vries');
  await expect.poll(() => relay.times('seats')).toBe(1);
  expect(relay.times(`${INVITED}/join`)).toBe(0);
  expect(new URL(page.url()).hash).toBe(`#${KEY}`);
  await (await field('Your name').waitHandle()).type('Mia');
  await press('Join');
  await reads('Acme Support has been told that you are here');
  expect(new URL(page.url()).hash).toBe('');
  expect(relay.asked.filter(({ url, body }) => (url + body).includes(KEY))).toEqual([]);
});

test('JO1 the number page never names an agent', async () => {
  await open('/');
  await reads('Go on only if');
  await reads('Acme Support');
  expect(relay.asked.every(({ path }) => ['desk', 'seats', 'ticket', 'ice'].includes(path))).toBe(true);
});

test('JO5 a name must be there and fit; what was typed stays', async () => {
  relay.says.set(INVITED, invitation());
  await open(LINK);
  await press('Join');
  await reads('Please write your name');
  const long = 'é'.repeat(81);
  await (await field('Your name').waitHandle()).type(long);
  await reads('This name is 1 character too long');
  expect(await typed('Your name')).toBe(long);
  expect(relay.times(`${INVITED}/join`)).toBe(0);
});

test('JO6 "I did not ask for this" is asked once more, reported without joining, and thanked for', async () => {
  relay.says.set(INVITED, invitation());
  relay.says.set(`${INVITED}/report`, { body: {} });
  await open(LINK);
  await press('I did not ask for this');
  expect(relay.times(`${INVITED}/report`)).toBe(0);
  await press('Yes, report it');
  await reads('Thank you for telling us');
  expect(relay.times(`${INVITED}/report`)).toBe(1);
  expect(relay.times(`${INVITED}/join`)).toBe(0);
});

test('PA2 a link into a shared session says that other customers take part', async () => {
  relay.says.set(INVITED, invitation({ others: true }));
  await open(LINK);
  await reads('Other customers take part in this session too');
});

test('IN8 an ended invitation and a cut link each say so', async () => {
  relay.says.set(INVITED, invitation({ state: 'over' }));
  await open(LINK);
  await reads('This invitation is no longer valid');
  await open('/j/abc');
  await reads('This link is not complete');
});

test('AS1 Provide support says how, and a representative’s link shows it with the link', async () => {
  await open('/support');
  await reads('Choose “Provide support”, then “Assist session”.');
  relay.says.set(INVITED, invitation({ guest: 'representative' }));
  await open(`${LINK}#${KEY}`);
  expect(await typed('Your link')).toBe(`${server.url}${LINK}#${KEY}`);
});

test('JO1 an insecure address says so instead of failing', async () => {
  await page.goto(server.url.replace('127.0.0.1', 'insecure.test'), { waitUntil: 'domcontentloaded' });
  await reads('This address is not safe');
});

test('IN6 by keyboard alone, in the other language, keeping what was typed', async () => {
  relay.says.set('knock', knocking());
  await open('/');
  await fill(NUMBER, 'Mia');
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.textContent === wanted, name)) return;
    }
    throw new Error(`no way to ${name} by keyboard`);
  };
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await tabTo('Nederlands');
  await page.keyboard.press('Enter');
  await reads('Deelnemen aan een sessie');
  expect(await typed('Uw naam')).toBe('Mia');
  await tabTo('Deelnemen');
  await tabTo('Deelnemen');
  await page.keyboard.press('Enter');
  await reads('Acme Support weet dat u er bent');
  await page.waitForSelector('h1:focus');
});
