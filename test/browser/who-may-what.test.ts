import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Joined, Seat } from '../../shared/protocol/relay-api.ts';
import type { Agent, Customer } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { callerOf, Forger, signedIn } from '../support/forger.ts';
import { OBEYED, orders, STRANGER, wellMade } from '../support/forgeries.ts';
import { newId } from '../support/link-actor.ts';
import { type LinkSite, startLinkSite } from '../support/link-site.ts';
import { useWorld } from '../support/world.ts';

const FORGED = 'forged in somebody’s name';
const SIGNATURE = 'A'.repeat(86);

/** Beside whose name it says that they are being helped. */
const HELPED = `[...document.querySelectorAll('.participant')].flatMap((one) => one.innerText.includes('Being helped') ? one.querySelector('.participant-name').innerText : []).join()`;

/** How lines are numbered (shared/activities/chat-lines.ts). */
const secondsNow = () => Math.floor((Date.now() - Date.UTC(2025, 0, 1)) / 1000);

describe.each(BROWSERS)('who may what, in %s', (browser) => {
  const world = useWorld(browser);
  let pages: LinkSite;
  // In single-session mode, so that two customers are in one session.
  const leads = () => world.agent('Ann de Vries', browser, ['modes=single']);
  const assists = () => world.agent('Bob Smit');
  beforeAll(async () => {
    [pages] = await Promise.all([startLinkSite(), leads(), assists()]);
  });
  afterAll(() => pages?.close());

  /** Ann leads, Bob assists, Mia is helped, and one more of `role` obeys no rule. */
  async function crowd(
    role: 'customer' | 'assistant',
  ): Promise<{ ann: Agent; bob: Agent; mia: Customer; forger: Forger }> {
    const [ann, bob] = await Promise.all([leads(), assists()]);
    const number = await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await bob.assists(await bob.works(world.site.url), await ann.invites('Support representative'));
    await mia.reads('Bob Smit joined');

    const with_ = { relay: world.relay.url, name: 'Mallory' };
    const setup =
      role === 'customer'
        ? ({ as: 'customer', ...with_, link: await ann.invites() } as const)
        : ({ as: 'assistant', ...with_, number, ...(await signedIn(world.relay, 'Mallory')) } as const);
    const { page: blank } = await world.customer('Mallory', 'about:blank');
    const forger = await Forger.in(blank, pages, setup);
    await forger.untilLinkedTo('Ann de Vries', 'Bob Smit', ...(role === 'customer' ? [] : ['Mia']));
    return { ann, bob, mia, forger };
  }

  /** Everybody is still there and everybody still talks with everybody. */
  async function goOn({ ann, bob, mia }: { ann: Agent; bob: Agent; mia: Customer }): Promise<void> {
    for (const who of [ann, bob, mia]) await who.says(`said after all by ${who.name}`);
    for (const reader of [ann, bob, mia]) {
      for (const writer of [ann, bob, mia]) await reader.reads(`said after all by ${writer.name}`);
    }
    const dashboard = await ann.dashboard();
    await dashboard.press('tab', 'Participants');
    await dashboard.reads('Bob Smit');
    for (const screen of [dashboard, await bob.dashboard(), mia.screen]) {
      expect(await screen.text()).not.toMatch(OBEYED);
      expect(await screen.text()).not.toMatch(/Somebody stands between|may be between/);
    }
  }

  /** Acts of management, with its own token straight to the relay: refused. `knocker` waits. */
  async function asksTheRelay(forger: Forger, knocker: string): Promise<void> {
    const people = await forger.do((one) => one.people());
    const ask = (act: 'invite' | 'admit' | 'decline' | 'remove' | 'end', about = '') =>
      forger.do((one, what, whom) => one.ask(what, whom), act, about);
    expect(await ask('invite')).toBe('forbidden');
    expect(await ask('admit', knocker)).toBe('forbidden');
    expect(await ask('decline', knocker)).toBe('forbidden');
    for (const name of ['Ann de Vries', 'Bob Smit', 'Mia']) expect(await ask('remove', people[name])).toBe('forbidden');
    expect(await ask('end')).toBe('forbidden');
  }

  test.each(['customer', 'assistant'] as const)(
    'AS2 EN2 SH3 SE1 what a %s’s page asks of the relay is refused; what it forges on its links changes and shows nothing',
    async (role) => {
      const { ann, bob, mia, forger } = await crowd(role);
      const dashboard = await ann.dashboard();
      const knocker = await callerOf(world.relay).post(Seat, '/seats');
      await dashboard.press('tab', 'Session');
      const number = await ann.number(dashboard);
      const piet = { number, name: 'Piet', signingKey: STRANGER.signingKey };
      await callerOf(world.relay, knocker.token).post(Joined, '/knock', piet);
      await dashboard.reads('Piet wants to join');
      await asksTheRelay(forger, knocker.id);

      const people = await forger.do((one) => one.people());
      const me = await forger.do((one) => one.me);
      const of = (name: string) => people[name] ?? '';
      const to =
        role === 'customer' ? [of('Ann de Vries'), of('Bob Smit')] : [of('Ann de Vries'), of('Bob Smit'), of('Mia')];
      let count = 0;
      const line = (more: object) => ({
        v: 1,
        type: 'chat.line',
        line: {
          id: `${me}.${100_000_000 + count++}`,
          writer: me,
          name: 'Mallory',
          text: FORGED,
          at: Date.now(),
          clock: 1,
          seen: [],
          signature: SIGNATURE,
          ...more,
        },
      });
      const transcript = (whom: string, why: string) => ({
        v: 1,
        type: 'chat.transcript',
        epoch: 1,
        to: whom,
        why,
        lines: [line({ writer: of('Mia'), id: `${of('Mia')}.7` }).line],
        last: true,
      });
      const everybody = Object.values(people);
      const customers = [of('Mia'), ...(role === 'customer' ? [me] : [])];
      const forged = wellMade([
        ...[1, 1_000_000].flatMap((epoch) => orders(epoch, everybody, customers)),
        ...to.flatMap((whom) => [transcript(whom, 'earlier'), transcript(whom, 'lost')]),
        { v: 1, type: 'note', what: 'removed', who: of('Mia'), name: FORGED, key: 'x' },
        ...Object.entries(people).flatMap(([name, writer]) =>
          writer === me ? [] : [line({ writer, name, id: `${writer}.8` })],
        ),
        ...Object.keys(people).flatMap((name) => (name === 'Mallory' ? [] : [line({ name })])), // its own line, under another's name
        line({ to: newId() }),
      ]);
      const malformed: unknown[] = [
        ...Object.entries(people).flatMap(([name, writer]) => (writer === me ? [] : [line({ writer, name })])),
        // The numbers of lines that Mia will write soon: taken, hers would count as known.
        ...Array.from({ length: 60 }, (_, soon) => line({ id: `${of('Mia')}.${secondsNow() + soon}` })),
        line({ text: `${FORGED} ${'x'.repeat(10_001)}` }),
        line({ text: '   ' }),
        line({ at: 'now', text: FORGED }),
        { ...line({}), v: 2 },
        { ...line({}), type: 'chat.shout' },
        '',
        'null',
        '[]',
        '{"v":1,"type":"ended"',
        { v: 1, type: 'constructor' },
        `{"v":1,"type":"ended","epoch":1,"__proto__":{"epoch":99}}`,
      ];
      for (const message of [...forged, ...malformed]) await forger.post(message, to);
      // One link keeps its order: when this is there, all of that has been.
      const markup = '<img src=x onerror="window.hacked = 1"><b>bold</b> &amp; https://evil.example/';
      expect((await forger.do((one, text) => one.say(text), markup)).ok).toBe(true);
      for (const reader of [ann, bob]) await reader.reads(markup);
      await mia.reads(markup); // from the assistant, or passed on by the primary

      for (const screen of [await ann.chat(), await bob.chat(), mia.screen]) {
        expect(await screen.text()).not.toContain(FORGED);
        expect(await screen.text()).not.toMatch(OBEYED);
        expect(await screen.evaluate(`document.querySelectorAll('img').length + (window.hacked ?? 0)`)).toBe(0);
      }
      await goOn({ ann, bob, mia });
      for (const screen of [dashboard, await bob.dashboard()]) {
        await screen.press('tab', 'Participants');
        await screen.reads('Mallory');
        expect(await screen.evaluate(HELPED)).toBe(role === 'customer' ? 'Mia' : ''); // of one customer nothing is said
      }
      for (const shown of ['Piet wants to join', 'Bob Smit', 'Mia', 'Mallory']) await dashboard.reads(shown);

      // What was refused stays refused when the journal is read again.
      await mia.reloads();
      await mia.reads(`said after all by ${mia.name}`);
      await bob.reloads();
      await bob.reads(`said after all by ${mia.name}`);
      for (const screen of [await bob.chat(), mia.screen]) expect(await screen.text()).not.toContain(FORGED);
      await bob.says('still linked');
      await mia.reads('still linked');
    },
    120_000, // many messages, two reloads, three browsers
  );
});
