import { describe, expect, test } from 'vitest';
import { BROWSERS } from '../support/browsers.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

describe.each(BROWSERS)('starting in %s', (browser) => {
  const world = useWorld(browser);

  test('TS6 the popup opens the dashboard where none is open', async () => {
    const ann = await world.agent('Ann de Vries');
    const popup = await ann.popup(await ann.works(world.site.url));
    await popup.press('button', 'Dashboard');
    const dashboard = await ann.dashboard();
    await dashboard.reads('Start session');
    await until('it in front', async () => (await dashboard.evaluate('document.visibilityState')) === 'visible');
  });

  test('ST2 with E-mail on, Invite opens by itself in the bar, with the focus in the address', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    await ann.starts(page, { email: true });
    const bar = await ann.bar(page);
    await bar.reads('Send using my own e-mail program');
    await until('the focus in the address', async () => (await bar.focused()) === 'E-mail address');
  });

  test('ST2 with E-mail off nobody is invited yet, and the checkbox stays as last left', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    await ann.starts(page, { email: false });
    const bar = await ann.bar(page);
    expect(await bar.text()).not.toContain('own e-mail program');
    const popup = await ann.popup(await ann.works(world.site.url));
    await popup.reads('Start session');
    expect(await popup.evaluate(`document.querySelector('input[type=checkbox]').checked`)).toBe(false);
  });

  test('ST4 the dashboard opens without taking the focus; the bar comes to any page where the popup is opened', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    const number = await ann.starts(page);
    expect(await page.evaluate(() => document.visibilityState)).toBe('visible');
    const other = await ann.works(world.site.url);
    await ann.popup(other);
    expect(await ann.number(await ann.bar(other))).toBe(number);
  });

  test('ST3 single-session mode: a further customer comes into the same session', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    const popup = await ann.popup(page);
    await popup.tick('E-mail', false);
    await popup.fill('Mode', 'single');
    await popup.press('button', 'Start session');
    const number = await ann.number(await ann.bar(page));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const link = await ann.invites();
    const piet = await world.customer('Piet', link);
    await piet.reads('Other customers take part');
    await piet.joins();
    await piet.reads('Ann de Vries helps you');
    // SH3: customers are not linked with each other; the primary passes their lines on.
    await mia.says('hello from Mia');
    await piet.reads('hello from Mia');
    await piet.says('hello from Piet');
    await mia.reads('hello from Piet');
    await ann.reads('hello from Piet');
    expect(await ann.numberOfTab()).toBe(number);
  });

  test('PA5 what is read in one view is read in all', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    await ann.starts(page);
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await page.bringToFront();
    await mia.says('are you there?');
    const bar = await ann.bar(page);
    await until('one unread', async () => /1/.test(await ann.chatCount(bar)));
    await bar.press('button', 'Chat');
    await bar.reads('are you there?');
    await until('none unread', async () => !/1/.test(await ann.chatCount(bar)));
  });
});
