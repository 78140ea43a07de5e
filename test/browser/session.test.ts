import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Agent, Customer } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { startRelay, type TestRelay } from '../support/relay.ts';
import { type Site, ticketSite } from '../support/ticket-page.ts';

describe.each(BROWSERS)('a session in %s', (browser) => {
  let relay: TestRelay;
  let site: Site;
  const leaving: { leavesWork(): Promise<void> }[] = [];

  beforeAll(async () => {
    relay = await startRelay();
    site = await ticketSite();
  });
  afterAll(async () => {
    await Promise.all(leaving.map((one) => one.leavesWork()));
    site.close();
    await relay.stop();
  });

  test('ST1 start, IN2 invite by link, JO1 join, SH3 talk, EN1 end', async () => {
    const ann = await Agent.hired(relay, browser, 'Ann de Vries');
    leaving.push(ann);
    const page = await ann.works(site.url);
    const number = await ann.starts(page);
    expect(number).toMatch(/^\d{10}$/);

    const link = await ann.invites();
    const mia = await Customer.with(browser, 'Mia', link);
    leaving.push(mia);
    await mia.reads('Ann de Vries');
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await mia.says('Hello! It prints only white pages');
    await ann.reads('Hello! It prints only white pages');
    await ann.says('Hi Mia 😀, thanks');
    await mia.reads('Hi Mia 😀, thanks');

    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Session');
    await dashboard.press('button', 'End');
    await dashboard.press('button', 'End session');
    await mia.reads('Ann de Vries has ended the session');
  });
});
