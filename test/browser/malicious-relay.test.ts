import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Control } from '../../shared/protocol/control.ts';
import type { Agent, Customer } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { type EvilRelay, startEvilRelay } from '../support/evil-relay.ts';
import { Forger, signedIn } from '../support/forger.ts';
import { OBEYED, orders, wellMade } from '../support/forgeries.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { freePort } from '../support/relay.ts';
import { opensTransferControl } from '../support/transfers.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const SECRETS = ['the door code is 4711', 'the alarm code is 1147'] as const;

describe.each(BROWSERS)('a relay that steps in between, in %s', (browser) => {
  const env: Record<string, string> = {};
  let evil: EvilRelay;
  let pages: LinkSite;
  beforeAll(async () => {
    const port = await freePort();
    [evil, pages] = await Promise.all([startEvilRelay(`http://127.0.0.1:${port}`), startLinkSite()]);
    Object.assign(env, { PORT: String(port), PUBLIC_URL: evil.url });
  });
  const world = useWorld(browser, env);
  let known: Promise<Page> | undefined;
  /** The accomplice's page. */
  const mallory = () => {
    known ??= (async () => {
      const socket = `${evil.url.replace('http', 'ws')}/mallory`;
      const address = `${pages.url}/mallory.html#${encodeURIComponent(socket)}`;
      const { page } = await world.customer('Mallory', address, 'chromium');
      await page.waitForFunction('window.read !== undefined', { polling: 30 });
      return page;
    })();
    return known;
  };
  afterEach(() => {
    evil.between(undefined);
    evil.tells(undefined);
  });
  afterAll(async () => {
    await Promise.all([evil?.close(), pages?.close()]);
  });

  const readByMallory = async () => String(await (await mallory()).evaluate(`window.read.join('\\n')`));
  const stoodBetween = (before: number) =>
    until('the relay to stand in between', async () => (await readByMallory()).indexOf('"t":"hello"', before) >= 0);

  /** In whose roster whose key is the accomplice's: without it, the link that this one ends is seen to be another's. */
  const names = async (which: (you: string, other: string) => boolean) => {
    const key = await (await mallory()).evaluate(() => window.signingKey ?? '');
    evil.tells((roster) => {
      const named = (id: string) => (id !== roster.you && which(roster.you, id) ? { signingKey: key } : {});
      return { ...roster, participants: roster.participants.map((one) => ({ ...one, ...named(one.id) })) };
    });
  };

  /** How the accomplice speaks: word for word, or in the others' names. */
  const forge = async (how: Window['forge']) =>
    (await mallory()).evaluate((now) => {
      window.forge = now;
    }, how);

  async function started(): Promise<{ ann: Agent; number: string }> {
    await forge(undefined);
    const ann = await world.agent('Ann de Vries');
    return { ann, number: await ann.starts(await ann.works(world.site.url)) };
  }

  async function seenByBoth(agent: Agent, name: string, customer: Customer, name2: string): Promise<void> {
    await customer.reads(`somebody may be between you and ${name2}`);
    await (await agent.dashboard()).reads(`Somebody stands between you and ${name}`);
  }

  /** Both say something, and neither hears the other. */
  async function nothingPasses(one: Agent, other: Customer): Promise<void> {
    await one.says(SECRETS[0]);
    await other.says(SECRETS[1]);
    await one.reads(SECRETS[0]);
    await other.reads(SECRETS[1]);
    expect(await other.screen.text()).not.toContain(SECRETS[0]);
    expect(await (await one.dashboard()).text()).not.toContain(SECRETS[1]);
  }

  test.each(['word for word', 'in their names'] as const)(
    'SE1 between primary and customer from the first dial, %s: both see it, and nothing passes',
    async (how) => {
      const { ann } = await started();
      const before = (await readByMallory()).length;
      await forge(how === 'in their names' ? 'bold' : undefined);
      evil.between(() => true);
      const mia = await world.customer('Mia', await ann.invites());
      await mia.joins();
      await seenByBoth(ann, 'Mia', mia, 'Ann de Vries');
      await stoodBetween(before);
      await nothingPasses(ann, mia);
      await mia.screen.press('button', '2 here');
      await mia.reads('failed the check');
      const dashboard = await ann.dashboard();
      await dashboard.press('tab', 'Participants');
      await dashboard.reads('Somebody in between');

      // Once it lets them, they are proven, and what waited arrives.
      evil.between(undefined);
      await mia.reads(SECRETS[0]);
      await ann.reads(SECRETS[1]);
      await mia.reads('checked: nobody is in between');
      for (const secret of SECRETS) expect(await readByMallory()).not.toContain(secret);
    },
  );

  test.each(['customer', 'dashboard'] as const)('SE1 … and at a re-dial, after a reload of the %s', async (who) => {
    const { ann } = await started();
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.says('before');
    await ann.reads('before');
    await forge('modest'); // it even says that it holds no key
    evil.between(() => true);
    await (who === 'customer' ? mia : ann).reloads();
    await seenByBoth(ann, 'Mia', mia, 'Ann de Vries');
    await nothingPasses(ann, mia);
    await mia.reads('before');
    await ann.reads('before');
    for (const secret of SECRETS) expect(await readByMallory()).not.toContain(secret);
  });

  test('SE1 between a customer and an assistant who came by link: both see it, nothing passes there, the rest goes on', async () => {
    const { ann } = await started();
    const bob = await world.agent('Bob Smit');
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await forge('bold');
    const { device } = await ann.signedInAs();
    evil.between((one, other) => one !== device && other !== device);
    await bob.assists(await bob.works(world.site.url), await ann.invites('Support representative'));
    await seenByBoth(bob, 'Mia', mia, 'Bob Smit');
    await nothingPasses(bob, mia);
    await ann.says('I hear you both');
    await mia.reads('I hear you both');
    await bob.reads('I hear you both');
    await ann.reads(SECRETS[0]); // Bob's and Ann's line is proven
    expect(await mia.screen.text()).not.toContain(SECRETS[0]);
    for (const secret of SECRETS) expect(await readByMallory()).not.toContain(secret);
  });

  test('SE1 between the primary and an assistant by mere number nothing can be proven: it works, both see "not compared", and nobody reads that it was checked', async () => {
    const { ann, number } = await started();
    const bob = await world.agent('Bob Smit');
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await forge('modest');
    const { device } = await ann.signedInAs();
    // Only those two: what Ann vouches for then is the relay itself.
    const { device: bobs } = await (async () => {
      await bob.opensSecondDashboard();
      return bob.signedInAs();
    })();
    evil.between((one, other) => [one, other].includes(device) && [one, other].includes(bobs));
    await names((you, other) => other === bobs || (you === bobs && other === device));
    await bob.assists(await bob.works(world.site.url), number);
    await bob.says('read by the relay');
    await ann.reads('read by the relay');
    await until('the relay to have read it', async () => (await readByMallory()).includes('read by the relay'));
    for (const agent of [ann, bob]) {
      const dashboard = await agent.dashboard();
      await dashboard.press('tab', 'Participants');
      await dashboard.reads('Not compared');
    }
    await mia.screen.press('button', '3 here');
    await mia.reads(/not compared|failed the check/);
  });

  test('SE1 between the primary and a customer by mere number: the codes differ, and “Does not match” closes the link', async () => {
    const { ann, number } = await started();
    await forge('modest');
    evil.between(() => true);
    await names(() => true);
    const mia = await world.customer('Mia');
    await mia.knocks(number);
    await ann.admits('Mia');
    await mia.says('read by the relay');
    await ann.reads('read by the relay');
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Participants');
    await dashboard.press('button', 'Compare code');
    expect(await mia.screen.digits()).not.toBe(await dashboard.digits());
    await mia.screen.press('button', 'Does not match');
    await mia.reads('Stop here: somebody may be listening in');
    await dashboard.reads('The codes were not the same: somebody may be listening in');
    await ann.says(SECRETS[0]);
    await ann.reads(SECRETS[0]);
    // Nor does a reload of either bring them together again.
    await mia.reloads();
    await mia.reads('Stop here: somebody may be listening in');
    await ann.reloads();
    await ann.reads(SECRETS[0]);
    await (await ann.dashboard()).reads('The codes were not the same');
    expect(await mia.screen.text()).not.toContain(SECRETS[0]);
    expect(await readByMallory()).not.toContain(SECRETS[0]);
  });

  test('TC6 it puts an old primary in charge again, whose forged records and orders also go straight to the others: customer and assistant stay with the real one', async () => {
    const { ann, number } = await started();
    const bob = await world.agent('Bob Smit');
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await bob.assists(await bob.works(world.site.url), await ann.invites('Support representative'));
    await mia.reads('Bob Smit joined');
    const { page: blank } = await world.customer('Eve', 'about:blank', 'chromium');
    const { url: relay } = world.relay;
    const eve = await Forger.in(blank, pages, {
      ...{ as: 'assistant', relay, name: 'Eve', number },
      ...(await signedIn(world.relay, 'Eve')),
    });
    await eve.untilLinkedTo('Ann de Vries', 'Bob Smit', 'Mia');
    const dashboard = await opensTransferControl(ann);
    await dashboard.press('radio', 'Eve');
    await dashboard.press('button', 'Transfer control');
    await mia.reads('Ann de Vries handed over to Eve');
    const people = await eve.do((one) => one.people());
    const of = (name: string) => people[name] ?? '';
    const [anns, bobs, mias, me] = [of('Ann de Vries'), of('Bob Smit'), of('Mia'), of('Eve')];
    await until('Eve to hand it back', async () => (await eve.do((one, to) => one.transfer(to), anns)).ok, {
      doing: true,
    });
    for (const one of [mia, bob]) await one.reads('Eve handed over to Ann de Vries');

    const real = async () => {
      await mia.reads('Ann de Vries helps you');
      const his = await bob.dashboard();
      await his.press('tab', 'Participants');
      const primaries = `[...document.querySelectorAll('.participant')].flatMap((one) => one.innerText.includes('Primary') ? one.querySelector('.participant-name').innerText : []).join()`;
      await until('Ann in charge', async () => (await his.evaluate(primaries)) === 'Ann de Vries');
    };
    const to = [anns, bobs, mias];
    const keys = new Map<string, string | undefined>();
    evil.tells((roster) => {
      for (const one of roster.participants) keys.set(one.id, one.signingKey);
      return roster;
    });
    const key = keys.get(mias) ?? '';
    const accepted = { why: 'accepted', by: mias, epoch: 5 } as const;
    const forgeries = [
      [{ why: 'handed over', by: me, epoch: 4 }],
      [{ why: 'handed over', by: anns, epoch: 4 }],
      [{ why: 'primary lost', by: mias, epoch: 4 }],
      [{ why: 'offered', by: me, epoch: 4, to: mias, key }, accepted],
      [{ why: 'offered', by: anns, epoch: 4, to: mias, key }, accepted],
    ] as const;
    for (const records of forgeries) {
      const controls: Control[] = [];
      for (const record of records) controls.push(await eve.do((one, given) => one.sign(given), record));
      const [{ why, by }] = records;
      const epoch = 3 + controls.length;
      evil.tells((roster) => ({
        ...roster,
        epoch,
        controls: [...roster.controls, ...controls],
        participants: roster.participants.map((one) => {
          if (one.role === 'customer') return one;
          return { ...one, role: one.id === me ? 'primary' : 'assistant' };
        }),
      }));
      for (const message of [
        ...wellMade([{ v: 1, type: 'control', controls }]),
        ...[3, epoch].flatMap((of) => orders(of, to, [mias])), // the true one, and that of the records
      ])
        await eve.post(message, to);
      const still = `still here after ${why} by ${by}`;
      await until('a line', async () => (await eve.do((one, text) => one.say(text), still)).ok, { doing: true });
      for (const one of [ann, bob, mia]) await one.reads(still); // one link keeps its order
      await real();
      for (const screen of [await ann.dashboard(), await bob.dashboard(), mia.screen])
        expect(await screen.text()).not.toMatch(OBEYED);
    }
    expect(await eve.do((one) => one.ask('end', ''))).toBe('forbidden');

    await mia.reloads();
    await bob.reloads();
    await real();
    await mia.says('Who is in charge?');
    await bob.reads('Who is in charge?');
    await ann.says('I am');
    for (const one of [bob, mia]) await one.reads('I am');
    await ann.ends();
    for (const one of [bob, mia]) await one.reads('Ann de Vries ended the session');
  });
});
