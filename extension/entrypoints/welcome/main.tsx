import './welcome.css';
import { signal } from '@preact/signals';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import { HulplijnError } from '../../../shared/protocol/errors.ts';
import { EmailAddress } from '../../../shared/protocol/relay-api.ts';
import { z } from '../../../shared/protocol/schema.ts';
import { answerOf } from '../../answer.ts';
import { browser } from '../../browser.ts';
import { draw } from '../../page.tsx';
import { relayAddress } from '../../relay-address.ts';
import { languageOf, readSettings, type SignIn, watchSettings, writeSettings } from '../../settings.ts';
import { browserName } from './browser-name.ts';
import { type WelcomeStep, WelcomeView } from './welcome-view.tsx';

const ANSWERS_WITHIN = 5000; // ms

const settings = await readSettings();
const language = languageOf(settings);
const shortcut = (await browser.commands.getAll()).find(({ name }) => name === '_execute_action')?.shortcut ?? '';

const inAs = ({ desk, relay, agent }: SignIn): WelcomeStep => ({
  at: 'in',
  desk,
  site: new URL(relay).host,
  name: agent.name,
});
const step = signal<WelcomeStep>(settings.signIn ? inAs(settings.signIn) : { at: 'site', site: settings.lastRelay });
let relay = new RelayClient('');
/** Ties the code to this browser; kept in this page alone. */
let asked = { request: '', secret: '' };

/** A site that is none of ours lets no other origin read it, which to a page looks like no answer at all. */
const somethingAnswers = (origin: string): Promise<boolean> =>
  fetch(origin, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWERS_WITHIN),
  }).then(
    () => true,
    () => false,
  );

const onSite = (typed: string) =>
  answerOf(async () => {
    const origin = relayAddress(typed);
    const found = new RelayClient(origin);
    const desk = await found.desk().catch(async (cause: unknown) => {
      const silent = cause instanceof HulplijnError && cause.code === 'relay-unreachable';
      throw silent && (await somethingAnswers(origin)) ? new HulplijnError('no-relay', { cause }) : cause;
    });
    relay = found;
    await writeSettings({ lastRelay: origin });
    step.value = { at: 'email', desk: desk.name, site: origin, email: '' };
  });

const onEmail = (typed: string) =>
  answerOf(async () => {
    const email = z.safeParse(EmailAddress, typed);
    if (!email.success) throw new HulplijnError('bad-address');
    const now = step.value;
    if (now.at !== 'email' && now.at !== 'code') return;
    asked = await relay.signIn(email.data, language);
    step.value = { ...now, at: 'code', email: email.data };
  });

const onCode = (typed: string) =>
  answerOf(async () => {
    const now = step.value;
    const code = typed.replace(/[\s-]/g, '');
    if (now.at !== 'code') return;
    if (!/^\d{6}$/.test(code)) throw new HulplijnError('wrong-code');
    const { token, device, agent } = await relay.verify(asked.request, asked.secret, code, browserName());
    const signIn: SignIn = { relay: relay.origin, desk: now.desk, token, device, agent };
    await writeSettings({ signIn });
    step.value = inAs(signIn);
  });

function onBack(): void {
  const now = step.value;
  if (now.at === 'code') step.value = { ...now, at: 'email' };
  else if (now.at === 'email') step.value = { at: 'site', site: now.site };
}

/** The relay is told where it can be reached; this browser forgets the token in any case. */
async function onSignOut(): Promise<void> {
  const { signIn } = await readSettings();
  await writeSettings({ signIn: undefined });
  step.value = { at: 'site', site: signIn?.relay ?? '' };
  if (signIn) await answerOf(() => new RelayClient(signIn.relay, signIn.token).signOut());
}

// Signed in or out in another page.
watchSettings(({ signIn, lastRelay }) => {
  if (signIn) step.value = inAs(signIn);
  else if (step.value.at === 'in') step.value = { at: 'site', site: lastRelay };
});
await draw(language, () => (
  <WelcomeView
    step={step.value}
    onSite={onSite}
    onEmail={onEmail}
    onCode={onCode}
    onBack={onBack}
    onSignOut={() => void onSignOut()}
    shortcut={shortcut}
  />
));
