import puppeteer, { type Browser, type Page } from 'puppeteer';
import { Agent, Customer } from '../support/actors.ts';
import { startRelay } from '../support/relay.ts';
import { program } from '../support/system.ts';
import { ticketSite } from '../support/ticket-page.ts';
import { until } from '../support/until.ts';
import { farHost, noFarHost } from './far-host.ts';
import { type Figure, inTurns, type Unmeasured } from './figure.ts';
import { plainPeerJs } from './plain-peerjs.ts';

const GOAL = 0.75;
const ROUND_TRIPS = [0, 40]; // ms
/** Somebody reads who invites them before they press: long enough for idle connections to be dropped. */
const READING = 6_000; // ms
// Both sides show their addresses: asking the other's name by multicast costs a whim of the machine, and both the same.
const ARGS = ['--disable-features=WebRtcHideLocalIpsWithMdns'];

/** Put into the customer's page before its own scripts: notes when the socket is ready and the first chat line comes. */
const WATCH = `
window.bench = { ready: false, arrived: undefined, marks: [] };
const mark = (what) => bench.marks.push([performance.now(), what]);
const watch = (channel) => {
  channel.addEventListener('open', () => mark('channel open'));
  channel.addEventListener('message', ({ data }) => {
    mark('got ' + String(data).slice(0, 14));
    if (String(data).startsWith('{"t":"kept"')) bench.arrived ??= performance.now();
  });
};
RTCPeerConnection = class extends RTCPeerConnection {
  constructor(options) {
    super(options);
    mark('connection');
    this.addEventListener('datachannel', ({ channel }) => { mark('datachannel'); watch(channel); });
    this.addEventListener('connectionstatechange', () => mark(this.connectionState));
  }
  createDataChannel(...given) {
    const channel = super.createDataChannel(...given);
    watch(channel);
    return channel;
  }
};
WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => {
      mark('socket ' + String(data).slice(0, 24));
      if (data === '{"type":"OPEN"}') bench.ready = true;
    });
  }
  send(data) { mark('sends ' + String(data).slice(0, 24)); super.send(data); }
};
const ask = window.fetch.bind(window);
window.fetch = async (...given) => {
  mark('asks ' + given[0]);
  const answer = await ask(...given);
  mark('answered ' + given[0]);
  return answer;
};`;

/** In the dashboard: sends what is typed at once when that customer is there; it goes as soon as the proof holds. */
const greets = (name: string) => `(() => {
  const greet = () => {
    if (!document.body.innerText.includes(${JSON.stringify(name)})) return;
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
    const link = await ann.invites();
    const chat = await ann.chat();
    await chat.fill('Message', `Hello ${name}`);
    await chat.evaluate(greets(name));
    const dashboard = await ann.browser.extensionPage('dashboard.html');
    await dashboard.bringToFront();
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(link);
    const mia = new Customer(context, page, name);
    await mia.screen.fill('Your name', name);
    await until('the socket', async () => (await page.evaluate('bench.ready')) === true);
    await new Promise((resolve) => setTimeout(resolve, READING));
    const took = await measured(page);
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

/** Presses **Join**; ms until the first chat line is there. */
async function measured(page: Page): Promise<number> {
  const pressed = Number(
    await page.evaluate(`(() => {
      const button = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Join');
      mark('press');
      const now = performance.now();
      button.click();
      return now;
    })()`),
  );
  const arrived = await until('the first line', async () => page.evaluate('bench.arrived'));
  if (process.env.BENCH_ALL === 'marks') process.stderr.write(`${await marks(page, pressed)}\n`);
  return Number(arrived) - pressed;
}

async function marks(page: Page, pressed: number): Promise<string> {
  const shown = `bench.marks.filter(([at]) => at >= ${pressed}).map(([at, what]) => (at - ${pressed}).toFixed(1) + ' ' + what).join('\\n')`;
  return String(await page.evaluate(shown));
}
