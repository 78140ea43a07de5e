import { describe, expect, test } from 'vitest';
import type { Agent, Customer } from '../support/actors.ts';
import type { BrowserName } from '../support/browsers.ts';
import { hears, seesMoving } from '../support/moving.ts';
import { recordsFor, savesAndPlays, secondsRecorded, sharesRed } from '../support/recorded.ts';
import { Screen } from '../support/screen.ts';
import { talking } from '../support/talking.ts';
import { useWorld } from '../support/world.ts';

/** In a window with room for a screen beside a call: a picture out of sight stands still. */
async function looksAt(ann: Agent): Promise<Screen> {
  const dashboard = await ann.looksAtDashboard();
  await (await ann.browser.extensionPage('dashboard.html')).setViewport({ width: 1280, height: 800 });
  return dashboard;
}

async function calls({ mia }: { mia: Customer }, dashboard: Screen): Promise<void> {
  await dashboard.press('tab', 'Tools');
  await dashboard.press('button', 'Call');
  await mia.reads('Ann calls you');
  await mia.screen.press('button', 'Answer');
  await mia.reads('Leave call');
  await hears(mia.screen);
}

async function records({ mia }: { mia: Customer }, dashboard: Screen): Promise<void> {
  await dashboard.press('tab', 'Tools');
  await dashboard.press('button', 'Record');
  await mia.reads('Ann asks to record this session');
  await mia.reads('kept on Ann’s own computer');
  expect(await mia.screen.focused()).toBe('No');
  await mia.screen.press('button', 'Allow recording');
  await mia.reads('Ann records what is shared and said');
  await dashboard.reads('is written to this computer');
  await recordsFor(dashboard, 1);
}

async function showsScreen({ mia }: { mia: Customer }, dashboard: Screen): Promise<void> {
  await dashboard.press('button', 'Request screen of Mia');
  await mia.screen.press('button', 'Show my screen');
  await seesMoving(dashboard);
}

describe('recordings in Chromium', () => {
  const world = useWorld('chromium', { CONSENT_WAIT: '20' });

  test('SH7 two screens in turn and the voices, with the dashboard hidden: one file that plays, with the right length', async () => {
    const people = await talking(world);
    const { mia, ann, page } = people;
    const dashboard = await looksAt(ann);
    await sharesRed(dashboard);
    await calls(people, dashboard);
    await records(people, dashboard);
    await showsScreen(people, dashboard);
    await page.bringToFront();
    await recordsFor(dashboard, 4);
    await mia.screen.press('button', 'Stop sharing');
    await dashboard.press('button', 'Share my screen');
    await seesMoving(mia.screen);
    await recordsFor(dashboard, 4);
    const bar = await ann.bar(page);
    const said = await secondsRecorded(dashboard);
    await bar.press('button', 'Stop recording');
    await mia.screen.readsNot('Ann records');
    const played = await savesAndPlays(await ann.looksAtDashboard());
    expect(played.duration).toBeGreaterThan(said - 1);
    expect(played.duration).toBeLessThan(said + 4);
    // A processor with too much to do drops samples: most of the sound is there, and no more than there was.
    expect(played.sound).toBeGreaterThan(played.duration * 0.7);
    expect(played.sound).toBeLessThan(played.duration + 1);
    expect(played.loudest).toBeGreaterThan(0.05);
    const isRed = ([red, green]: number[]) => (red ?? 0) > 150 && (green ?? 0) < 60;
    const isBlack = (look: number[]) => look.every((part) => part < 20);
    const { looks } = played;
    expect(isBlack(looks[0] ?? [])).toBe(true);
    expect(isRed(looks.at(-1) ?? [])).toBe(true);
    expect(looks.filter((look) => !isRed(look) && !isBlack(look)).length).toBeGreaterThan(3); // Mia's
    expect(played.changes).toBeGreaterThan(8);
  });

  test('SH7 a newcomer pauses it until they agree; the customer’s one press stops it', async () => {
    const people = await talking(world);
    const { ann, mia } = people;
    const dashboard = await looksAt(ann);
    await records(people, dashboard);
    const bob = await world.agent('Bob');
    await bob.assists(await bob.works(world.site.url), await ann.numberOfTab());
    await dashboard.reads('Recording paused');
    await mia.reads('Recording paused');
    const bobs = await bob.looksAtDashboard();
    await bobs.press('button', 'Allow recording');
    await bobs.reads('Ann records what is shared and said');
    await recordsFor(dashboard, 2);
    await mia.screen.press('button', 'Stop recording');
    await dashboard.reads('Mia stopped the recording');
    await bobs.readsNot('Ann records what is shared and said');
    const played = await savesAndPlays(dashboard); // with nothing shared and nothing said
    expect(played.duration).toBeGreaterThan(2);
  });

  test('SH7 a reload of the customer’s page pauses it; No ends it', async () => {
    const people = await talking(world);
    const { ann, mia } = people;
    const dashboard = await looksAt(ann);
    await records(people, dashboard);
    await mia.reloads();
    await mia.reads('Ann asks to record this session');
    await dashboard.reads('Recording paused');
    await mia.screen.press('button', 'No');
    await dashboard.reads('Mia does not want to be recorded');
    await dashboard.press('button', 'Delete');
    await dashboard.press('button', 'Delete for good');
    await dashboard.readsNot('is not saved yet');
  });

  test('SH7 the dashboard crashes: what was recorded until then is offered, and plays', async () => {
    const people = await talking(world);
    const { ann, mia } = people;
    const dashboard = await looksAt(ann);
    await calls(people, dashboard);
    await records(people, dashboard);
    await showsScreen(people, dashboard);
    await recordsFor(dashboard, 5);
    const said = await secondsRecorded(dashboard);
    await ann.losesDashboard();
    const again = new Screen(await ann.opensSecondDashboard());
    await mia.screen.readsNot('Ann records');
    const played = await savesAndPlays(again);
    expect(played.duration).toBeGreaterThan(said - 2);
    expect(played.loudest).toBeGreaterThan(0.05);
    expect(played.changes).toBeGreaterThan(5);
  });
});

describe('recordings in Firefox', () => {
  const world = useWorld('firefox', { CONSENT_WAIT: '20' });

  test('SH7 a customer’s screen and the voices: one file that plays, from the downloads', async () => {
    const ann: Agent = await world.agent('Ann');
    await ann.starts(await ann.works(world.site.url));
    const customers: BrowserName = 'chromium';
    const mia = await world.customer('Mia', await ann.invites(), customers);
    await mia.joins();
    await mia.reads('Nobody sees your screen');
    const dashboard = await looksAt(ann);
    await calls({ mia }, dashboard);
    await records({ mia }, dashboard);
    await showsScreen({ mia }, dashboard);
    await recordsFor(dashboard, 5);
    const said = await secondsRecorded(dashboard);
    await dashboard.press('button', 'Stop recording');
    const played = await savesAndPlays(dashboard);
    expect(played.duration).toBeGreaterThan(said - 1);
    expect(played.duration).toBeLessThan(said + 4);
    expect(played.loudest).toBeGreaterThan(0.05);
    expect(played.changes).toBeGreaterThan(5);
    await dashboard.reads('is in your downloads');
    await dashboard.press('button', 'Delete');
    await dashboard.press('button', 'Delete for good');
    await dashboard.readsNot('is in your downloads');
  });
});
