import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gallery, openGallery } from '../support/gallery/open-gallery.ts';

// What comes, goes and changes while somebody is at it: nothing of it may turn a press into one that was not meant.

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);
afterAll(() => gallery?.close());

const show = (view: string, width = 1280) => gallery.show({ view, language: 'en', theme: 'light', width });
const press = (name: string, role = 'button') => gallery.page.click(`::-p-aria([name="${name}"][role="${role}"])`);
const dialog = () => gallery.page.evaluate(() => document.querySelector('dialog, .bar-panel')?.textContent ?? '');

test('TS1 what was pressed in the bar is about the session it was pressed for, and gone with it', async () => {
  await show('pressed-then-other');
  expect(await dialog()).toContain('Session with Mia Jansen');
  await gallery.step(1);
  expect(await dialog()).toBe('');
  expect(await gallery.sent()).toContainEqual({ pressed: { back: false } });
  await gallery.step(2);
  expect(await dialog()).toBe('');
  // The dashboard hears of the press before it has chosen that session.
  await show('pressed-then-chosen');
  expect(await dialog()).toBe('');
  await gallery.step(1);
  expect(await dialog()).toContain('Session with Mia Jansen');
});

test('TC1 EN1 what is asked about a session names its customer, and does not come back when another was chosen meanwhile', async () => {
  for (const open of [
    async () => {
      await press('Transfer session');
      await press('Transfer control', 'menuitem');
    },
    () => press('End'),
  ]) {
    await show('asked-then-other');
    await open();
    expect(await dialog()).toContain('Session with Mia Jansen');
    for (const step of [1, 2]) {
      await gallery.step(step);
      expect(await dialog()).toBe('');
    }
  }
  for (const item of ['Transfer control', 'End']) {
    await show('bar-then-other');
    await press('Session');
    await press(item, 'menuitem');
    expect(await dialog()).toContain('Session with Mia Jansen');
    for (const step of [1, 2]) {
      await gallery.step(step);
      expect(await dialog()).toBe('');
    }
  }
});

test('TC1 an assistant who leaves takes neither the focus out of the note nor leaves another chosen', async () => {
  const { page } = gallery;
  await show('assistants-leave');
  await page.waitForSelector('dialog[open] input[type=radio]:focus'); // at opening, so that the arrows choose
  await page.click('dialog label:has(input[type=radio])');
  await page.focus('dialog textarea');
  await page.keyboard.type('She has a printer pro');
  await gallery.step(1);
  await page.keyboard.type('blem with paper');
  expect(await page.$eval('dialog textarea', ({ value }) => value)).toBe('She has a printer problem with paper');
  expect(await page.$$('dialog input:checked')).toHaveLength(0);
  await gallery.step(0);
  expect(await page.$$('dialog input:checked')).toHaveLength(0);
  await gallery.step(2);
  await page.waitForSelector('dialog h2:focus');
  await page.keyboard.type(' ');
  await page.keyboard.press('Enter');
  expect(await gallery.sent()).toEqual([]);
});

test('TS2 a queue that is removed leaves none chosen and says so; what is there stays in its place', async () => {
  const { page } = gallery;
  const agents = () =>
    page.$$eval('.transfer-choice', (all) => all.map((one) => one.querySelector('bdi')?.textContent));
  await show('queue-goes');
  await page.waitForSelector('dialog input[type=radio]');
  await page.click('dialog label:nth-of-type(1)');
  await press('Agents', 'tab');
  const before = await agents();
  await press('Queues', 'tab');
  await page.focus('dialog input:checked');
  await gallery.step(1);
  await page.waitForFunction(() => document.body.innerText.includes('not there any more'), { timeout: 20_000 });
  expect(await page.$$('dialog input:checked')).toHaveLength(0);
  expect(await page.$eval('dialog [type=submit]', (button) => button.matches(':disabled'))).toBe(true);
  await page.waitForSelector('dialog h2:focus');
  await press('Agents', 'tab');
  expect(await agents()).toEqual(before);
  const addresses = await page.$$eval('.transfer-choice .transfer-state', (all) => all.map((one) => one.textContent));
  expect(addresses).toEqual(['cas@support.example.org', expect.stringContaining('cascas')]);
}, 40_000);

test('TS5 JO4 a card that comes moves none of those that are there', async () => {
  for (const width of [1280, 420]) {
    await show('cards-come', width);
    const places = () =>
      gallery.page.$$eval('.knocks .card', (cards) =>
        cards.map((card) => [card.querySelector('h2')?.textContent, card.getBoundingClientRect().top] as const),
      );
    const [first] = await places();
    await gallery.step(1);
    const all = await places();
    expect(all).toHaveLength(4);
    expect(all.find(([who]) => who === first?.[0])).toEqual(first);
  }
});

test('SH2 JO4 TS5 one press answers one question: the next in its place takes none for a moment', async () => {
  const { page } = gallery;
  for (const [view, answer] of [
    ['questions-follow', 'No'],
    ['bar-knocks-follow', 'Admit'],
    ['bar-offers-follow', 'Accept'],
    ['knocks-follow', 'Admit'],
  ] as const) {
    await show(view);
    await press(answer);
    const before = await gallery.sent();
    await gallery.step(1);
    const place = await page.$eval(`::-p-aria([name="${answer}"][role="button"])`, (one) => {
      (one as HTMLElement).focus();
      const { x, y } = one.getBoundingClientRect();
      return { x, y };
    });
    await page.mouse.click(place.x + 4, place.y + 4);
    await page.keyboard.press('Enter');
    expect([view, await gallery.sent()]).toEqual([view, before]);
    await page.waitForFunction(() => !document.querySelector('[role=group][aria-disabled=true]'));
    await page.keyboard.press('Enter'); // it still has the focus
    expect([view, (await gallery.sent()).length]).toEqual([view, before.length + 1]);
  }
});

test('the focus is never lost: after an act it is where it was, or on the heading of what is around', async () => {
  const { page } = gallery;
  await show('control-given');
  await press('Session');
  await press('Transfer control', 'menuitem');
  await page.waitForSelector('dialog[open] input:checked');
  await page.focus('dialog [type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('dialog'));
  await gallery.step(1);
  await page.waitForSelector('h1.stage-title:focus');
  await show('offer-answered');
  await page.focus('.knocks .primary');
  await page.keyboard.press('Enter');
  await gallery.step(1);
  await page.waitForSelector('h1.stage-title:focus');
  // Who pressed beside everything has no focus, and gets none.
  await show('offer-answered');
  await page.focus('.knocks .primary');
  await page.mouse.click(640, 500);
  await gallery.step(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test('TC1 the menu opens below its button', async () => {
  await show('asked-then-other');
  await press('Transfer session');
  const [button, menu] = await gallery.page.$$eval('.session-panel :is(.menu-root > .button, .menu)', (both) =>
    both.map((one) => one.getBoundingClientRect().left),
  );
  expect(menu).toBe(button);
});

test('TS6 who is away because they let an offer lapse is told so, and is available again by one press', async () => {
  for (const [view, width] of [
    ['popup-missed', 360],
    ['dashboard-missed', 1280],
  ] as const) {
    await show(view, width);
    expect(await gallery.page.evaluate(() => document.body.innerText)).toContain('you did not answer');
    await press('I am available');
    expect(await gallery.sent()).toContainEqual({ type: 'available', on: true });
  }
});

test('EN3 TS5 what is said is so: to the only customer, of what was taken back, and of a session that is being offered', async () => {
  const text = () => gallery.page.evaluate(() => document.body.innerText);
  await show('questions-follow');
  expect(await text()).toContain('If you say No, you wait for Ann de Vries');
  await show('dashboard-offers');
  expect(await text()).toContain('Dina has taken the session back');
  await show('dashboard-given-up');
  expect(await text()).toContain('You are offering this session');
  expect(await text()).not.toContain('This session is over');
});

test('PA1 a queue that was added is said to be; Enter once more finds nothing wrong', async () => {
  await show('administration-queues', 1000);
  const [english, dutch] = await gallery.page.$$('.administration-pair input');
  await english?.type('Telephones');
  await dutch?.type('Telefoons');
  await gallery.page.keyboard.press('Enter');
  await gallery.page.keyboard.press('Enter');
  await gallery.page.waitForFunction(() => document.body.innerText.includes('Telephones was added'));
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.page.$$('.administration-pair [aria-invalid=true]')).toHaveLength(0);
});
