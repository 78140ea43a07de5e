import puppeteer, { type Browser } from 'puppeteer';
import { z } from '../../shared/protocol/schema.ts';
import { Agent, Customer } from '../support/actors.ts';
import { startRelay } from '../support/relay.ts';
import { program } from '../support/system.ts';
import { ticketSite } from '../support/ticket-page.ts';
import { until } from '../support/until.ts';
import { farHost, noFarHost } from './far-host.ts';
import { type Figure, inTurns, type Unmeasured } from './figure.ts';
import { plainPeerJs } from './plain-peerjs.ts';
import { MARKS, timeline } from './timeline.ts';

const GOAL = 0.75;
const ROUND_TRIPS = [0, 40]; // ms
/** Somebody reads who invites them before they press: long enough for idle connections to be dropped. */
const READING = 6_000; // ms
/** Shows what happens when, in both pages; too much for figures to count. */
const MARKED = process.env.BENCH_ALL === 'marks';
// Both sides show their addresses: asking the other's name by multicast costs a whim of the machine, and both the same.
const ARGS = ['--disable-features=WebRtcHideLocalIpsWithMdns'];

/** Put into the customer's page before its own scripts: whether the socket is ready, and when the first chat line comes. */
const WATCH = `
window.bench = { ready: false };
bench.arrived = new Promise((resolve) => {
  const watch = (channel) => channel.addEventListener('message', ({ data }) => {
    if (String(data).startsWith('{"t":"kept"')) resolve(performance.now());
  });
  RTCPeerConnection = class extends RTCPeerConnection {
    constructor(options) {
      super(options);
      this.addEventListener('datachannel', ({ channel }) => watch(channel));
    }
    createDataChannel(...given) {
      const channel = super.createDataChannel(...given);
      watch(channel);
      return channel;
    }
  };
});
WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => { if (data === '{"type":"OPEN"}') bench.ready = true; });
  }
};`;

/** Presses **Join**; resolves to the ms until the first chat line is there, and when it was pressed. */
const PRESS = `(async () => {
  const button = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Join');
  const pressed = performance.now();
  button.click();
  return [(await bench.arrived) - pressed, performance.timeOrigin + pressed];
})()`;

/** In the dashboard: sends what is typed at once when that customer is there; it goes as soon as the proof holds. */
const greets = (name: string) => `(() => {
  const greet = () => {
    if (!document.body.textContent.includes(${JSON.stringify(name)})) return;
    watcher.disconnect();
    document.querySelector('.chat-entry').requestSubmit();
  };
  const watcher = new MutationObserver(greet);
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
})()`;

/**
 * From the press to the first message: the built site, a real relay and the extension, proof included, beside PeerJS
 * alone with its stock server, dialling a page that waits for it.
 */
export async function* connect(): AsyncGenerator<Figure | Unmeasured> {
  const [relay, site, plain] = await Promise.all([startRelay(), ticketSite(), plainPeerJs()]);
  const ann = await Agent.hired(relay, 'chromium', 'Ann de Vries', [], { args: ARGS });
  const work = await ann.works(site.url);
  const waiting = await ann.browser.newPage(plain.url);
  await waiting.evaluate(`waits('desk')`);
  let customers = 0;

  async function hulplijn(browser: Browser): Promise<number> {
    const name = `Mia ${++customers}`;
    await work.bringToFront();
    await ann.starts(work);
    const dashboard = await ann.browser.extensionPage('dashboard.html');
    if (MARKED && customers === 1) {
      await dashboard.evaluateOnNewDocument(MARKS);
      await ann.reloads();
    }
    const link = await ann.invites();
    const chat = await ann.chat();
    await chat.fill('Message', `Hello ${name}`);
    await chat.evaluate(greets(name));
    await dashboard.bringToFront();
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    if (MARKED) await page.evaluateOnNewDocument(MARKS);
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(link);
    const mia = new Customer(context, page, name);
    await mia.screen.fill('Your name', name);
    await until('the socket', async () => (await page.evaluate('bench.ready')) === true);
    await new Promise((resolve) => setTimeout(resolve, READING));
    const [took, pressed] = z.parse(z.tuple([z.number(), z.number()]), await page.evaluate(PRESS));
    if (MARKED) {
      await new Promise((resolve) => setTimeout(resolve, 300)); // what comes after
      process.stderr.write(`${await timeline({ customer: page, agent: dashboard }, pressed)}\n\n`);
    }
    await context.close();
    await ann.clearsDesk();
    return took;
  }

  async function peerJs(browser: Browser): Promise<number> {
    await waiting.bringToFront();
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(plain.url);
    await new Promise((resolve) => setTimeout(resolve, READING));
    const took = Number(await page.evaluate(`press('desk')`));
    await context.close();
    return took;
  }

  for (const roundTrip of ROUND_TRIPS) {
    const name = `connect-${roundTrip}ms`;
    const because = roundTrip > 0 ? noFarHost() : undefined;
    if (because) {
      yield { name, because };
      continue;
    }
    const far = roundTrip > 0 ? await farHost(roundTrip, [Number(new URL(relay.url).port), ...plain.ports]) : undefined;
    try {
      const browser = await puppeteer.launch({
        browser: 'chrome',
        executablePath: far?.chromium ?? program('Chromium'),
        headless: true,
        pipe: true, // a debugging port would not be reachable from here
        args: ['--no-sandbox', ...ARGS],
      });
      const [value, other] = await inTurns(
        () => hulplijn(browser),
        () => peerJs(browser),
      );
      await browser.close();
      yield { name, value, unit: 'ms', alternative: { name: 'peerjs', value: other }, goal: GOAL };
    } finally {
      await far?.close();
    }
  }
  await ann.leavesWork();
  site.close();
  await relay.stop();
}
