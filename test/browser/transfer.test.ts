import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countsConnections } from '../support/connections.ts';
import { chooses, presses, through, useFiles, whole } from '../support/file-work.ts';
import { callerOf, Forger, signedIn } from '../support/forger.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { hears, seesMoving, seesNothing } from '../support/moving.ts';
import { recordsFor, savesAndPlays, secondsRecorded } from '../support/recorded.ts';
import type { Screen } from '../support/screen.ts';
import { talking } from '../support/talking.ts';
import { opensTransferControl, restsOnTransferControl } from '../support/transfers.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const MIB = 1024 * 1024;
const CAMERA = '.call-pictures video[aria-label="Camera of Mia"]';
const fileOf = useFiles();

/** **Transfer control** is open in the icon bar of `page`, with Bob in it, and Mia's large.bin on its way to Ann. */
async function opensWhileItMoves(
  { ann, mia, page }: Awaited<ReturnType<typeof talking>>,
  path: string,
): Promise<Screen> {
  await page.bringToFront();
  const bar = await ann.bar(page);
  await bar.press('button', 'Session');
  await bar.press('menuitem', 'Transfer control');
  await bar.reads('Bob');
  await chooses(mia.page, path);
  const dashboard = await ann.dashboard();
  await presses(dashboard, 'large.bin', 'Accept');
  await through(dashboard, MIB);
  return bar;
}

describe('handing over control, in Chromium', () => {
  const world = useWorld('chromium');
  let pages: LinkSite;
  beforeAll(async () => {
    pages = await startLinkSite();
  });
  afterAll(() => pages?.close());

  test('TC1 TC2 TC3 TC4 TC5 TS1 to an assistant and back: what is shared stops, the call goes on, nobody reconnects', async () => {
    const { ann, mia, page } = await talking(world);
    const made = await countsConnections(mia.screen);
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Session');
    await dashboard.press('button', 'Transfer session');
    await until('the choices', () => dashboard.has('menuitem', 'Transfer control'));
    expect(await dashboard.has('menuitem', 'Transfer session')).toBe(false); // Ann is in no queue
    await dashboard.press('menuitem', 'Transfer control');
    await dashboard.reads('Nobody does yet.');
    await dashboard.press('button', 'Cancel');

    const bob = await world.agent('Bob');
    const his = await bob.works(world.site.url);
    await bob.assists(his, await ann.invites('Support representative'));
    await mia.reads('Bob joined');
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Call');
    await mia.screen.press('button', 'Answer with camera');
    await hears(mia.screen);
    await seesMoving(dashboard, CAMERA);
    await bob.says('I look on');
    await mia.reads('I look on');
    await mia.screen.fill('Message', 'half a line');
    const bobs = await bob.dashboard();
    const counts = [made, await countsConnections(dashboard), await countsConnections(bobs)];
    const count = () => Promise.all(counts.map((one) => one()));
    const before = await count();
    expect(before[0]).toBeGreaterThan(0); // Bob’s

    await opensTransferControl(ann, 'menu');
    await dashboard.fill('A note for your colleague', 'She cannot find the button');
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Ann handed over to Bob');
    await mia.reads('Ann has handed you over to Bob.');
    await mia.screen.press('button', 'OK');
    await mia.screen.readsNot('Ann has handed you over');
    await mia.reads('Nobody sees your screen');
    expect(await mia.screen.value('Message')).toBe('half a line');
    await hears(mia.screen);
    await until('no camera', async () => (await dashboard.evaluate(`!document.querySelector('${CAMERA}')`)) === true);
    expect(await mia.screen.text()).not.toMatch(/connection is lost|reconnect/i);
    await bob.reads('She cannot find the button');
    await bob.reads('Ann handed over to Bob');
    await dashboard.press('tab', 'Session');
    await dashboard.reads('Assistant');
    expect(await dashboard.has('button', 'Leave')).toBe(true);
    for (const gone of ['End', 'Transfer session', 'Invite'])
      expect(await dashboard.has('button', gone), gone).toBe(false);

    // The call goes on without Bob's voice, whose browser has none: all see why.
    await bob.looksAtDashboard();
    await bobs.evaluate(
      `void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError')))`,
    );
    await bobs.press('button', 'Join the call');
    await bobs.reads('No microphone or camera was found');
    for (const screen of [mia.screen, dashboard]) await screen.reads('Bob has no microphone that works');
    await hears(mia.screen);

    // Asked anew, it starts at once; Bob's own too.
    await bobs.press('tab', 'Tools');
    await bobs.press('button', 'Request screen of Mia');
    await mia.reads('Bob asks to see your screen');
    await seesNothing(bobs);
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(bobs);
    await bobs.press('button', 'Share my screen');
    await seesMoving(mia.screen);
    // Ann observes, sees video and chats.
    await mia.screen.press('button', 'Camera on');
    await ann.looksAtDashboard();
    for (const which of ['.screen-viewer video', CAMERA]) await seesMoving(dashboard, which);
    await ann.says('I look on too');
    await mia.reads('I look on too');

    // Back, from the icon bar, with the pointer resting on the choice.
    const bar = await restsOnTransferControl(bob, his);
    await bar.reads('Ann');
    await bar.press('button', 'Transfer control');
    await mia.reads('Bob handed over to Ann');
    await mia.reads('Nobody sees your screen');
    for (const screen of [mia.screen, dashboard, bobs]) await seesNothing(screen);
    expect(await bobs.has('button', 'Stop sharing')).toBe(false);
    await hears(mia.screen);
    expect(await count()).toEqual(before);
    await mia.reloads();
    for (const said of ['Ann handed over to Bob', 'Bob handed over to Ann', 'Ann helps you']) await mia.reads(said);
    await bob.looksAtDashboard();
    await bobs.press('tab', 'Session');
    await bobs.press('button', 'Leave');
    await mia.reads('Bob left the session');
    await page.bringToFront();
    await ann.ends();
    await mia.reads('Ann ended the session');
  });

  test('TC4 TC5 SH7 a screen, a recording, a call and a file at once: all but the call stop, the recording is saved, the file goes on when both say so', async () => {
    const { ann, mia, page } = await talking(world);
    const bob = await world.agent('Bob');
    await bob.assists(await bob.works(world.site.url), await ann.numberOfTab());
    await mia.reads('Bob joined');
    const bobs = await bob.dashboard();
    const dashboard = await ann.looksAtDashboard();
    await (await ann.browser.extensionPage('dashboard.html')).setViewport({ width: 1280, height: 800 });
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
    await dashboard.press('button', 'Call');
    await mia.screen.press('button', 'Answer');
    await hears(mia.screen);
    await dashboard.press('button', 'Record');
    for (const screen of [mia.screen, bobs]) await screen.press('button', 'Allow recording');
    await dashboard.reads('is written to this computer');
    await recordsFor(dashboard, 3);

    const large = await fileOf('large.bin', 40 * MIB);
    const bar = await opensWhileItMoves({ ann, mia, page }, large.path);
    const recorded = await secondsRecorded(dashboard);
    await bar.press('button', 'Transfer control');
    await mia.reads('Stopped when somebody else took charge');
    await mia.reads('Nobody sees your screen');
    for (const screen of [mia.screen, bobs]) await screen.readsNot('Ann records what is shared and said');
    await hears(mia.screen);
    const played = await savesAndPlays(await ann.looksAtDashboard());
    expect(played.duration).toBeGreaterThan(recorded - 1);
    expect(played.loudest).toBeGreaterThan(0.05);
    expect(played.changes).toBeGreaterThan(3);

    await presses(mia.screen, 'large.bin', 'Go on sending');
    await presses(dashboard, 'large.bin', 'Accept');
    expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
    expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
    await hears(mia.screen);
  });

  test.each(['asked', 'answered'] as const)(
    'TC6 RE2 the relay is killed in the moment in which a handing over is %s: there is one primary, the same for all',
    async (when) => {
      const { ann, mia } = await talking(world);
      const bob = await world.agent('Bob');
      const number = await ann.numberOfTab();
      await bob.assists(await bob.works(world.site.url), number);
      await mia.reads('Bob joined');
      const dashboard = await opensTransferControl(ann);
      const page = await ann.browser.extensionPage('dashboard.html');
      const isIt = (one: { url(): string }) => one.url().endsWith('/control');
      const moment = when === 'asked' ? page.waitForRequest(isIt) : page.waitForResponse(isIt);
      await dashboard.press('button', 'Transfer control');
      await moment; // asked, the relay has put Bob in charge by now, or has not
      await world.relay.restart();
      const piet = await world.customer('Piet', world.relay.url);
      await piet.knocks(number);
      // Who is told of a knock is the primary by the relay's word and by their own page's.
      const bobs = await bob.dashboard();
      const isTold = async (screen: Screen) => (await screen.text()).includes('Piet wants to join');
      const bobHasIt = await until('somebody in charge', async () =>
        (await isTold(bobs)) ? { is: true } : (await isTold(dashboard)) && { is: false },
      );
      const [primary, other] = bobHasIt.is ? [bob, ann] : [ann, bob];
      if (!bobHasIt.is) await dashboard.press('button', 'Cancel');
      await primary.declines('Piet');
      await mia.reads(`${primary.name} helps you`);
      const others = await other.dashboard();
      await others.press('tab', 'Session');
      await until('the other to assist', () => others.has('button', 'Leave'));
      expect(await others.has('button', 'End')).toBe(false);
      expect(await others.text()).not.toContain('Piet wants to join');
      await mia.says('Who is it now?');
      await other.reads('Who is it now?');
      await primary.says('It is me');
      for (const one of [mia, other]) await one.reads('It is me');
      await primary.ends();
      for (const one of [mia, other]) await one.reads(`${primary.name} ended the session`);
    },
  );

  test('TC2 TC3 TC6 the End of two old primaries is refused by the relay and, on their links, by the pages; invitations and knocks are the new one’s', async () => {
    const { ann, mia } = await talking(world);
    const bob = await world.agent('Bob');
    const number = await ann.numberOfTab();
    await bob.assists(await bob.works(world.site.url), number);
    await mia.reads('Bob joined');
    const spare = await ann.invites('Support representative');
    const { page: blank } = await world.customer('Eve', 'about:blank');
    const { url: relay } = world.relay;
    const eve = await Forger.in(blank, pages, {
      ...{ as: 'assistant', relay, name: 'Eve', number },
      ...(await signedIn(world.relay, 'Eve')),
    });
    await eve.untilLinkedTo('Ann', 'Bob', 'Mia');
    const dashboard = await opensTransferControl(ann);
    await dashboard.press('radio', 'Eve');
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Ann handed over to Eve');
    const people = await eve.do((one) => one.people());
    const bobs = people.Bob ?? '';
    await until('Eve to hand it on', async () => (await eve.do((one, to) => one.transfer(to), bobs)).ok, {
      doing: true,
    });
    await mia.reads('Eve handed over to Bob');

    const { token } = await ann.signedInAs();
    const session = await eve.do((one) => one.session());
    for (const epoch of [1, 2, 3]) {
      const end = callerOf(world.relay, token).refused('POST', `/sessions/${session}/end`, { epoch });
      expect(await end).toBe('forbidden');
    }
    expect(await eve.do((one) => one.ask('end', ''))).toBe('forbidden');
    const all = ['Ann', 'Bob', 'Mia'].map((name) => people[name] ?? '');
    for (const epoch of [1, 2, 3, 4]) await eve.post({ v: 1, type: 'ended', epoch }, all);
    expect((await eve.do((one) => one.say('Has it ended?'))).ok).toBe(true);
    for (const one of [ann, bob, mia]) await one.reads('Has it ended?'); // one link keeps its order

    // By a link of Ann's, which is good until it is used.
    const cas = await world.agent('Cas');
    await cas.assists(await cas.works(world.site.url), spare);
    await mia.reads('Cas joined');
    const piet = await world.customer('Piet', world.relay.url);
    await piet.knocks(number);
    await bob.declines('Piet');
    for (const one of [ann, bob, cas, mia]) await one.says(`Good morning from ${one.name}`);
    for (const one of [ann, bob, cas, mia]) {
      for (const { name } of [ann, bob, cas, mia]) await one.reads(`Good morning from ${name}`);
    }
    await bob.ends();
    for (const one of [ann, cas, mia]) await one.reads('Bob ended the session');
  });
});

describe('handing over control between a Chromium and a Firefox agent', () => {
  const world = useWorld('chromium');

  test('TC1 TC2 TC4 TC5 TC6 there and back while a customer in Firefox speaks and sends a file, and each page knows who is in charge after a reload', async () => {
    const { ann, mia, page } = await talking(world, { mia: 'firefox' });
    const bob = await world.agent('Bob', 'firefox');
    const his = await bob.works(world.site.url);
    await bob.assists(his, await ann.numberOfTab());
    await mia.reads('Bob joined');
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Call');
    await mia.screen.press('button', 'Answer');
    await hears(mia.screen);
    const large = await fileOf('large.bin', 40 * MIB);
    const bar = await opensWhileItMoves({ ann, mia, page }, large.path);
    await bar.press('button', 'Transfer control');
    await mia.reads('Ann handed over to Bob');
    await mia.reads('Stopped when somebody else took charge');
    for (const screen of [mia.screen, dashboard]) await hears(screen);
    const bobs = await bob.looksAtDashboard();
    await bobs.press('button', 'Join the call');
    for (const screen of [bobs, mia.screen]) await hears(screen, 2);
    await presses(mia.screen, 'large.bin', 'Go on sending');
    await presses(dashboard, 'large.bin', 'Accept');
    expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
    await ann.reloads();
    await bob.reloads();
    await bob.says('I help you from here');
    await mia.reads('I help you from here');
    await (await restsOnTransferControl(bob, his)).press('button', 'Transfer control');
    await mia.reads('Bob handed over to Ann');
    await ann.ends();
    await mia.reads('Ann ended the session');
  });
});
