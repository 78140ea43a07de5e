import type { KeyInput, Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

/** Whether what has the focus shows it: an outline of its own, or of the label drawn in its place. */
const FOCUS_SHOWS = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'nothing';
  const drawn = [focused, focused.closest('label')].filter(Boolean).map((one) => getComputedStyle(one));
  const shows = drawn.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1);
  return shows ? 'shown' : 'hidden on ' + focused.outerHTML.slice(0, 200);
})()`;

const FOCUSED = `(() => {
  const focused = document.activeElement;
  const tidy = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
  return tidy(focused?.getAttribute('aria-label') ?? focused?.labels?.[0]?.textContent ?? focused?.textContent);
})()`;

/** A person with no mouse: the keys of a keyboard, and what the screen shows of the focus. */
class Keys {
  readonly page: Page;
  readonly screen: Screen;

  constructor(page: Page) {
    this.page = page;
    this.screen = new Screen(page);
  }

  async press(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async types(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Has the focus, and it shows. */
  async on(name: string): Promise<void> {
    await until(`the focus on “${name}”`, async () => String(await this.page.evaluate(FOCUSED)).startsWith(name));
    expect(await this.page.evaluate(FOCUS_SHOWS)).toBe('shown');
  }

  /** Goes there with Tab (or Shift+Tab); wherever the focus comes by, it shows. */
  async goes(name: string, { back = false, exact = false } = {}): Promise<void> {
    const passed: string[] = [];
    const is = (now: string) => (exact ? now === name : now.startsWith(name));
    for (let step = 0; step < 60; step++) {
      const now = String(await this.page.evaluate(FOCUSED));
      if (is(now) && (await this.page.evaluate(FOCUS_SHOWS)) === 'shown') return;
      if (back) await this.page.keyboard.down('Shift');
      await this.page.keyboard.press('Tab');
      if (back) await this.page.keyboard.up('Shift');
      expect(await this.page.evaluate(FOCUS_SHOWS)).not.toMatch(/hidden/);
      passed.push(String(await this.page.evaluate(FOCUSED)).slice(0, 20));
    }
    throw new Error(`Tab does not lead to “${name}”, only to ${passed.join(', ')}`);
  }
}

// Puppeteer hands keys to extension pages and to the popup in Chromium alone.
describe('with the keyboard alone', () => {
  const world = useWorld('chromium');

  test('PA1 administration: to each section, an agent is added, a limit is changed', async () => {
    const ann = await world.agent('Ann de Vries'); // the first: she administers
    const desk = new Keys(await ann.opensSecondDashboard());
    await desk.goes('Administration');
    await desk.press('Enter');
    const page = await ann.browser.extensionPage('administration.html');
    await page.bringToFront();
    const hers = new Keys(page);
    await hers.goes('Agents', { exact: true });
    await hers.goes('Name', { exact: true });
    await hers.types('Piet Pen');
    await hers.goes('E-mail address');
    await hers.types('piet@desk.example');
    await hers.press('Enter');
    await hers.screen.reads('piet@desk.example was sent an invitation');
    await hers.goes('Agents', { exact: true, back: true });
    await hers.press('ArrowRight');
    await hers.on('Queues');
    await hers.screen.reads('New queue');
    await hers.press('ArrowRight');
    await hers.on('Limits');
    await hers.goes('Participants of a session');
    await hers.press('Backspace');
    await hers.types('6');
    await hers.press('Enter');
    await hers.screen.reads('It counts from now on');
    await hers.goes('Limits', { exact: true, back: true });
    for (const [section, shows] of [
      ['Desk', 'Name of the desk'],
      ['Mail', 'Send a test mail'],
      ['Reports', 'Nobody has reported an invitation'],
      ['Health', 'Sessions living'],
      ['Log', 'added the agent piet@desk.example'],
    ] as const) {
      await hers.press('ArrowRight');
      await hers.on(section);
      await hers.screen.reads(shows);
    }
    await hers.screen.reads(/Participants of a session: 8 → 6/);
    await page.close();
  });

  test('ST1 JO5 signing in: the focus is in each field, Enter goes on, Back goes back', async () => {
    const ann = await world.agent('Ann de Vries');
    const email = 'kim@desk.example';
    await world.relay.addAgent(email, 'Kim Key');
    const page = await ann.browser.openExtensionPage('welcome.html');
    const kim = new Keys(page);
    await kim.goes('Sign out');
    await kim.press('Enter');
    await kim.on('Support site');
    await page.keyboard.down('Control');
    await kim.press('KeyA');
    await page.keyboard.up('Control');
    await kim.types(world.relay.url);
    await kim.press('Enter');
    await kim.on('E-mail address');
    await kim.goes('Back');
    await kim.press('Enter');
    await kim.on('Support site');
    await kim.press('Enter');
    await kim.on('E-mail address');
    await kim.types(email);
    await kim.press('Enter');
    await kim.on('Code');
    await kim.types('12');
    await kim.press('Enter');
    await kim.screen.reads('The code has six digits');
    await kim.on('Code');
    await kim.press('Backspace', 'Backspace');
    await kim.types(await world.relay.signInCode(email));
    await kim.press('Enter');
    await kim.screen.reads('You are signed in, Kim Key');
    await page.close();
  });

  test('ST1 ST2 IN1 JO1 JO4 SH3 EN1 a whole session: start, invite, join, talk, admit, end', async () => {
    const ann = await world.agent('Kim Key');
    const ticket = await ann.works(world.site.url);
    await ann.popup(ticket);
    const target = await ann.browser.browser.waitForTarget((one) => one.url() === ann.browser.address('popup.html'));
    const popup = new Keys(await target.asPage());
    await popup.on('Start session');
    await popup.goes('Session number'); // past the checkbox and the modes
    await popup.goes('Start session', { back: true });
    await popup.press('Enter');
    const number = await ann.number(await ann.bar(ticket));

    const page = await ann.browser.extensionPage('dashboard.html');
    await page.bringToFront();
    const desk = new Keys(page);
    // Invite opened by itself where it was first seen: in the bar. Here it opens by its shortcut.
    await desk.press('KeyI');
    await desk.on('E-mail address');
    await desk.press('Escape');
    await desk.on('Invite');
    await desk.press('Enter');
    await desk.on('E-mail address');
    await desk.goes('E-mail', { back: true, exact: true });
    await desk.press('ArrowRight', 'ArrowRight');
    await desk.on('Chat message');
    const link = await until('the join link', async () => {
      const found = await desk.screen.value('Join link');
      return found === '' ? undefined : found;
    });
    await desk.goes('Customer', { back: true });
    await desk.press('ArrowRight');
    await desk.on('Support representative');
    await desk.press('ArrowLeft');
    await desk.on('Customer');
    await desk.press('Escape');
    await desk.on('Invite');

    const mia = new Keys((await world.customer('Mia', link)).page);
    await mia.goes('Your name');
    await mia.types('Mia');
    await mia.press('Enter');
    await mia.screen.reads('Kim Key helps you');
    await mia.goes('Message');
    await mia.types('hello');
    await mia.press('Enter');
    await desk.press('KeyC');
    await desk.screen.reads('hello');
    await desk.goes('Message');
    await desk.types('hi Mia');
    await page.keyboard.down('Shift');
    await desk.press('Enter');
    await page.keyboard.up('Shift');
    await desk.types('how are you?');
    await desk.press('Enter');
    await mia.screen.reads(/hi Mia\s+how are you\?/);

    const piet = new Keys((await world.customer('Piet')).page);
    await piet.goes('Session number');
    await piet.types(number);
    await piet.press('Tab');
    await piet.goes('Your name');
    await piet.types('Piet');
    await piet.press('Enter');
    await piet.screen.reads('has been told that you are here');
    await desk.screen.reads('Piet wants to join');
    await desk.goes('Admit');
    await desk.press('Enter');
    await piet.screen.reads('Kim Key helps you');
    await desk.screen.readsNot('Piet wants to join');

    // The shortcuts' own list, and the dialog that asks before the end.
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.type('?');
    await desk.screen.reads('Next session');
    await desk.press('Escape');
    await desk.screen.readsNot('Next session');
    await desk.press('KeyS');
    await desk.goes('Session');
    await desk.goes('End');
    await desk.press('Enter');
    await desk.screen.reads('Everybody is disconnected');
    await desk.on('Cancel');
    await desk.press('Escape');
    await desk.on('End');
    await desk.press('Enter');
    await desk.goes('End session');
    await desk.press('Enter');
    await desk.screen.reads('ended the session');
  });

  test('ST4 the bar: its panels open, close with Escape, and give the focus back', async () => {
    const ann = await world.agent('Kim Key');
    const ticket = await ann.works(world.site.url);
    await ann.starts(ticket);
    const frame = await ann.browser.bar(ticket);
    const bar = new Screen(frame);
    const focused = async (name: string) => {
      await until(`the focus on “${name}”`, async () => String(await frame.evaluate(FOCUSED)).startsWith(name));
      expect(await frame.evaluate(FOCUS_SHOWS)).toBe('shown');
    };
    const press = (...keys: KeyInput[]) => new Keys(ticket).press(...keys);
    // Into the bar with Tab from the page, and on to Invite.
    await ticket.bringToFront();
    for (let step = 0; step < 20; step++) {
      await press('Tab');
      const inside = (await frame.evaluate('document.hasFocus()')) === true;
      if (inside) expect(await frame.evaluate(FOCUS_SHOWS)).not.toMatch(/hidden/);
      if (inside && String(await frame.evaluate(FOCUSED)).startsWith('Invite')) break;
    }
    await focused('Invite');
    await press('Enter');
    await focused('E-mail address');
    await new Keys(ticket).types('mia@customer.example');
    expect(await bar.value('E-mail address')).toBe('mia@customer.example');
    await press('Escape');
    await focused('Invite');
    await press('Tab', 'Enter');
    await bar.reads('Invite your customer');
    await press('Escape');
    await focused('Participants');
    await press('Tab', 'Enter');
    await focused('Message');
    await press('Escape');
    await focused('Chat');
    await press('Tab');
    await focused('Share');
    await press('Tab', 'Enter');
    await focused('Transfer control');
    await press('ArrowRight'); // opens its list
    await bar.reads('Nobody does yet.');
    await press('Escape');
    await focused('Session');
    await press('Enter');
    await focused('Transfer control');
    await press('ArrowDown');
    await focused('End');
    await press('Enter');
    await focused('Cancel');
    await press('Escape');
    await focused('Session');
  });
});
