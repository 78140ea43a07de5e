import { beforeAll, describe, expect, test } from 'vitest';
import type { Agent, Customer } from '../support/actors.ts';
import { chooses, presses, useFiles, whole } from '../support/file-work.ts';
import { hears } from '../support/moving.ts';
import { addQueue, isAvailable } from '../support/queues.ts';
import { talking } from '../support/talking.ts';
import { opensTransferSession } from '../support/transfers.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

/** The agent gives the session to the queue, with a message. */
async function offers(agent: Agent, message = ''): Promise<void> {
  const dashboard = await opensTransferSession(agent);
  await dashboard.press('radio', 'Printers');
  await dashboard.fill('Personal message', message);
  await dashboard.press('button', 'Transfer session');
  await dashboard.reads('Your session is being offered');
}

const fileOf = useFiles();
const waits = (mia: Customer) => mia.reads('You are waiting for another agent');

describe('transferring a session, in Chromium', () => {
  const world = useWorld('chromium');
  let ann: Agent;
  let bob: Agent;
  let cas: Agent;
  beforeAll(async () => {
    [ann, bob, cas] = [await world.agent('Ann'), await world.agent('Bob'), await world.agent('Cas')];
    await addQueue('Printers', [ann, bob, cas]);
    await addQueue('Scanners', [ann, bob, cas]);
  }, 120_000);

  test('TS1 TS2 TS3 TS4 TS5 SE1 to one of two queues: two accept in the same moment, one has it, with transcript, notes and files, and compares the code; the other reads who', async () => {
    const { mia } = await talking(world);
    const [bobs, cass] = [await isAvailable(bob), await isAvailable(cas)];
    const dashboard = await ann.looksAtDashboard();
    await mia.says('It prints nothing at all');
    await ann.reads('It prints nothing at all');
    await dashboard.press('tab', 'Session');
    await dashboard.fill('Notes', 'Toner changed in May');
    await dashboard.press('tab', 'Tools');
    const manual = await fileOf('manual.bin', 20_000);
    await chooses(await ann.browser.extensionPage('dashboard.html'), manual.path);
    await presses(mia.screen, 'manual.bin', 'Accept');
    expect(await whole(dashboard, 'manual.bin')).toBe(manual.sha256);
    await dashboard.press('button', 'Call');
    await mia.screen.press('button', 'Answer');
    await hears(mia.screen);

    await opensTransferSession(ann);
    await dashboard.reads('Scanners');
    expect(await dashboard.presses('button', 'Transfer session')).toBe(false); // one has to be chosen
    const chosen = `[...document.querySelectorAll('dialog :checked')].map((one) => one.closest('label').querySelector('b').innerText).join()`;
    for (const queue of ['Scanners', 'Printers']) {
      await dashboard.press('radio', queue);
      await until('that queue alone', async () => (await dashboard.evaluate(chosen)) === queue);
    }
    await dashboard.press('button', 'Cancel');
    await offers(ann, 'Second call on this one');
    await waits(mia);
    await mia.reads('You are next. You need not do anything');
    await mia.reads('Nobody sees your screen');
    await until('the call to be over', async () => !(await mia.screen.has('button', 'Leave call')));
    await dashboard.reads('You left this session');
    await mia.says('Is anybody there?');
    for (const one of [bobs, cass]) {
      await one.reads('Ann offers you a session');
      await one.reads('Second call on this one');
      await one.reads('Mia');
    }
    await Promise.all([bobs, cass].map((one) => one.presses('button', 'Accept')));

    const bobHasIt = await until('one of them to have it', async () => {
      const said = await mia.screen.text();
      return said.includes('Bob helps you') ? { is: true } : said.includes('Cas helps you') && { is: false };
    });
    const [winner, other, his, others] = bobHasIt.is ? [bob, cas, bobs, cass] : [cas, bob, cass, bobs];
    await others.reads(`${winner.name} has taken the session`);
    await dashboard.reads(`${winner.name} has taken the session`);
    await mia.reads(`${winner.name} has taken over the session`);
    await winner.reads('It prints nothing at all');
    await winner.reads('Is anybody there?');
    await his.press('tab', 'Session');
    expect(await his.value('Notes')).toContain('Toner changed in May');
    await his.press('tab', 'Tools');
    await his.press('button', '1 file from before you came');
    await his.reads(/manual\.bin\s+20 kB · from Ann · to Mia · received/);
    await his.press('tab', 'Participants');
    await his.reads('Not compared');
    await his.press('button', 'Compare code');
    expect(await mia.screen.digits()).toBe(await his.digits());
    for (const screen of [his, mia.screen]) await screen.press('button', 'Matches');
    await his.reads('Proven');
    await his.readsNot('Not compared');
    await winner.says('I go on from here');
    await mia.reads('I go on from here');
    expect(await others.text()).not.toContain('You are helping Mia');
    expect(other.name).not.toBe(winner.name);
    await winner.ends();
    await mia.reads(`${winner.name} ended the session`);
  });

  test('TS1 TS2 TS3 TS5 to two agents by name, with 345 characters and no more; declined on the dashboard and in the popup, the sender is told, takes it back and goes on', async () => {
    const { mia } = await talking(world);
    const [bobs, cass] = [await isAvailable(bob), await isAvailable(cas)];
    const dashboard = await opensTransferSession(ann, 'menu');
    await dashboard.press('tab', 'Agents');
    for (const name of ['Bob', 'Cas']) await dashboard.press('checkbox', name);
    const most = `${'Toner? '.repeat(49)}👩‍👧`; // of two characters more
    await dashboard.fill('Personal message', `${most}?!`);
    await dashboard.reads('1 character too many; at most 345 fit in one message.');
    expect(await dashboard.presses('button', 'Transfer session')).toBe(false);
    await dashboard.fill('Personal message', `${most}!`);
    await dashboard.reads('0 characters left');
    await dashboard.press('button', 'Transfer session');
    await waits(mia);
    for (const one of [bobs, cass]) await one.reads(`${most}!`);
    const popup = await cas.popup(await cas.works(world.site.url));
    await popup.reads(`${most}!`);
    for (const one of [bobs, popup]) await one.press('button', 'Decline');
    for (const one of [bobs, popup, cass]) await one.readsNot('Ann offers you a session');
    await dashboard.reads('Nobody took it: take it back');
    await mia.reads('It takes longer than usual');
    await dashboard.press('button', 'Take back');
    await mia.reads('Ann helps you');
    await ann.says('Here I am again');
    await mia.reads('Here I am again');
    await mia.says('Good');
    await ann.reads('Good');
    await ann.ends();
    await mia.reads('Ann ended the session');
  });

  test('TS5 TS6 two wait, each reads their place; who is away is offered nothing, and who comes back gets the longest first', async () => {
    const [bobs, cass] = [await isAvailable(bob), await isAvailable(cas)];
    for (const one of [bobs, cass]) await one.press('radio', 'Away');
    const first = await talking(world);
    await offers(ann);
    await waits(first.mia);
    await ann.starts(first.page);
    const piet = await world.customer('Piet', await ann.invites());
    await piet.joins();
    await piet.reads('Ann helps you');
    await offers(ann);
    await piet.reads('You are number 2 in line');
    await first.mia.reads('You are next');
    expect(await bobs.text()).not.toContain('offers you a session');

    await bobs.press('radio', 'Available');
    await bobs.reads('Piet');
    expect(await bobs.evaluate(`document.querySelector('.knocks').innerText`)).toMatch(/Mia[\s\S]*Piet/);
    await bobs.press('button', 'Accept');
    await first.mia.reads('Bob helps you');
    await piet.reads('You are next');
    await bobs.press('button', 'Decline');
    await first.mia.screen.press('button', 'Leave session');
    await piet.screen.press('button', 'Leave session');
  });
});

describe('transferring a session that nobody takes, in Chromium', () => {
  const world = useWorld('chromium', { OFFER_LIFE: '2' });

  test('AS2 TS2 TS5 to an agent by name, who assists, is away and lets it lapse: the sender is told, and the agent takes it in the icon bar all the same', async () => {
    const ann = await world.agent('Ann');
    const bob = await world.agent('Bob');
    await addQueue('Printers', [ann, bob]);
    const { mia } = await talking(world);
    const bar = await bob.assists(await bob.works(world.site.url), await ann.numberOfTab());
    await mia.reads('Bob joined');
    const dashboard = await opensTransferSession(ann);
    await dashboard.press('tab', 'Agents');
    await dashboard.press('checkbox', 'Bob');
    await dashboard.fill('Personal message', 'You know her printer');
    await dashboard.press('button', 'Transfer session');
    await waits(mia);
    for (const said of ['Ann offers you a session', 'You know her printer']) await bar.reads(said);
    await dashboard.reads('Nobody took it: take it back');
    await bar.press('button', 'Accept');
    await mia.reads('Bob helps you');
    await dashboard.reads('Bob has taken the session');
    await bob.ends();
    await mia.reads('Bob ended the session');
  });
});

describe('transferring a session between Chromium and Firefox', () => {
  const world = useWorld('chromium');

  test('TS1 TS5 from the icon bar to an agent in Firefox, who gives it back, which is accepted in the popup: each time the customer’s page, in Firefox, hands over what was said', async () => {
    const ann = await world.agent('Ann');
    const bob = await world.agent('Bob', 'firefox');
    await addQueue('Printers', [ann, bob]);
    const { mia, page } = await talking(world, { mia: 'firefox' });
    const bobs = await isAvailable(bob);
    await mia.says('It prints nothing at all');
    await ann.reads('It prints nothing at all');
    await page.bringToFront();
    const bar = await ann.bar(page);
    await bar.press('button', 'Session');
    await bar.press('menuitem', 'Transfer session');
    const dashboard = await ann.dashboard(); // it comes forward by itself
    await dashboard.press('radio', 'Printers');
    await dashboard.press('button', 'Transfer session');
    await waits(mia);
    await bobs.press('button', 'Accept');
    await mia.reads('Bob helps you');
    await bob.reads('It prints nothing at all');
    await bob.says('I see');
    await mia.reads('I see');

    await isAvailable(ann);
    await offers(bob, 'It is yours after all');
    await waits(mia);
    const popup = await ann.popup(page);
    for (const said of ['Bob offers you a session', 'It is yours after all']) await popup.reads(said);
    await popup.press('button', 'Accept');
    await mia.reads('Ann helps you');
    for (const said of ['It prints nothing at all', 'I see']) await ann.reads(said);
    await ann.says('Once more');
    await mia.reads('Once more');
    await mia.says('Good');
    await ann.reads('Good');
    await ann.ends();
    await mia.reads('Ann ended the session');
  });
});
