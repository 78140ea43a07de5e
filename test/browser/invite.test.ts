import type { Page } from 'puppeteer';
import { encode } from 'uqr';
import { describe, expect, test } from 'vitest';
import { formatSessionNumber } from '../../shared/protocol/session-number.ts';
import type { Agent } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const KEYED = /\/j\/[0-9a-f]{32}#[\w-]{43}$/;
const GUESTS = ['Customer', 'Support representative'] as const;
const PLACES = ['bar', 'dashboard'] as const;
/** The panel is the same in both places, so where Firefox takes long it is looked at in one. */
const SOME = { chromium: PLACES, firefox: ['bar'] } as const;

/** A mail as the person's program is handed it. */
function readMailto(address: string): { to: string; subject: string; body: string } {
  const url = new URL(address);
  const of = (name: string) => url.searchParams.get(name) ?? '';
  return { to: decodeURIComponent(url.pathname), subject: of('subject'), body: of('body') };
}

const linkIn = (text: string) => /http\S+\/j\/\S+/.exec(text)?.[0] ?? '';

/** The path a QR code of `text` is drawn with, in modules. */
function modules(text: string): string {
  const { data } = encode(text, { border: 4 });
  return data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}

describe.each(BROWSERS)('inviting in %s', (browser) => {
  const world = useWorld(browser, {}, { smtp: true });

  async function started(): Promise<{ ann: Agent; page: Page; number: string }> {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    return { ann, page, number: await ann.starts(page) };
  }

  async function byMail(panel: Screen, guest: (typeof GUESTS)[number], address: string, own: boolean): Promise<void> {
    await panel.press('radio', guest);
    await panel.press('tab', 'E-mail');
    await panel.tick('Send using my own e-mail program', own);
    await panel.fill('E-mail address', address);
    await panel.press('button', 'OK');
  }

  /** The newest mail to that address, once it has come. */
  const mailTo = (address: string): Promise<{ subject: string; text: string; html: string }> =>
    until(`a mail to ${address}`, async () => {
      const found = world.mail.received.findLast(({ to }) => to.includes(address))?.mail;
      return found && { subject: found.subject ?? '', text: found.text ?? '', html: found.html || '' };
    });

  test('IN1 IN2 IN7 Invite in the bar and on the dashboard: who first, three ways, the link for each kind of guest', async () => {
    const { ann, page, number } = await started();
    const links = new Set<string>();
    for (const place of PLACES) {
      const panel = await ann.opensInvite(place, page);
      for (const guest of GUESTS) {
        await panel.press('radio', guest);
        await panel.press('tab', 'Website');
        await panel.reads(new URL(world.relay.url).host);
        await panel.reads(formatSessionNumber(number));
        await panel.reads(guest === 'Customer' ? 'waits until you admit them' : 'joins at once');
        const link = await ann.takesLink(panel, guest);
        expect(link).toMatch(KEYED);
        links.add(link);
        await until('the QR code of the link', async () => {
          const drawn = await panel.evaluate(`document.querySelector('.qr-code path')?.getAttribute('d') ?? ''`);
          return drawn === modules(await panel.value('Join link'));
        });
      }
      await panel.press('button', 'Link for another person');
      await until('another link', async () => !links.has(await panel.value('Join link')));
    }
    expect(links.size).toBe(4); // one for each who was to be invited
  });

  test.each(PLACES)(
    'IN3 IN4 IN7 from the %s, own program first: a window with recipient, subject and body',
    async (place) => {
      const { ann, page, number } = await started();
      const mails = await ann.keepsMails();
      const before = (await mails()).length;
      const sent = world.mail.received.length;
      const panel = await ann.opensInvite(place, page);
      const own = `[...document.querySelectorAll('label.check')].find((one) => one.innerText.includes('my own e-mail')).querySelector('input').checked`;
      expect(await panel.evaluate(own)).toBe(true); // on at first
      await panel.reads('Arrives sooner, is less often taken for spam');

      const next = async (count: number) =>
        readMailto(await until('a message window', async () => (await mails())[before + count]));
      await byMail(panel, 'Customer', 'mia@customer.example', true);
      const customer = await next(0);
      expect(customer.to).toBe('mia@customer.example');
      expect(customer.subject).toContain('invitation to a support session');
      expect(linkIn(customer.body)).toMatch(KEYED);
      expect(customer.body).toContain('Ann de Vries');
      await panel.reads('Your e-mail program opens with the invitation');
      // Where nothing takes it, the text is there to copy: the same.
      const text = (await panel.value('Text of the invitation')).replace(/\r\n/g, '\n');
      expect(text).toBe(`${customer.subject}\n\n${customer.body.replace(/\r\n/g, '\n')}`);

      await panel.fill('Language', 'nl');
      await byMail(panel, 'Support representative', 'bob+desk@example.org', true);
      const representative = await next(1);
      expect(representative.to).toBe('bob+desk@example.org');
      expect(representative.body).toContain(formatSessionNumber(number));
      expect(representative.body).toContain('Ondersteuning bieden');
      expect(linkIn(representative.body)).toMatch(KEYED);
      for (const url of await mails()) expect(url.length).toBeLessThan(1900);
      expect(page.url()).toBe(world.site.url); // the page has opened nothing

      const mia = await world.customer('Mia', linkIn(customer.body));
      await mia.joins();
      await mia.reads('Ann de Vries helps you');
      expect(await mia.screen.text()).not.toContain('ot compared');
      expect(world.mail.received).toHaveLength(sent); // none by the relay
    },
  );

  test('IN4 IN5 an assistant pastes the whole mail of the own program, and is proven', async () => {
    const { ann, page } = await started();
    const bob = await world.agent('Bob Smit');
    const mails = await ann.keepsMails();
    const before = (await mails()).length;
    await byMail(await ann.opensInvite('dashboard', page), 'Support representative', 'bob@desk.example', true);
    const mail = readMailto(await until('a message window', async () => (await mails())[before]));
    const popup = await bob.popup(await bob.works(world.site.url));
    await popup.pastes('Session number', `${mail.subject}\n\n${mail.body}\n\nKind regards,\nAnn, tel. 020 123 4567`);
    await popup.press('button', 'Join');
    await ann.reads('Bob Smit joined');
    const people = await ann.dashboard();
    await people.press('tab', 'Participants');
    await people.reads('Proven');
    expect(await people.text()).not.toContain('Not compared');
  });

  test.each(SOME[browser])(
    'IN5 JO3 from the %s, sent by the relay: a customer gets a link without its key',
    async (place) => {
      const { ann, page } = await started();
      const panel = await ann.opensInvite(place, page);
      await panel.fill('Language', 'nl');
      const address = `mia.${place}@customer.example`;
      await byMail(panel, 'Customer', address, false);
      await panel.reads(`Sent to ${address}`);
      const mail = await mailTo(address);
      expect(mail.subject).toContain('uitnodiging');
      expect(mail.text).toContain('Ann de Vries');
      const link = linkIn(mail.text);
      expect(new URL(link).hash).toBe('');
      const mia = await world.customer('Mia', link);
      await mia.reads('Ann de Vries');
      await mia.joins();
      await mia.reads('Ann de Vries helps you');
      await mia.reads('Not compared');
      await ann.says('You came by mail');
      await mia.reads('You came by mail');
    },
  );

  test.each([
    ['text', 'bar'],
    ['HTML', 'dashboard'],
  ] as const)(
    'IN5 AS1 a representative joins with the whole mail that the relay sent, as %s, from the %s',
    async (form, place) => {
      const { ann, page, number } = await started();
      const bob = await world.agent('Bob Smit');
      const address = `bob.${form.toLowerCase()}@desk.example`;
      const panel = await ann.opensInvite(place, page);
      await byMail(panel, 'Support representative', address, false);
      await panel.reads(`Sent to ${address}`);
      const mail = await mailTo(address);
      expect(mail.text).toContain('choose Provide support, then Assist session');
      expect(mail.text).toContain(formatSessionNumber(number));
      expect(new URL(linkIn(mail.text)).hash).toBe('');
      const reading = await bob.works(world.site.url);
      let { text } = mail;
      if (form === 'HTML') {
        await reading.evaluate((html) => {
          document.body.innerHTML = html;
        }, mail.html);
        text = await new Screen(reading).text();
      }
      const popup = await bob.popup(reading);
      await popup.pastes('Session number', `From: Ann\nTo: Bob\n\n${text}`);
      await popup.press('button', 'Join');
      await ann.reads('Bob Smit joined');
      await (await bob.dashboard()).reads('You assist here');
    },
  );

  test('IN6 a customer joins with the number from the navigation of the site', async () => {
    const { ann, number } = await started();
    const mia = await world.customer('Mia', `${world.relay.url}/support`);
    await mia.reads('Provide support');
    await mia.screen.press('link', 'Join');
    await mia.knocks(number);
    await ann.admits('Mia');
    await mia.reads('Ann de Vries helps you');
  });

  test.each(SOME[browser])(
    'IN8 in the %s: a bad address and a refused one are said, and what was typed stays',
    async (place) => {
      const { ann, page } = await started();
      const panel = await ann.opensInvite(place, page);
      for (const own of [true, false]) {
        for (const bad of ['', 'mia', 'mia@', 'mia@example', 'a@b.example, c@d.example']) {
          await byMail(panel, 'Customer', bad, own);
          await panel.reads('This is not an e-mail address');
          expect(await panel.value('E-mail address')).toBe(bad);
        }
      }
      await byMail(panel, 'Customer', 'refused@customer.example', false);
      await panel.reads('The mail server does not accept this address');
      expect(await panel.value('E-mail address')).toBe('refused@customer.example');
      expect(world.mail.received.some(({ to }) => to.some((one) => one.startsWith('refused')))).toBe(false);
      // What was typed stays when the kind of guest changes, too.
      await panel.press('radio', 'Support representative');
      expect(await panel.value('E-mail address')).toBe('refused@customer.example');
    },
  );

  test('IN8 a session that has ended invites nobody: said in the popup, and the dashboard has no Invite', async () => {
    const { ann, number } = await started();
    const bob = await world.agent('Bob Smit');
    const forBob = await ann.invites('Support representative');
    await ann.ends();
    for (const [entry, said] of [
      [number, 'No session can be joined with this number'],
      [forBob, 'This session has ended'],
    ] as const) {
      const popup = await bob.popup(await bob.works(world.site.url));
      await popup.fill('Session number', entry);
      await popup.press('button', 'Join');
      await popup.reads(said);
      expect((await popup.value('Session number')).replaceAll(' ', '')).toBe(entry);
    }
    expect(await (await ann.dashboard()).has('button', 'Invite')).toBe(false);
  });

  // Last: no mail goes out any more.
  test.each(SOME[browser])(
    'IN8 in the %s: a mail server that cannot be reached is said, and the own program still works',
    async (place) => {
      const { ann, page } = await started();
      await world.mail.close();
      const panel = await ann.opensInvite(place, page);
      await byMail(panel, 'Customer', 'mia@customer.example', false);
      await panel.reads('The mail server cannot be reached');
      expect(await panel.value('E-mail address')).toBe('mia@customer.example');
      const mails = await ann.keepsMails();
      const before = (await mails()).length;
      await panel.tick('Send using my own e-mail program', true);
      await panel.press('button', 'OK');
      expect(readMailto(await until('a message window', async () => (await mails())[before])).to).toBe(
        'mia@customer.example',
      );
    },
  );
});
