import './options.css';
import { signal } from '@preact/signals';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import { HulplijnError } from '../../../shared/protocol/errors.ts';
import { answerOf } from '../../answer.ts';
import { openPage } from '../../dashboard-tab.ts';
import { keepBarEverywhere, syncBarEverywhere } from '../../inject.ts';
import { askToNotify, mayNotify } from '../../notify.ts';
import { draw } from '../../page.tsx';
import { refreshAgent } from '../../refresh-agent.ts';
import { languageOf, readSettings, watchSettings, writeSettings } from '../../settings.ts';
import { type OptionsProps, OptionsView } from './options-view.tsx';

const settings = signal(await readSettings());
const everyPage = signal(await syncBarEverywhere());
const devices = signal<OptionsProps['devices']>({ is: 'loading' });

const relay = (): RelayClient => {
  const { signIn } = settings.peek();
  if (!signIn) throw new HulplijnError('signed-out');
  return new RelayClient(signIn.relay, signIn.token);
};

async function loadDevices(): Promise<void> {
  try {
    const me = await refreshAgent();
    if (!me) throw new HulplijnError('signed-out');
    devices.value = { is: 'here', list: me.devices };
  } catch (cause) {
    devices.value = { is: 'refused', error: cause instanceof HulplijnError ? cause.code : 'server-error' };
  }
}

const onRevoke = (device: string) =>
  answerOf(async () => {
    await relay().revoke(device);
    await loadDevices();
  });

/** This browser forgets the token in any case; a relay that could not be told is said. */
const onSignOut = () =>
  answerOf(async () => {
    const leaving = relay();
    await writeSettings({ signIn: undefined });
    await leaving.signOut();
  });

const content = () => {
  const { signIn, language, sound, notify } = settings.value;
  return (
    <OptionsView
      account={signIn && { name: signIn.agent.name, email: signIn.agent.email, site: new URL(signIn.relay).host }}
      language={language}
      onLanguage={(choice) => void writeSettings({ language: choice })}
      everyPage={everyPage.value}
      onEveryPage={async (on) => {
        everyPage.value = await keepBarEverywhere(on);
        return everyPage.value;
      }}
      sound={sound}
      onSound={(on) => void writeSettings({ sound: on })}
      notify={notify && mayNotify()}
      onNotify={async (on) => {
        const so = on && (await askToNotify());
        await writeSettings({ notify: so });
        return so;
      }}
      devices={devices.value}
      onRevoke={onRevoke}
      onSignOut={onSignOut}
      onSignIn={() => void openPage('welcome.html')}
      onAdministration={signIn?.agent.administers ? () => void openPage('administration.html') : undefined}
    />
  );
};

watchSettings((now) => {
  const before = settings.peek();
  settings.value = now;
  if (languageOf(before) !== languageOf(now)) void draw(languageOf(now), content);
  if (before.signIn?.token !== now.signIn?.token) void loadDevices();
});
await draw(languageOf(settings.value), content);
if (settings.value.signIn) await loadDevices();
