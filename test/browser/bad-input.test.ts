import { describe, expect, test } from 'vitest';
import { SignInStarted } from '../../shared/protocol/relay-api.ts';
import { formatSessionNumber } from '../../shared/protocol/session-number.ts';
import type { Agent } from '../support/actors.ts';
import { BROWSERS } from '../support/browsers.ts';
import { callerOf } from '../support/forger.ts';
import { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const UNREACHABLE = 'http://127.0.0.1:1'; // no browser goes there, and nothing listens

describe.each(BROWSERS)('what people type, in %s', (browser) => {
  const world = useWorld(browser);

  /** Types `text` into `field`, presses `button`; `said` stands there, and what was typed still does. */
  async function refuses(screen: Screen, field: string, text: string, button: string, said: string): Promise<void> {
    await screen.fill(field, text);
    await screen.press('button', button);
    await screen.reads(said);
    expect((await screen.value(field)).trim()).toBe(text.trim());
  }

  /** The welcome page, signed out. */
  async function welcomes(agent: Agent): Promise<Screen> {
    const welcome = new Screen(await agent.browser.openExtensionPage('welcome.html'));
    await until('the welcome page', async () => (await welcome.text()).length > 40);
    if (await welcome.has('button', 'Sign out')) await welcome.press('button', 'Sign out');
    await welcome.reads('which support site do you work for');
    return welcome;
  }

  test('ST1 the site’s address: empty, not an address, not safe, nobody there, no support site', async () => {
    const kim = await world.agent('Kim Key');
    const welcome = await welcomes(kim);
    await refuses(welcome, 'Support site', '', 'Next', 'Type the address of your support site');
    for (const bad of [
      'not an address',
      'ftp://desk.example',
      'http://desk.example',
      'https://me:secret@desk.example',
      'https://',
    ])
      await refuses(welcome, 'Support site', bad, 'Next', 'That is not an address a support site can have');
    await refuses(welcome, 'Support site', UNREACHABLE, 'Next', 'The support site does not answer');
    await refuses(welcome, 'Support site', world.site.url, 'Next', 'There is no support site at this address');
    await welcome.fill('Support site', `  ${world.relay.url}/support  `); // pasted with more than the site
    await welcome.press('button', 'Next');
    await welcome.reads('Sign in with your e-mail address');
    for (const bad of ['', 'kim', 'kim@', 'kim@desk'])
      await refuses(welcome, 'E-mail address', bad, 'Send code', 'This is not an e-mail address');
  });

  test('ST1 the code: five tries, no other browser’s, and none for who is no agent', async () => {
    const kim = await world.agent('Kim Key');
    const welcome = await welcomes(kim);
    const toCode = async (email: string) => {
      await welcome.fill('Support site', world.relay.url);
      await welcome.press('button', 'Next');
      await welcome.fill('E-mail address', email);
      await welcome.press('button', 'Send code');
      await welcome.reads('Look at your mail');
    };
    await toCode('stranger@desk.example'); // reads the same as for an agent
    await refuses(welcome, 'Code', '000000', 'Sign in', 'That code is not right');
    await welcome.press('button', 'Back');
    await welcome.press('button', 'Back');

    await toCode(kim.email);
    const code = await world.relay.signInCode(kim.email);
    const other = await callerOf(world.relay).post(SignInStarted, '/sign-in', { email: kim.email, language: 'en' });
    expect(await callerOf(world.relay).refused('POST', '/sign-in/verify', { ...other, code, browser: 'other' })).toBe(
      'wrong-code',
    );
    for (const bad of ['', '12345', '1234567', 'abcdef'])
      await refuses(welcome, 'Code', bad, 'Sign in', 'The code has six digits');
    for (let tried = 1; tried <= 5; tried++) {
      const wrong = String((Number(code) + tried) % 1_000_000).padStart(6, '0');
      await welcome.readsNot('That code is not right');
      await refuses(welcome, 'Code', wrong, 'Sign in', 'That code is not right');
      await welcome.fill('Code', ''); // takes the sentence away
    }
    await refuses(welcome, 'Code', code, 'Sign in', 'This code no longer works');
    await welcome.press('button', 'Send a new one');
    await welcome.reads('A new code is on its way');
    const renewed = await world.relay.signInCode(kim.email, code);
    await welcome.fill('Code', ` ${renewed.slice(0, 3)} ${renewed.slice(3)} `);
    await welcome.press('button', 'Sign in');
    await welcome.reads('You are signed in, Kim Key');
  });

  test('ST1 revoked: the dashboard says so, and a new sign-in is all it takes', async () => {
    const kim = await world.agent('Rik Revoked');
    await kim.starts(await kim.works(world.site.url));
    const { token, device } = await kim.signedInAs();
    await callerOf(world.relay, token).do('/me/revoke', { device });
    const dashboard = await kim.dashboard();
    await dashboard.reads('You are signed out');
    await dashboard.press('button', 'Start session');
    await dashboard.reads('You are signed out. Please sign in again.');
    await dashboard.press('button', 'Sign in');
    const welcome = new Screen(await kim.browser.extensionPage('welcome.html'));
    await welcome.reads('which support site do you work for');
    expect(await welcome.value('Support site')).toBe(world.relay.url);
    await kim.signIn();
    const again = await kim.dashboard();
    await until('a dashboard that is signed in', async () => {
      const text = await again.text();
      return text.includes('No session is running') && !text.includes('You are signed out');
    });
    expect(await kim.starts(await kim.works(world.site.url))).toMatch(/^\d{10}$/);
  });

  test('ST6 JO4 the popup: a number that cannot be, or is of no session, is told there, and is there when it opens again', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    const popup = await ann.popup(page);
    await refuses(popup, 'Session number', '', 'Join', 'Type the session number first');
    await refuses(popup, 'Session number', '418 205', 'Join', 'Too few digits');
    await refuses(popup, 'Session number', '418 205 7731', 'Join', 'A digit is wrong');
    await refuses(
      popup,
      'Session number',
      'the session with Mia',
      'Join',
      'There is no session number or join link in this',
    );
    const nobodys = formatSessionNumber('0000000000');
    await refuses(popup, 'Session number', nobodys, 'Join', 'No session can be joined with this number');
    await refuses(popup, 'Session number', `${world.relay.url}/j/${'0'.repeat(32)}`, 'Join', 'no longer');
    await popup.fill('Session number', nobodys);
    const again = await ann.popup(await ann.works(world.site.url));
    await until('what was typed', async () => (await again.value('Session number')) === nobodys);
  });

  test('JO5 ST6 the site: a name and a number that cannot be are told beside their fields', async () => {
    const mia = await world.customer('Mia');
    const { screen } = mia;
    const number = formatSessionNumber('0000000000');
    await screen.fill('Session number', number);
    await refuses(screen, 'Your name', '   ', 'Join', 'Please write your name');
    await refuses(screen, 'Your name', 'M'.repeat(81), 'Join', 'This name is 1 character too long');
    await refuses(screen, 'Your name', 'Mia\u202egro.evil', 'Join', 'There are invisible characters in this name');
    await screen.fill('Your name', 'Mia');
    await refuses(screen, 'Session number', '', 'Join', 'Type the session number first');
    await refuses(screen, 'Session number', '12', 'Join', 'Too few digits');
    await refuses(screen, 'Session number', '418 205 7731', 'Join', 'A digit is wrong');
    await refuses(screen, 'Session number', 'mia@example.org', 'Join', 'A session number has digits only');
    await refuses(screen, 'Session number', number, 'Join', 'No session can be joined with this number');
    expect(await screen.value('Your name')).toBe('Mia');
    const lost = await world.customer('Lost', `${world.relay.url}/j/0123`);
    await lost.reads('This link is not complete');
  });

  test('SH3 a message that is too long stays in the field, and says by how much', async () => {
    const ann = await world.agent('Ann de Vries');
    await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', await ann.invites());
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    const long = `${'😀'.repeat(10_000)}ab`;
    for (const screen of [mia.screen, await ann.chat()]) {
      await screen.fill('Message', long);
      await screen.reads('2 characters too many');
      expect(await screen.value('Message')).toBe(long);
      await screen.fill('Message', long.slice(0, -2));
      await screen.readsNot('too many');
    }
    await mia.screen.press('button', 'Send');
    await ann.reads(long.slice(0, -2));
  });

  test('RE2 IN8 the relay is down: each place says so, keeps what was typed, and goes on by itself when it is back', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    await ann.starts(page);
    const link = await ann.invites();
    const mia = await world.customer('Mia', link);
    await mia.reads('Ann de Vries');
    const welcome = await welcomes(await world.agent('Kim Key'));
    await world.relay.kill('SIGKILL');

    await mia.joins();
    await mia.reads('does not answer right now');
    await refuses(welcome, 'Support site', world.relay.url, 'Next', 'The support site does not answer');
    const panel = await ann.opensInvite('bar', page);
    await panel.press('tab', 'E-mail');
    await refuses(panel, 'E-mail address', 'mia@customer.example', 'OK', 'The support site does not answer');
    const popup = await ann.popup(await ann.works(world.site.url));
    await popup.press('button', 'Start session');
    await popup.reads('The support site does not answer');
    await (await ann.dashboard()).reads('The server does not answer');

    await world.relay.restart();
    await mia.reads('Ann de Vries helps you');
    await (await ann.dashboard()).readsNot('The server does not answer');
    await mia.says('here I am');
    await ann.reads('here I am');
  });
});
