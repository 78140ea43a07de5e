import { describe, expect, test } from 'vitest';
import type { Agent, Customer } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { useWorld } from '../support/world.ts';

describe.each(BROWSERS)('comparing a code, in %s', (browser) => {
  const world = useWorld(browser);

  async function started(): Promise<{ ann: Agent; number: string }> {
    const ann = await world.agent('Ann de Vries');
    return { ann, number: await ann.starts(await ann.works(world.site.url)) };
  }

  /** A customer who has only the number: nothing proves the link. */
  async function byNumber(ann: Agent, number: string): Promise<Customer> {
    const mia = await world.customer('Mia');
    await mia.knocks(number);
    await ann.admits('Mia');
    await mia.reads('Ann de Vries helps you');
    return mia;
  }

  async function participants(agent: Agent) {
    const dashboard = await agent.dashboard();
    await dashboard.press('tab', 'Participants');
    return dashboard;
  }

  test('SE1 a customer by number: both see the same digits, both press Matches, both are proven, and a reload keeps it', async () => {
    const { ann, number } = await started();
    const mia = await byNumber(ann, number);
    const dashboard = await participants(ann);
    await dashboard.reads('Not compared');
    expect(await mia.screen.text()).not.toContain('compares six digits');
    await dashboard.press('button', 'Compare code');
    await mia.reads('Ann de Vries compares six digits with you. Are they the same?');
    const code = await dashboard.digits();
    expect(await mia.screen.digits()).toBe(code);
    // What is on the screen outlives a reload.
    await mia.reloads();
    expect(await mia.screen.digits()).toBe(code);
    await dashboard.press('button', 'Matches');
    await dashboard.reads('Now Mia has to press Matches');
    await dashboard.reads('Not compared');
    await mia.screen.press('button', 'Matches');
    const areProven = async () => {
      await mia.reads('Compared with Ann de Vries: nobody is in between');
      await (await participants(ann)).reads('Proven');
    };
    await areProven();
    await mia.reloads();
    await areProven();
    await mia.screen.press('button', '2 here');
    await mia.reads('checked: nobody is in between');
    await ann.reloads();
    await areProven();
    await mia.says('after all that');
    await ann.reads('after all that');
  });

  test('SE1 Does not match closes the link: both read why, nothing passes, and the agent removes the person', async () => {
    const { ann, number } = await started();
    const mia = await byNumber(ann, number);
    const dashboard = await participants(ann);
    await dashboard.press('button', 'Compare code');
    await mia.screen.digits();
    await dashboard.press('button', 'Does not match');
    await mia.reads('Stop here: somebody may be listening in. The codes were not the same');
    await mia.reads('by a number you already know');
    expect(await mia.screen.has('field', 'Message')).toBe(false);
    await dashboard.reads('The codes were not the same: somebody may be listening in');
    await ann.says('nobody hears this');
    await ann.reads('nobody hears this');
    await (await participants(ann)).press('button', 'Remove');
    await dashboard.press('button', 'Yes, remove');
    await mia.reads('You were removed');
    expect(await mia.screen.text()).not.toContain('nobody hears this');
  });

  test('SE1 the agent stops comparing: the digits go; the next time the customer has to press before there are new ones', async () => {
    const { ann, number } = await started();
    const mia = await byNumber(ann, number);
    const dashboard = await participants(ann);
    await dashboard.press('button', 'Compare code');
    const code = await mia.screen.digits();
    await dashboard.press('button', 'Cancel');
    await mia.screen.readsNot('compares six digits');
    await dashboard.press('button', 'Compare code');
    await mia.screen.press('button', 'Show the code');
    expect(await mia.screen.digits()).toBe(await dashboard.digits());
    expect(await mia.screen.digits()).not.toBe(code);
  });

  test('SE1 an assistant by number, compared, is introduced to the customer as proven', async () => {
    const { ann, number } = await started();
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const bob = await world.agent('Bob Smit');
    await bob.assists(await bob.works(world.site.url), number);
    await mia.screen.press('button', '3 here');
    await mia.reads('Assistant · not compared');
    const [anns, bobs] = [await participants(ann), await participants(bob)];
    await anns.press('button', 'Compare code');
    expect(await bobs.digits()).toBe(await anns.digits());
    for (const dashboard of [bobs, anns]) await dashboard.press('button', 'Matches');
    await mia.reads('Assistant · checked: nobody is in between');
    for (const dashboard of [bobs, anns]) await dashboard.readsNot('Not compared');
  });

  test('SE1 before a screen is asked for on a link not compared, the agent is reminded, once', async () => {
    const { ann, number } = await started();
    const mia = await byNumber(ann, number);
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen');
    await dashboard.reads('Compare the code first?');
    expect(await mia.screen.text()).not.toContain('asks to see your screen');
    await dashboard.press('button', 'Cancel');
    await dashboard.press('button', 'Request screen');
    await mia.reads('asks to see your screen');
  });
});
