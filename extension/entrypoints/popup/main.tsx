import './popup.css';
import { effect, signal } from '@preact/signals';
import type { Send } from '../../../shared/session/view.ts';
import { openBridge } from '../../bridge/client.ts';
import { sendErrand } from '../../bridge/send-errand.ts';
import { hasLiveSession } from '../../bridge/snapshot.ts';
import { browser } from '../../browser.ts';
import { answersSoon, openPage, signInAgain } from '../../dashboard-tab.ts';
import { activeTab, injectBar } from '../../inject.ts';
import { draw } from '../../page.tsx';
import { languageOf, readSettings, writeSettings } from '../../settings.ts';
import { PopupView } from './popup-view.tsx';

const settings = await readSettings();
const { signIn } = settings;
const tab = await activeTab();
const bridge = openBridge({ type: 'hello' });
const email = signal(settings.email);
const entry = signal(settings.entry);
const mode = signal(settings.mode ?? signIn?.agent.modes[0] ?? 'multi');

// Opening the popup in any page while a session runs puts the bar there (ST4): once, as soon as we know of one.
let injected = false;
effect(() => {
  if (injected || tab === undefined || !hasLiveSession(bridge.snapshot.value)) return;
  injected = true;
  void injectBar(tab);
});

const send: Send = async (command) => {
  if (command.type !== 'start' && command.type !== 'assist') return bridge.send(command);
  const answer = await sendErrand({ command, ...(tab === undefined ? {} : { tab }) });
  if (answer.ok) {
    if (command.type === 'assist') await writeSettings({ entry: '' });
    window.close();
  }
  return answer;
};

async function goToDashboard(session: string | undefined): Promise<void> {
  if (await answersSoon(bridge)) {
    if (session !== undefined) await bridge.send({ type: 'select', session });
    bridge.tell({ type: 'show' });
  } else await openPage('dashboard.html');
  window.close();
}

await draw(languageOf(settings), () => (
  <PopupView
    account={signIn && { name: signIn.agent.name, site: new URL(signIn.relay).host }}
    snapshot={bridge.snapshot.value}
    modes={bridge.snapshot.value?.modes ?? signIn?.agent.modes ?? []}
    mode={mode.value}
    email={email.value}
    entry={entry.value}
    onEmail={(on) => {
      email.value = on;
      void writeSettings({ email: on });
    }}
    onMode={(chosen) => {
      mode.value = chosen;
      void writeSettings({ mode: chosen });
    }}
    onEntry={(text) => {
      entry.value = text;
      void writeSettings({ entry: text });
    }}
    send={send}
    onSignIn={() => void signInAgain().then(() => window.close())}
    onDashboard={(session) => void goToDashboard(session)}
    onSettings={() => void browser.runtime.openOptionsPage().then(() => window.close())}
  />
));
