import { describe, expect, test } from 'vitest';
import { formatSessionNumber } from '../../shared/protocol/session-number.ts';
import { BROWSERS } from '../support/browsers.ts';
import { useWorld } from '../support/world.ts';

const LONG = `${'long '.repeat(1_999)}line.`; // 10,000 characters

describe.each(BROWSERS)('assisting in %s', (browser) => {
  const world = useWorld(browser);

  test('AS1 by number: in at once; all are told; three talk, whatever they write', async () => {
    const ann = await world.agent('Ann de Vries');
    const bob = await world.agent('Bob Smit');
    const number = await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');

    const popup = await bob.popup(await bob.works(world.site.url));
    await popup.reads('Provide support ▸ Assist session');
    await popup.fill('Session number', formatSessionNumber(number));
    await popup.press('button', 'Join');
    await mia.reads('Bob Smit joined');
    await ann.reads('Bob Smit joined');

    const lines = ['😀👩‍👩‍👧 emoji', 'שלום, עברית', '<script>alert(1)</script>', LONG];
    for (const line of lines) await bob.says(line);
    for (const line of lines) {
      await mia.reads(line);
      await ann.reads(line);
    }
    await mia.says('I see you both');
    await bob.reads('I see you both');
    await ann.says('and I see you');
    await bob.reads('and I see you');
    await mia.reads('and I see you');

    // SE1: the assistant came by a mere number, and everybody sees that.
    for (const agent of [ann, bob]) {
      const dashboard = await agent.dashboard();
      await dashboard.press('tab', 'Participants');
      await dashboard.reads('Not compared');
    }
    await mia.screen.press('button', '3 here');
    await mia.reads('not compared');
  });

  test('AS1 by link: proven, introduced to the customer, and given the earlier chat', async () => {
    const ann = await world.agent('Ann de Vries');
    const bob = await world.agent('Bob Smit');
    await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.says('said before Bob came');
    await ann.reads('said before Bob came');
    const link = await ann.invites('Support representative');
    await bob.assists(await bob.works(world.site.url), `Dear Bob,\nplease help: ${link}\nAnn`);
    await bob.reads('said before Bob came');
    await bob.says('I am up to date');
    await mia.reads('I am up to date');
    const dashboard = await bob.dashboard();
    await dashboard.press('tab', 'Participants');
    await dashboard.readsNot('Not compared');
    expect(await mia.screen.text()).not.toContain('not compared');
  });

  test('SH3 an assistant by number gets the earlier chat when the primary shows it', async () => {
    const ann = await world.agent('Ann de Vries');
    const bob = await world.agent('Bob Smit');
    const number = await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.says('said before Bob came');
    await ann.reads('said before Bob came');
    await bob.assists(await bob.works(world.site.url), number);
    await ann.reads('Bob Smit joined');
    expect(await (await bob.chat()).text()).not.toContain('said before Bob came');
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Participants');
    await dashboard.press('button', 'Show earlier chat');
    await bob.reads('said before Bob came');
  });

  test('AS2 what only the primary may do is not there for an assistant', async () => {
    const ann = await world.agent('Ann de Vries');
    const bob = await world.agent('Bob Smit');
    const number = await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const bar = await bob.assists(await bob.works(world.site.url), number);
    const dashboard = await bob.dashboard();
    await dashboard.reads('You assist');
    for (const tab of ['Participants', 'Tools', 'Session']) {
      await dashboard.press('tab', tab);
      for (const act of ['Invite', 'Remove', 'End', 'Admit']) expect(await dashboard.has('button', act)).toBe(false);
    }
    expect(await bar.has('button', 'Invite')).toBe(false);
    await dashboard.press('tab', 'Session');
    await dashboard.press('button', 'Leave');
    await ann.reads('Bob Smit left');
    await mia.reads('Bob Smit left');
  });

  test('EN2 leave and remove: links close, and a removed seat and its invitation are dead', async () => {
    const ann = await world.agent('Ann de Vries');
    await ann.starts(await ann.works(world.site.url));
    const link = await ann.invites();
    const mia = await world.customer('Mia', link);
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Participants');
    await dashboard.press('button', 'Remove');
    await dashboard.press('button', 'Yes, remove');
    await mia.reads('removed');
    await ann.reads('Mia was removed');
    const again = await world.customer('Mia', link);
    await again.reads('This invitation is no longer valid');

    const piet = await world.customer('Piet', await ann.invites());
    await piet.joins();
    await piet.reads('Ann de Vries helps you');
    await piet.screen.press('button', 'Leave session');
    await piet.reads('left');
    await ann.reads('Piet left');
  });
});
