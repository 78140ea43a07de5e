import { describe, expect, test } from 'vitest';
import { formatSessionNumber } from '../../shared/protocol/session-number.ts';
import type { Agent } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { useWorld } from '../support/world.ts';

const OVER = 'This invitation is no longer valid';
const NO_SUCH = 'No session can be joined with this number';

describe.each(BROWSERS)('joining in %s', (browser) => {
  const world = useWorld(browser);

  async function started(): Promise<{ ann: Agent; number: string }> {
    const ann = await world.agent('Ann de Vries');
    return { ann, number: await ann.starts(await ann.works(world.site.url)) };
  }

  test('JO1 opening a link joins nobody; pressing Join does, and clears the key from the address', async () => {
    const { ann } = await started();
    const link = await ann.invites();
    const mia = await world.customer('Mia', link);
    await mia.reads('Go on only if you asked');
    await mia.reads('Nobody will ask for your password or bank details.');
    expect(mia.page.url()).toBe(link);
    expect(await (await ann.dashboard()).text()).not.toContain('Mia');
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await mia.screen.press('button', '2 here');
    await mia.reads('checked: nobody is in between');
    expect(new URL(mia.page.url()).hash).toBe('');
    await (await ann.dashboard()).reads('You are helping Mia');
    await ann.ends();
  });

  test('JO3 a used link knocks, and whom the primary admits gets in', async () => {
    const { ann } = await started();
    const link = await ann.invites();
    const mia = await world.customer('Mia', link);
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const piet = await world.customer('Piet', link);
    await piet.reads('This invitation was used already');
    await piet.joins();
    await piet.reads('has been told that you are here');
    await ann.admits('Piet');
    await piet.reads('Ann de Vries helps you');
    await ann.opensTab('Mia');
    await ann.ends();
    await mia.reads('Ann de Vries ended the session');
    await ann.opensTab('Piet');
    await ann.ends();
  });

  test('PA4 in multi-session mode a further customer gets a session, number and tab of their own', async () => {
    const { ann, number } = await started();
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const piet = await world.customer('Piet', await ann.invites());
    await piet.joins();
    await piet.reads('Ann de Vries helps you');
    await piet.says('I am Piet');
    await ann.opensTab('Piet');
    await ann.reads('I am Piet');
    expect(await ann.numberOfTab()).not.toBe(number);
    expect(await mia.screen.text()).not.toContain('Piet');
    await ann.ends();
    await ann.opensTab('Mia');
    await ann.ends();
  });

  test('JO3 a link without its key admits, and both ends say "not compared"', async () => {
    const { ann } = await started();
    const link = new URL(await ann.invites());
    link.hash = '';
    const mia = await world.customer('Mia', link.href);
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await mia.reads('Not compared');
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Participants');
    await dashboard.reads('Not compared');
    await mia.says('hello all the same');
    await ann.reads('hello all the same');
    await ann.ends();
  });

  test('JO3 the end of the session revokes its links', async () => {
    const { ann } = await started();
    const link = await ann.invites();
    await ann.ends();
    const late = await world.customer('Late', link);
    await late.reads(OVER);
  });

  test('JO4 with only the number one knocks, sees the desk but not the agent, and is admitted', async () => {
    const { ann, number } = await started();
    const mia = await world.customer('Mia');
    await mia.knocks(formatSessionNumber(number));
    await mia.reads('has been told that you are here');
    expect(await mia.screen.text()).not.toContain('Ann');
    await ann.admits('Mia');
    await mia.reads('Ann de Vries helps you');
    await mia.says('I came by number');
    await ann.reads('I came by number');
    await ann.ends();
  });

  test('JO4 declined, wrong and ended numbers all read the same', async () => {
    const { ann, number } = await started();
    const mia = await world.customer('Mia');
    await mia.knocks(number);
    await mia.reads('has been told that you are here');
    await ann.declines('Mia');
    await mia.reads(NO_SUCH);
    await ann.ends();
    const late = await world.customer('Late');
    await late.knocks(number);
    await late.reads(NO_SUCH);
    const wrong = await world.customer('Wrong');
    await wrong.knocks('000 000 0000');
    await wrong.reads(NO_SUCH);
    expect(await wrong.screen.value('Session number')).toBe('000 000 0000');
    expect(await wrong.screen.value('Your name')).toBe('Wrong');
  });

  test('ST6 a slip in the number is told where it is typed', async () => {
    const mia = await world.customer('Mia');
    await mia.screen.fill('Session number', '418 205 7731');
    await mia.screen.fill('Your name', 'Mia');
    await mia.screen.press('button', 'Join');
    await mia.reads('A digit is wrong');
  });

  test('JO5 names are text: markup, emoji and right-to-left names show as they are, and two may share one', async () => {
    const { ann } = await started();
    const names = ['<b>Mia</b>', 'محمد', '😀 Mia'];
    for (const name of names) {
      const customer = await world.customer(name, await ann.invites());
      await customer.joins();
      await customer.reads('Ann de Vries helps you');
      await (await ann.dashboard()).reads(name);
    }
    for (const name of names) {
      await ann.opensTab(name);
      await ann.ends();
    }
  });

  test('JO6 "I did not ask for this" ends the invitation and tells the primary and the administrator', async () => {
    const { ann } = await started();
    const link = await ann.invites();
    const mia = await world.customer('Mia', link);
    await mia.screen.press('button', 'I did not ask for this');
    await mia.screen.press('button', 'Yes, report it');
    await mia.reads('Thank you for telling us');
    await (await ann.dashboard()).reads('they did not ask for help');
    const again = await world.customer('Mia', link);
    await again.reads(OVER);
    expect((await world.relay.agent('reports')).out).toContain(ann.name);
    await ann.ends();
  });
});

describe('a knock nobody answers', () => {
  const world = useWorld('chromium', { KNOCK_LIFE: '2' });

  test('JO4 it lapses, and reads as a decline', async () => {
    const ann = await world.agent('Ann de Vries');
    const number = await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia');
    await mia.knocks(number);
    await mia.reads(NO_SUCH);
    await (await ann.dashboard()).readsNot('Mia wants to join');
  });

  test('JO4 it goes with its page', async () => {
    const ann = await world.agent('Ann de Vries');
    const number = await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia');
    await mia.knocks(number);
    await (await ann.dashboard()).reads('Mia wants to join');
    await mia.leavesWork();
    await (await ann.dashboard()).readsNot('Mia wants to join');
  });
});
