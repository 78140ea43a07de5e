import type { Page } from 'puppeteer';
import { z } from '../../shared/protocol/schema.ts';
import { Agent } from '../support/actors.ts';
import { startLinkSite } from '../support/link-site.ts';
import { startRelay } from '../support/relay.ts';
import { ticketSite } from '../support/ticket-page.ts';
import { until } from '../support/until.ts';
import { type Figure, inTurns, median, short, spread } from './figure.ts';
import { launch } from './files-ends.ts';
import { ARGS } from './screen-ends.ts';

const SESSIONS = 10;
const KEYS = 30;
const BETWEEN = 100; // ms, two keys
const ROUNDS = 5;
const ALLOWANCE = { name: 'allowance', value: 100 }; // ms

/** In the dashboard: from each press of a key in the message, as the browser has it, until what it changed is painted. */
const WATCH = `(() => {
  globalThis.delays = [];
  document.querySelector('.chat-entry textarea').focus();
  if (globalThis.watched) return;
  globalThis.watched = true;
  const painted = new MessageChannel();
  const pressed = [];
  painted.port1.onmessage = () => delays.push(performance.now() - pressed.shift());
  addEventListener('keydown', ({ timeStamp }) => {
    pressed.push(timeStamp);
    requestAnimationFrame(() => painted.port2.postMessage(0));
  }, true);
})()`;

const STOP = `(() => {
  const button = [...document.querySelectorAll('button')].find((one) => one.innerText.trim() === 'Stop sharing');
  const pressed = performance.timeOrigin + performance.now();
  button.click();
  return pressed;
})()`;

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const number = async (page: Page, code: string) => z.parse(z.number(), await page.evaluate(code));

/**
 * The dashboard with ten sessions beside another agent's with one. The far ends, in one page, have our links and no
 * screens; those of the dashboard that is looked at write a line a second each.
 */
export async function* dashboard(): AsyncGenerator<Figure> {
  const pages = { folder: '../bench/crowd-page', pages: ['index.html'] };
  const [relay, site, crowdSite] = await Promise.all([startRelay(), ticketSite(), startLinkSite(pages)]);
  const browser = await launch();
  const crowd = await browser.newPage();
  await crowd.goto(`${crowdSite.url}/index.html`);
  await crowd.waitForFunction('window.crowd');

  async function at(name: string, sessions: number): Promise<{ agent: Agent; page: Page }> {
    const agent = await Agent.hired(relay, 'chromium', name, [], { args: ARGS });
    const work = await agent.works(site.url);
    for (let started = 0; started < sessions; started++) {
      await work.bringToFront();
      await agent.starts(work);
      await crowd.evaluate(`crowd.join(${JSON.stringify(await agent.invites())}, '${name}')`);
    }
    await agent.looksAtDashboard();
    return { agent, page: await agent.browser.extensionPage('dashboard.html') };
  }
  const [many, one] = [await at('Ann', SESSIONS), await at('Bob', 1)];

  /** The slowest of so many keys, ms. */
  async function typing({ agent, page }: typeof many): Promise<number> {
    await crowd.evaluate(`crowd.talk('${agent.name}')`);
    await agent.chat();
    await page.evaluate(WATCH);
    await rest(1_000);
    for (let key = 0; key < KEYS; key++) {
      await page.keyboard.press('a');
      await rest(BETWEEN);
    }
    await until('all keys', async () => (await number(page, 'delays.length')) === KEYS);
    return number(page, 'Math.max(...delays)');
  }
  const [ten, single] = await inTurns(
    () => typing(many),
    () => typing(one),
  );
  const note = `the slowest of ${KEYS} keys; with one session ${short(single)} ms: ${short(ten / single)} times`;
  yield { name: 'dashboard-input', value: ten, unit: 'ms', alternative: ALLOWANCE, goal: 1, note };

  /** From the press on Stop to the last packet of a picture, as the far end has received it. */
  async function stopping(): Promise<number> {
    const screen = await many.agent.looksAtDashboard();
    await screen.press('tab', 'Tools');
    await screen.press('button', 'Share my screen');
    const began = Date.now();
    await until('pictures', async () => (await number(crowd, 'crowd.lastPicture()')) > began);
    await rest(1_000);
    const pressed = await number(many.page, STOP);
    await rest(1_000);
    const last = await number(crowd, 'crowd.lastPicture()');
    if (Math.abs(last - pressed) > 1_000) throw new Error(`pictures came until ${last - pressed} ms after Stop`);
    return Math.max(0, last - pressed);
  }
  await crowd.evaluate(`crowd.talk('${many.agent.name}')`);
  const stops: number[] = [];
  for (let round = 0; round < ROUNDS; round++) stops.push(await stopping());
  const stop = { name: 'dashboard-stop', value: median(stops), unit: 'ms', alternative: ALLOWANCE, goal: 1 };
  yield { ...stop, note: spread(stops) };

  await Promise.all([many.agent.leavesWork(), one.agent.leavesWork(), browser.close()]);
  site.close();
  await crowdSite.close();
  await relay.stop();
}
