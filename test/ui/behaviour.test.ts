import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gallery, openGallery } from '../support/gallery/open-gallery.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);
afterAll(() => gallery?.close());

const show = (view: string, width = 1280) => gallery.show({ view, language: 'en', theme: 'light', width });
const focused = () =>
  gallery.page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
const text = () => gallery.page.evaluate(() => document.body.textContent);
const see = (words: string) => gallery.page.waitForFunction((w) => document.body.textContent.includes(w), {}, words);

test('ST1 the popup opens with the focus on Start session, and Enter starts', async () => {
  await show('popup', 360);
  expect(await focused()).toBe('Start session');
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.sent()).toEqual([{ type: 'start', email: true, mode: 'multi' }]);
});

test('ST2 IN1 Invite opens by itself on E-mail and Customer, with the focus in the address', async () => {
  for (const view of ['bar-invite', 'dashboard-inviting']) {
    await show(view);
    const field = await gallery.page.waitForSelector('input[type=email]:focus');
    expect(field).not.toBeNull();
    expect(await gallery.page.$eval('[role=tab][aria-selected=true][id$=email]', (tab) => tab.textContent)).toBe(
      'E-mail',
    );
    expect(await gallery.page.$eval('.segment:has(:checked)', (label) => label.textContent)).toBe('Customer');
    expect(await gallery.sent()).toContainEqual(expect.objectContaining({ type: 'prompted' }));
  }
});

test('ST6 AS1 a number is grouped as it is typed and judged at once; a link or a pasted mail is taken', async () => {
  await show('popup', 360);
  const field = await gallery.page.waitForSelector('.number-field input');
  await field?.type('41-8205 7731');
  expect(await field?.evaluate((input) => (input as HTMLInputElement).value)).toBe('418 205 7731');
  await see('A digit is wrong');
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.sent()).toEqual([]);
  await gallery.page.keyboard.press('Backspace');
  await field?.type('0\n');
  expect(await gallery.sent()).toEqual([{ type: 'assist', entry: '418 205 7730' }]);

  await show('popup', 360);
  await gallery.page.focus('.number-field input');
  const link = `https://support.example.org/j/${'0a'.repeat(16)}#${'k'.repeat(43)}`;
  await gallery.page.evaluate((mail) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', mail);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, `Hello,\nopen\n${link}\nThanks`);
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.sent()).toEqual([{ type: 'assist', entry: `Hello, open ${link} Thanks` }]);
});

test('IN3 IN4 the own program is the first choice, and the text is there to copy', async () => {
  await show('bar-invite');
  await gallery.page.waitForSelector('input[type=email]:focus');
  await gallery.page.keyboard.type('mia@example.org');
  await gallery.page.keyboard.press('Enter');
  await see('Your e-mail program opens');
  expect(await gallery.sent()).toContainEqual(
    expect.objectContaining({
      type: 'invite',
      guest: 'customer',
      language: 'en',
      how: { by: 'own mail', address: 'mia@example.org' },
    }),
  );
  expect(await gallery.page.$eval('textarea[readonly]', (area) => area.value)).toContain(
    'https://support.example.org/j/',
  );
});

test('IN8 a bad address and a refusal are said beside the field, and what was typed is kept', async () => {
  await show('bar-invite');
  const field = await gallery.page.waitForSelector('input[type=email]:focus');
  for (const [typed, words] of [
    ['mia@', 'This is not an e-mail address'],
    ['refused@example.org', 'Something went wrong'],
  ] as const) {
    await field?.evaluate((input) => input.select());
    await field?.type(typed);
    await gallery.page.keyboard.press('Enter');
    await see(words);
    expect(await field?.evaluate((input) => input.value)).toBe(typed);
  }
});

test('Escape closes a panel of the bar and gives the focus back to its button', async () => {
  await show('bar');
  for (const name of ['Invite', 'Participants', 'Chat', 'Session']) {
    await gallery.page.focus(`[aria-label="${name}"]`);
    await gallery.page.keyboard.press('Enter');
    await gallery.page.waitForSelector('.bar-panel, .bar-menu');
    if (name === 'Participants') await gallery.page.focus('.bar-panel button');
    await gallery.page.keyboard.press('Escape');
    await gallery.page.waitForFunction(() => !document.querySelector('.bar-panel, .bar-menu'));
    expect(await focused()).toBe(name);
  }
});

test('what an assistant may not do is absent', async () => {
  await show('bar-assisting');
  expect(await gallery.page.$('[aria-label="Invite"]')).toBeNull();
  await gallery.page.click('[aria-label="Session"]');
  await gallery.page.waitForSelector('[role=menuitem]');
  expect(await gallery.page.$$eval('[role=menuitem]', (items) => items.map((item) => item.textContent))).toEqual([
    'Leave',
  ]);
  await gallery.page.keyboard.press('Escape');
  await gallery.page.click('[aria-label="Participants"]');
  await gallery.page.waitForSelector('.participant');
  expect(await text()).not.toContain('Remove');
});

test('EN1 ending asks once, with the focus on going back', async () => {
  await show('dashboard-session');
  const end = await gallery.page.waitForSelector('.session-panel .button.stop');
  await end?.click();
  await gallery.page.waitForSelector('dialog[open]');
  expect(await focused()).toBe('Cancel');
  await gallery.page.keyboard.press('Enter');
  await gallery.page.waitForFunction(() => !document.querySelector('dialog'));
  expect((await gallery.sent()).filter(isEnd)).toEqual([]);
  await end?.click();
  await gallery.page.click('dialog .button.stop');
  await gallery.page.waitForFunction(() => !document.querySelector('dialog'));
  expect((await gallery.sent()).filter(isEnd)).toHaveLength(1);
});

test('EN1 an answer that comes late closes nothing that was opened since', async () => {
  const { page } = gallery;
  await show('bar');
  await page.click('[aria-label="Session"]');
  await page.waitForSelector('[role=menuitem]');
  await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((one) => one.textContent === 'End')?.click(),
  );
  await page.waitForSelector('.bar-panel.end .button.stop');
  await page.evaluate(() => document.documentElement.toggleAttribute('data-slow', true));
  await page.click('.bar-panel.end .button.stop');
  await page.click('[aria-label="Participants"]');
  await page.waitForSelector('.bar-panel.participants');
  await page.evaluate(async () => {
    document.documentElement.toggleAttribute('data-slow', false);
    for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
  });
  expect(await page.$('.bar-panel.participants')).not.toBeNull();
});

test('JO5 what people write and are called is text; a link shows its real host', async () => {
  await show('dashboard-talking');
  expect(await text()).toContain('<script>alert(1)</script>');
  const hosts = await gallery.page.$$eval('.line-text a', (links) =>
    links.map((link) => [
      link.textContent,
      link.rel,
      link.parentElement?.querySelector('.real-host')?.textContent ?? null,
    ]),
  );
  expect(hosts).toEqual([
    ['https://printers.example.org/settings?tray=1', 'noopener noreferrer', null],
    ['https://bank.example.org@evil.example.com/pay', 'noopener noreferrer', ' (evil.example.com)'],
  ]);
});

test('SH3 Enter sends, Shift and Enter starts a new line, and more than 10,000 characters are not sent', async () => {
  await show('dashboard-talking');
  await gallery.page.focus('.chat-entry textarea');
  await gallery.page.keyboard.type('one');
  await gallery.page.keyboard.down('Shift');
  await gallery.page.keyboard.press('Enter');
  await gallery.page.keyboard.up('Shift');
  await gallery.page.keyboard.type('two\n');
  const said = async () => (await gallery.sent()).filter((command) => JSON.stringify(command).includes('"say"'));
  expect(await said()).toEqual([expect.objectContaining({ type: 'say', text: 'one\ntwo' })]);

  await gallery.page.$eval('.chat-entry textarea', (area) => {
    area.value = '🙂'.repeat(10_001);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await see('1 character too many');
  await gallery.page.keyboard.press('Enter');
  expect(await said()).toHaveLength(1);
  await gallery.page.keyboard.press('Backspace');
  await see('0 characters left');
  await gallery.page.keyboard.press('Enter');
  expect(await said()).toHaveLength(2);
});

test('in a narrow window the right side is a sheet, and its chat counts as seen only when open (PA5)', async () => {
  await show('dashboard-crowd-chat', 420);
  expect(await gallery.sent()).toEqual([]);
  await gallery.page.click('[role=tab][aria-label="Chat"]');
  await gallery.page.waitForSelector('.sheet .chat-entry');
  await gallery.page.waitForFunction(() => document.documentElement.dataset.sent?.includes('"seen"'));
});

function isEnd(command: unknown): boolean {
  return typeof command === 'object' && command !== null && 'type' in command && command.type === 'end';
}

test('JO5 a name above a short line is not cut where there is room for it', async () => {
  await show('dashboard-talking');
  const cut = await gallery.page.$$eval('.line', (lines) =>
    lines.flatMap((line) => {
      line.querySelector('.line-text')?.replaceChildren('ok');
      const name = line.querySelector('bdi');
      return name && name.scrollWidth > name.clientWidth ? [name.textContent] : [];
    }),
  );
  expect(cut).toEqual([]);
});

test('PA4 the session chosen is in view, however many stand before it', async () => {
  await show('dashboard-last', 420);
  const [left, right] = await gallery.page.$eval('.session-tabs [aria-selected=true]', (tab) => {
    const { left, right } = tab.getBoundingClientRect();
    return [left, innerWidth - right];
  });
  expect(left).toBeGreaterThanOrEqual(0);
  expect(right).toBeGreaterThanOrEqual(0);
});

test('PA1 beside Save stand both limits that contradict each other, or that the right to administer is gone', async () => {
  for (const [view, said] of [
    ['administration-contradiction', '“Until an assistant may ask to take over” cannot be more than “Until a session'],
    ['administration-right-gone', 'You may no longer administer this site'],
  ] as const) {
    await show(view, 1000);
    await gallery.page.click('::-p-aria([name="Save"][role="button"])');
    await see(said);
  }
});

test('PA1 TS1 an agent’s queues stand in the list and are set in their dialog, where those not touched are not named', async () => {
  await show('administration-agents', 1000);
  await see('Queues: Printers');
  await gallery.page.click('::-p-aria([name="Change Ann de Vries"][role="button"])');
  const boxes = await gallery.page.waitForSelector('dialog fieldset');
  expect(await boxes?.$$eval('label', (labels) => labels.map((one) => one.textContent))).toHaveLength(3);
  for (const name of ['Printers', '<b>VPN</b>'])
    await gallery.page.click(`dialog ::-p-aria([name="${name}"][role="checkbox"])`);
  await gallery.page.click('dialog [type=submit]');
  await gallery.page.waitForSelector('dialog', { hidden: true });
  const [change] = await gallery.sent();
  expect(change).toMatchObject({ what: 'agents/set', email: expect.stringContaining('@') });
  expect(Object.values((change as { queues: object }).queues)).toEqual([false, true]);
});
