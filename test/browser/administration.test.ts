import { expect, test } from 'vitest';
import type { Agent } from '../support/actors.ts';
import { launchWithExtension } from '../support/browsers.ts';
import { builtExtension } from '../support/builds.ts';
import { savesText } from '../support/file-work.ts';
import { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld('chromium');

/** The administration screen as it is now, opened from the dashboard as an administrator does. */
async function administers(agent: Agent): Promise<Screen> {
  const isOpen = (await agent.browser.countPages('administration.html')) > 0;
  if (!isOpen) {
    if ((await agent.browser.countPages('dashboard.html')) === 0) await agent.opensSecondDashboard();
    await (await agent.looksAtDashboard()).press('button', 'Administration');
  }
  const page = await agent.browser.extensionPage('administration.html');
  await page.bringToFront();
  if (isOpen) await page.reload();
  const screen = new Screen(page);
  await screen.press('tab', 'Agents');
  await screen.reads('Agents of this site');
  return screen;
}

test('PA1 ST1 an agent is invited by mail, signs in with it, is given rights and a queue; the log says by whom and when, also as a file; a test mail comes', async () => {
  const ann = await world.agent('Ann'); // the first: she administers
  const began = Date.now();
  const screen = await administers(ann);
  const email = 'kim@desk.example';
  await screen.fill('Name', 'Kim');
  await screen.press('button', 'Invite by e-mail');
  await screen.reads('This is not an e-mail address');
  await screen.fill('E-mail address', email);
  await screen.press('button', 'Invite by e-mail');
  await screen.reads(`${email} was sent an invitation`);
  const { text } = await world.relay.mailTo(email);
  const site = /https?:\/\/\S+/.exec(text)?.[0] ?? '';

  const browser = await launchWithExtension('chromium', builtExtension('chromium'));
  try {
    const welcome = new Screen(await browser.openExtensionPage('welcome.html'));
    await welcome.fill('Support site', site);
    await welcome.press('button', 'Next');
    await welcome.fill('E-mail address', email);
    await welcome.press('button', 'Send code');
    await welcome.fill('Code', await world.relay.signInCode(email));
    await welcome.press('button', 'Sign in');
    await welcome.reads('Kim');
    const options = await browser.openExtensionPage('options.html');
    const hers = new Screen(options);
    await hers.reads('this browser');
    expect(await hers.has('button', 'Administration')).toBe(false);

    await screen.press('button', 'Change Kim');
    await screen.fill('Customers at once', '500');
    await screen.press('button', 'Save');
    await screen.reads('From 1 to 100');
    await screen.fill('Customers at once', '3');
    await screen.tick('May administer this site', true);
    await world.relay.agent('set', email, 'modes=single'); // somebody else, meanwhile: it stays
    await screen.press('button', 'Save');
    await screen.reads('3 customers at once');
    expect((await world.relay.agent('list')).out).toMatch(new RegExp(`${email}.*modes=single`));
    await options.reload();
    await hers.press('button', 'Administration');
    const theirs = new Screen(await browser.extensionPage('administration.html'));
    await theirs.reads('Agents of this site');

    await theirs.press('tab', 'Queues');
    await theirs.fill('Name in English', 'Printers');
    await theirs.fill('Name in Dutch', 'Afdrukken');
    await theirs.press('button', 'Add queue');
    await theirs.press('button', 'Change Printers');
    await theirs.tick('Kim', true);
    await theirs.press('button', 'Save');
    await theirs.reads('1 agent');
    expect((await world.relay.queue('list')).out).toContain(`en=Printers\tnl=Afdrukken\tmembers=${email}`);
    await theirs.press('tab', 'Agents');
    await theirs.reads('Queues: Printers');
    await theirs.press('button', 'Change Kim');
    await theirs.tick('Printers', false);
    await theirs.press('button', 'Save');
    await until('an empty queue', async () => (await world.relay.queue('list')).out.endsWith('members=\n'));
  } finally {
    await browser.close();
  }

  await screen.press('tab', 'Log');
  await screen.reads(`Kim <${email}> changed the queue Printers`);
  await screen.reads(`changed the agent ${email}`);
  await screen.reads(/Customers at once: not set → 3/);
  const when = `JSON.stringify([...document.querySelectorAll('li time')].map((one) => [one.dateTime, one.innerText]))`;
  const times: [string, string][] = JSON.parse(String(await screen.evaluate(when)));
  expect(times.length).toBeGreaterThan(3);
  for (const [at, shown] of times) {
    expect(Date.parse(at)).toBeGreaterThanOrEqual(began);
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
    expect(shown).toMatch(/\b20\d\d\b.*\d:\d\d/);
  }
  const csv = await savesText(screen, 'Save as CSV');
  expect(csv.as).toBe('hulplijn-log.csv');
  expect(csv.text.split('\r\n').find((line) => line.includes('queue changed'))).toContain('Printers');
  for (const [at] of times) expect(csv.text).toContain(at);

  await screen.press('tab', 'Mail');
  await screen.press('button', 'Send a test mail');
  await screen.reads(`The e-mail to ${ann.email} is in the outbox`);
  await world.relay.mailTo(ann.email, ({ subject }) => subject.includes('test of the mail settings'));
});

test('EN3 PA1 an agent is removed in a live session: the assistant may take over at once', async () => {
  const ann = await world.agent('Ann');
  const [bob, cas] = [await world.agent('Bob'), await world.agent('Cas')];
  await bob.starts(await bob.works(world.site.url));
  const mia = await world.customer('Mia', await bob.invites());
  await mia.joins();
  await mia.reads('Bob helps you');
  await cas.assists(await cas.works(world.site.url), await bob.invites('Support representative'));
  await mia.reads('Cas joined');

  const screen = await administers(ann);
  await screen.press('button', 'Remove Bob');
  await screen.reads('Remove Bob?');
  await screen.press('button', 'Remove');
  await screen.readsNot(bob.email);
  // 60 s is how long another primary may be away: nobody here waits for that.
  const dashboard = await cas.looksAtDashboard();
  await dashboard.press('button', 'Ask to take control');
  await mia.screen.press('button', 'Yes, go on');
  await mia.reads('Cas has taken over: Mia agreed');
  await mia.reads('Cas helps you');
  await cas.says('I go on from here');
  await mia.reads('I go on from here');
  await (await bob.dashboard()).reads('You were removed from this session');
  await dashboard.press('tab', 'Participants');
  expect(await dashboard.text()).not.toContain('Bob');
  await cas.ends();
  await mia.reads('Cas ended the session');
});

test('PA1 ST3 limits and modes change and count at once, beyond its range one is refused; the desk’s name is what customers read', async () => {
  const ann = await world.agent('Ann');
  const number = await ann.starts(await ann.works(world.site.url));
  const screen = await administers(ann);
  await screen.press('tab', 'Limits');
  await screen.fill('Participants of a session', '9');
  await screen.press('button', 'Save');
  const wrong = `document.querySelectorAll('[aria-invalid=true]').length`;
  await until('the field to be refused', async () => (await screen.evaluate(wrong)) === 1);
  await screen.fill('Participants of a session', '2');
  await screen.fill('Customers of one agent at once', '1');
  await screen.press('button', 'Save');
  await screen.reads('It counts from now on');
  await screen.press('tab', 'Desk');
  await screen.fill('Name of the desk', 'Acme Support');
  await screen.press('button', 'Save');
  await screen.reads('It counts from now on');

  const mia = await world.customer('Mia', await ann.invites());
  await mia.reads('Acme Support');
  await mia.joins();
  await mia.reads('Ann helps you');
  const cas = await world.agent('Cas');
  const page = await cas.works(world.site.url);
  const popup = await cas.popup(page);
  await popup.fill('Session number', number);
  await popup.press('button', 'Join');
  await popup.reads('No more people fit in');
  const lou = await world.customer('Lou', await ann.invites()); // would have a session of her own
  await lou.joins();
  await lou.reads('how many customers an agent may help at once, is set by the site’s administrator');
  await ann.ends();

  const after = await administers(ann);
  await after.press('tab', 'Desk');
  await after.fill('Languages customers are shown', 'nl');
  await after.fill('Sessions agents may start', 'single');
  await after.press('button', 'Save');
  await after.reads('It counts from now on');
  const piet = await world.customer('Piet');
  await piet.reads('Ondersteuning bieden');
  expect(await piet.screen.has('button', 'English')).toBe(false);
  const again = await ann.popup(await ann.works(world.site.url));
  await again.press('button', 'Start session'); // as it was until now: one of several
  await again.reads('This kind of session may not be led by this support representative');
  await until('no choice any more', async () => !(await again.has('field', 'Mode')));
  await again.press('button', 'Start session');
  await (await ann.dashboard()).reads('Invite your customer on the Tools tab');
});
