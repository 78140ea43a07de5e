import { Agent, Customer } from '../support/actors.ts';
import { launchPlain } from '../support/browsers.ts';
import { seesMoving, seesNothing } from '../support/moving.ts';
import { startRelay } from '../support/relay.ts';
import { Screen } from '../support/screen.ts';
import { ticketSite } from '../support/ticket-page.ts';
import { bareShare } from './bare-screen.ts';
import { type Figure, median, short, spread } from './figure.ts';
import { ARGS, launchSender, look, type Seen } from './screen-ends.ts';

const ROUNDS = 5;
const FRAME_GOAL = 1.05; // of the time between frames: 0.95 of the rate
const CPU_GOAL = 1.1;
const OURS = '.screen-viewer video';

/**
 * A customer's screen on the agent's dashboard, with the built site, the extension and a relay, beside a bare
 * RTCPeerConnection between two other browsers that captures the same page. Each share begins anew.
 */
export async function* screen(): AsyncGenerator<Figure> {
  const [relay, site] = await Promise.all([startRelay(), ticketSite()]);
  const [sender, bareSender] = [await launchSender(), await launchSender()];
  const receiver = await launchPlain('chromium', { args: ARGS });
  const [from, to] = [await bareSender.browser.newPage(), await receiver.newPage(site.url)];
  await from.goto(site.url);

  const ann = await Agent.hired(relay, 'chromium', 'Ann', [], { args: ARGS });
  await ann.starts(await ann.works(site.url));
  const page = await sender.browser.newPage();
  await page.goto(await ann.invites());
  const mia = new Customer(sender.browser.defaultBrowserContext(), page, 'Mia');
  await mia.joins();
  await mia.reads('Nobody sees your screen');
  const dashboard = await ann.looksAtDashboard();
  await dashboard.press('tab', 'Tools');
  const dashboardPage = await ann.browser.extensionPage('dashboard.html');
  let width = 0;

  async function ours(): Promise<Seen> {
    await dashboard.press('button', 'Request screen of Mia');
    await mia.comesForward();
    await mia.screen.press('button', 'Show my screen');
    await sender.moves(true);
    await seesMoving(dashboard);
    width = Number(await dashboard.evaluate(`document.querySelector('${OURS}').getBoundingClientRect().width`));
    const seen = await look(sender, dashboardPage, OURS);
    await sender.moves(false);
    await mia.screen.press('button', 'Stop sharing');
    await seesNothing(dashboard);
    return seen;
  }

  async function bare(): Promise<Seen> {
    const stop = await bareShare(bareSender, from, to, width);
    await seesMoving(new Screen(to), 'video');
    const seen = await look(bareSender, to, 'video');
    await stop();
    return seen;
  }

  const pairs: { ours: Seen; bare: Seen }[] = [];
  for (let round = 0; round < ROUNDS; round++) pairs.push({ ours: await ours(), bare: await bare() });
  await Promise.all([ann.leavesWork(), receiver.close(), sender.browser.close(), bareSender.browser.close()]);
  site.close();
  await relay.stop();

  const of = (which: 'ours' | 'bare', what: keyof Seen) => pairs.map((pair) => pair[which][what]);
  const beside = (what: keyof Seen) => ({
    value: median(of('ours', what)),
    alternative: { name: 'bare connection', value: median(of('bare', what)) },
    note: `ours ${spread(of('ours', what))}, bare ${spread(of('bare', what))}`,
  });
  const added = pairs.map((pair) => pair.ours.delay - pair.bare.delay);
  const delay = beside('delay');
  yield {
    name: 'screen-added-delay',
    value: median(added),
    unit: 'ms',
    alternative: { name: 'one frame', value: median(of('bare', 'frame')) },
    goal: 1,
    note: `${spread(added)}; in all ${short(delay.value)} against ${short(delay.alternative.value)}: ${delay.note}`,
  };
  yield { name: 'screen-frame', unit: 'ms a frame', goal: FRAME_GOAL, ...beside('frame') };
  yield { name: 'screen-cpu', unit: 'CPU ms a second, both browsers', goal: CPU_GOAL, ...beside('cpu') };
}
