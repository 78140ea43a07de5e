import { afterAll, beforeAll, expect, test } from 'vitest';
import { OFFER_MESSAGE_CHARACTERS } from '../../shared/protocol/offer-message.ts';
import { NOBODY, OFFERED, TRANSFEREES } from '../support/gallery/offers.ts';
import { type Gallery, openGallery } from '../support/gallery/open-gallery.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);
afterAll(() => gallery?.close());

const show = (view: string, width = 1280) => gallery.show({ view, language: 'en', theme: 'light', width });
const see = (words: string) => gallery.page.waitForFunction((w) => document.body.innerText.includes(w), {}, words);
const press = (name: string, role = 'button') => gallery.page.click(`::-p-aria([name="${name}"][role="${role}"])`);
const key = (name: 'Tab' | 'ArrowDown' | 'ArrowRight' | 'Enter' | 'Space' | 'Escape') =>
  gallery.page.keyboard.press(name);
const offers = async () => (await gallery.sent()).filter((one) => JSON.stringify(one).includes('transfer session'));
const isOff = () => gallery.page.$eval('dialog [type=submit]', (button) => button.matches(':disabled'));

/** Opens the dialog, and waits until it knows the queues. */
async function opens(): Promise<void> {
  await show('transfer-session');
  await gallery.page.waitForSelector('dialog[open] input[type=radio]');
}

test('TS2 to exactly one queue, by the keyboard alone; the notes go along, and it says so', async () => {
  await opens();
  await see('2 available · 1 waiting, longest');
  await see('Your notes on this session go along');
  expect(await isOff()).toBe(true); // nothing is chosen yet
  expect(await gallery.page.evaluate(() => document.activeElement?.textContent)).toBe('Queues');
  await key('Tab');
  await key('Space');
  await key('ArrowDown');
  await key('Enter');
  expect(await offers()).toEqual([
    expect.objectContaining({
      type: 'transfer session',
      to: { is: 'queue', queue: TRANSFEREES.queues[0]?.id }, // by name the second,
      notes: expect.stringContaining('Toner changed'),
    }),
  ]);
});

test('TS2 to one agent or more, who is available first; what was chosen on the other tab is not meant', async () => {
  await opens();
  await gallery.page.click('dialog input[type=radio]');
  await press('Agents', 'tab');
  const names = await gallery.page.$$eval('.transfer-choice', (all) => all.map((one) => one.textContent));
  expect(names.map((name) => /Available$/.test(name))).toEqual([true, true, true, false, false, false]);
  expect(await isOff()).toBe(true);
  for (const box of (await gallery.page.$$('dialog input[type=checkbox]')).slice(0, 2)) await box.click();
  await press('Transfer session');
  const chosen = TRANSFEREES.agents.filter(({ available, name }) => available && ['Cas', 'Eva'].includes(name)); // by name the first
  expect(await offers()).toEqual([
    expect.objectContaining({ to: { is: 'agents', agents: chosen.map(({ id }) => id) } }),
  ]);
});

test('TS3 the message is counted as people count; too much stays in the field and is not sent', async () => {
  await opens();
  await gallery.page.click('dialog input[type=radio]');
  await see(`${OFFER_MESSAGE_CHARACTERS} characters left`);
  const family = '👩‍👩‍👧‍👦';
  await gallery.page.locator('dialog textarea').fill(family.repeat(3));
  await see(`${OFFER_MESSAGE_CHARACTERS - 3} characters left`);
  const long = 'é'.repeat(OFFER_MESSAGE_CHARACTERS + 2);
  await gallery.page.locator('dialog textarea').fill(long);
  await see('2 characters too many');
  expect(await isOff()).toBe(true);
  expect(await gallery.page.$eval('dialog textarea', (field) => field.value)).toBe(long);
  // Few characters, and yet more than the 4 KiB that everybody takes.
  await gallery.page.locator('dialog textarea').fill(`e${'\u0301'.repeat(2100)}`);
  await see('too much room');
  expect(await isOff()).toBe(true);
  await gallery.page.locator('dialog textarea').fill('  Second call on this one  ');
  await press('Transfer session');
  expect(await offers()).toEqual([expect.objectContaining({ message: 'Second call on this one' })]);
});

test('TS1 the same choice stands in the icon bar, for whom a queue lists, and brings the dashboard forward', async () => {
  await show('bar-session-offer');
  await press('Session');
  await press('Transfer session', 'menuitem');
  expect(await gallery.sent()).toEqual(['transfer']);
  expect(await gallery.page.$('[role=menu]')).toBeNull();
  await show('bar');
  await press('Session');
  expect(await gallery.page.$$eval('[role=menuitem]', (items) => items.map((one) => one.textContent))).toEqual([
    'Transfer control',
    'End',
  ]);
});

test('TC1 IN1 with no assistant here, Transfer control invites a support representative; Invite by itself, a customer', async () => {
  const invited = async () => {
    await gallery.page.waitForSelector('input[type=email]:focus');
    return gallery.page.$eval('.segment:has(:checked)', (label) => label.textContent);
  };
  for (const view of ['dashboard-single', 'dashboard-talking', 'bar']) {
    await show(view);
    if (view === 'dashboard-single') await press('Session', 'tab');
    await press(view === 'dashboard-single' ? 'Transfer session' : 'Session');
    await press('Transfer control', 'menuitem');
    await gallery.page.waitForSelector('[role=dialog] .primary:focus, dialog .primary:focus');
    await key('Enter');
    expect([view, await invited()]).toEqual([view, 'Support representative']);
  }
  await press('Invite');
  expect(await gallery.page.$('input[type=email]')).toBeNull();
  await press('Invite');
  expect(await invited()).toBe('Customer');
});

test('TS5 an offer says from whom, which customer, since when and the message, with two answers, in every view', async () => {
  for (const [view, width] of [
    ['dashboard-offers', 1280],
    ['bar-session-offer', 1100],
    ['popup-offers', 360],
  ] as const) {
    await show(view, width);
    for (const words of [
      `${OFFERED.from} offers you a session`,
      ...OFFERED.customers,
      'waiting 0:4',
      OFFERED.message ?? '',
    ])
      await see(words);
  }
  await show('bar-session-offer', 1100);
  await press('Accept');
  await press('Decline');
  expect(await gallery.sent()).toEqual([
    { type: 'accept offer', offer: OFFERED.id },
    { type: 'decline offer', offer: OFFERED.id },
  ]);
});

test('TS5 the others read who took it, wherever they saw the offer, for as long as the relay tells of it', async () => {
  for (const [view, words] of [
    ['dashboard-offers', 'Eva has taken the session'],
    ['bar-taken', 'Eva has taken the session'],
    ['bar-dot-taken', 'مريم الزهراء has taken the session'],
    ['bar-taken-mine', 'Eva has taken the session'],
    ['bar-over', 'is over'],
    ['popup-taken', 'Eva has taken the session'],
  ] as const) {
    await show(view);
    await see(words);
  }
});

test('TS5 whoever offered it reads that it waits, who took it, or that nobody did, and takes it back', async () => {
  await show('dashboard-sent');
  for (const words of ['Your session is being offered', 'Nobody took it: take it back', 'Eva has taken the session'])
    await see(words);
  await see('Mia Jansen and Noor');
  const buttons = await gallery.page.$$('.knocks button');
  expect(buttons).toHaveLength(2);
  await buttons[1]?.click();
  expect(await gallery.sent()).toContainEqual({ type: 'take back', offer: NOBODY.id });
});

test('EN3 the bar says that the primary is lost, after who knocks and what is offered, and an assistant asks there to take control', async () => {
  await show('bar-lost');
  await see('Ann de Vries has been disconnected since');
  await press('Ask to take control');
  expect(await gallery.sent()).toEqual([expect.objectContaining({ type: 'takeover.ask' })]);
  await show('bar-lost-relay');
  await see('Ask to take control');
  for (const [view, words] of [
    ['bar-lost-knock', 'Piet Bakker wants to join'],
    ['bar-lost-offer', `${OFFERED.from} offers you a session`],
  ] as const) {
    await show(view);
    await see(words);
    expect(await gallery.page.$$('.bar-news')).toHaveLength(1);
  }
});

test('TS4 TS5 the bar says that the session waits, and for whom', async () => {
  await show('bar-waits');
  await see('waiting in the queue Printers since');
  await show('bar-waits-you');
  await see('has accepted this session');
});

test('EN3 TS4 TS5 the collapsed bar turns amber while the session waits; what is for the agent to answer keeps its card', async () => {
  const looks = () => gallery.page.$eval('.bar-dot', (dot) => dot.classList.contains('wanted'));
  for (const [view, card] of [
    ['bar-dot-lost', 'Ask to take control'],
    ['bar-dot-nobody', 'Take back'],
    ['bar-dot-file', 'Decline'],
    ['bar-dot-waits', undefined],
  ] as const) {
    await show(view);
    expect([view, await looks()]).toEqual([view, true]);
    if (card) await see(card);
    else expect(await gallery.page.$('.bar-news')).toBeNull();
  }
  await show('bar-dot-calm');
  expect(await looks()).toBe(false);
});

test('TS6 the switch in popup and dashboard; queues show who is available, how many wait and the longest', async () => {
  await show('popup-available', 360);
  await press('Away', 'radio');
  expect(await gallery.sent()).toEqual([{ type: 'available', on: false }]);
  await show('dashboard-notes');
  await press('Available', 'radio');
  expect(await gallery.sent()).toContainEqual({ type: 'available', on: true });
  await gallery.page.click('.queues summary');
  await see('2 available · 1 waiting, longest 3:2');
  await see('nobody available · nobody waiting');
});

test('TS4 notes are kept as they are typed; too many for a transfer stay in their field', async () => {
  await show('dashboard-notes');
  const field = gallery.page.locator('textarea.notes-field');
  await field.fill('He prefers mail.');
  await gallery.page.waitForFunction(() => document.documentElement.dataset.sent?.includes('He prefers mail.'));
  await field.fill('x'.repeat(4097));
  await see('too long to go along');
  await press('Chat', 'tab'); // the view goes, and what was not saved with it
  expect(JSON.stringify(await gallery.sent())).not.toContain('xxx');
});

test('TS4 EN1 of a session that is over it is not said what one is in it', async () => {
  const facts = () => gallery.page.$$eval('.facts dt', (terms) => terms.map((one) => one.textContent));
  await show('dashboard-notes');
  await gallery.page.waitForSelector('.facts');
  expect(await facts()).toContain('You are');
  await show('dashboard-ended');
  await press('Session', 'tab');
  await gallery.page.waitForSelector('.facts');
  expect(await facts()).not.toContain('You are');
});
