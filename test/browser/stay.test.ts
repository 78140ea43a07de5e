import { describe, expect, test } from 'vitest';
import type { Agent, Customer } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { Screen } from '../support/screen.ts';
import { useWorld, type World } from '../support/world.ts';

async function talking(world: World, name = 'Mia'): Promise<{ ann: Agent; mia: Customer }> {
  const ann = await world.agent('Ann de Vries');
  await ann.starts(await ann.works(world.site.url));
  const mia = await world.customer(name, await ann.invites());
  await mia.joins();
  await mia.reads('Ann de Vries helps you');
  await mia.says('first');
  await ann.reads('first');
  return { ann, mia };
}

/** Each line stands once, and in that order. */
function inOrder(text: string, lines: string[]): void {
  const places = lines.map((line) => text.indexOf(line));
  expect(
    places.every((place) => place >= 0),
    `${lines.join(', ')} in ${text}`,
  ).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const line of lines) expect(text.split(line).length, `${line} once`).toBe(2);
}

/** While no page has it open. */
const LOSES_THE_JOURNAL = `new Promise((resolve, reject) => {
  Object.assign(indexedDB.deleteDatabase('hulplijn-link'), { onsuccess: resolve, onerror: reject, onblocked: reject });
})`;

describe.each(BROWSERS)('staying connected in %s', (browser) => {
  const world = useWorld(browser, { RELOAD_GRACE: '4' });

  test('RE1 reload on each side: nothing lost, doubled or reordered, and no new invitation', async () => {
    const { ann, mia } = await talking(world);
    await mia.reloads();
    await mia.reads('first');
    await mia.says('second');
    await ann.reads('second');
    await ann.reloads();
    await ann.reads('second');
    await mia.says('third');
    await ann.says('fourth');
    await ann.reads('third');
    await mia.reads('fourth');
    inOrder(await (await ann.chat()).conversation(), ['first', 'second', 'third']);
    inOrder(await mia.screen.conversation(), ['first', 'second', 'third']);
  });

  test('PA4 RE1 a reloaded dashboard comes back to the session chosen, not to another customer', async () => {
    const { ann } = await talking(world);
    await ann.starts(await ann.works(world.site.url));
    await ann.opensTab('Mia');
    await ann.reloads();
    await (await ann.dashboard()).reads('You are helping Mia');
  });

  test('RE1 RE2 the relay is killed twice in the middle of a chat: talking goes on, ending too', async () => {
    const { ann, mia } = await talking(world);
    for (const round of ['one', 'two']) {
      await world.relay.kill('SIGKILL');
      await mia.says(`down ${round}`);
      await ann.reads(`down ${round}`);
      await ann.says(`answer ${round}`);
      await mia.reads(`answer ${round}`);
      await world.relay.restart();
      await mia.says(`up ${round}`);
      await ann.reads(`up ${round}`);
    }
    // Reload with the new relay: the seat is still there.
    await mia.reloads();
    await mia.reads('up two');
    await ann.says('still here');
    await mia.reads('still here');
    inOrder(await mia.screen.conversation(), [
      'down one',
      'answer one',
      'up one',
      'down two',
      'answer two',
      'up two',
      'still here',
    ]);

    await world.relay.kill('SIGKILL');
    await ann.ends();
    await mia.reads('Ann de Vries ended the session');
    await world.relay.restart();
  });

  test('ST5 closing the Remote Support page, or opening another page in its place, ends its sessions', async () => {
    const { ann, mia } = await talking(world);
    await ann.closesDashboard();
    await mia.reads('The session has ended');
    const { mia: piet } = await talking(world, 'Piet');
    const page = await ann.browser.extensionPage('dashboard.html');
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    await page.goto(world.site.url);
    await piet.reads('The session has ended');
  });

  test('ST5 a customer who closed the page shows as gone, and comes back to the seat without a knock', async () => {
    const { ann, mia } = await talking(world);
    const address = mia.page.url();
    await mia.closesPage();
    await ann.reads('Mia closed the page');
    await mia.comesBack(address);
    await mia.reads('first');
    await mia.says('back again');
    await ann.reads('back again');
    await mia.screen.readsNot('This page is loading');
  });

  test('RE1 a customer whose browser has lost what was said gets it back from the agent', async () => {
    const { ann, mia } = await talking(world);
    await ann.says('an answer');
    await mia.reads('an answer');
    const address = mia.page.url();
    await mia.closesPage();
    const beside = await mia.opens(`${world.relay.url}/healthz`);
    await beside.evaluate(LOSES_THE_JOURNAL);
    await mia.comesBack(address);
    await mia.reads('an answer');
    inOrder(await mia.screen.conversation(), ['first', 'an answer']);
    await mia.says('second');
    await ann.reads('second');
  });

  test('ST5 a second dashboard says where the first is, and Use here makes it let go', async () => {
    const { ann, mia } = await talking(world);
    const first = await ann.browser.extensionPage('dashboard.html');
    const second = new Screen(await ann.opensSecondDashboard());
    await second.reads('open in another tab');
    await second.press('button', 'Use here');
    await second.press('tab', 'Chat');
    await second.reads('first');
    await mia.says('to the second');
    await second.reads('to the second');
    await new Screen(first).reads('open in another tab');
    await first.close();
  });

  test('ST5 a duplicated customer tab holds no second line; Use here takes it over', async () => {
    const { ann, mia } = await talking(world);
    const twin = await mia.duplicates();
    await twin.reads('This conversation is open in another tab');
    await twin.press('button', 'Use here');
    await twin.reads('first');
    await mia.says('from the twin');
    await ann.reads('from the twin');
  });
});

describe('many sessions', () => {
  const world = useWorld('chromium');

  test('PA4 twelve sessions in one dashboard, each with its own customer and unread lines', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    await ann.starts(page);
    const customers: Customer[] = [];
    for (let at = 1; at <= 12; at++) {
      const name = `Customer ${String(at).padStart(2, '0')}`;
      const customer = await world.customer(name, await ann.invites());
      await customer.joins();
      await customer.reads('Ann de Vries helps you');
      customers.push(customer);
    }
    for (const customer of customers) await customer.says(`I am ${customer.name}`);
    for (const customer of customers) {
      await ann.opensTab(customer.name);
      await ann.reads(`I am ${customer.name}`);
      await ann.says(`Hello ${customer.name}`);
    }
    for (const customer of customers) {
      await customer.reads(`Hello ${customer.name}`);
      expect((await customer.screen.text()).match(/Hello Customer/g)?.length).toBe(1);
    }
  });
});
