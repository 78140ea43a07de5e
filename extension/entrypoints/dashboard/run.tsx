import { effect, signal } from '@preact/signals';
import { loadT } from '../../../shared/locales/load.ts';
import { serveBarHosts } from '../../bridge/bar-hosts.ts';
import { serveBridge } from '../../bridge/server.ts';
import { hasLiveSession } from '../../bridge/snapshot.ts';
import type { Press } from '../../bridge/wire.ts';
import { browser } from '../../browser.ts';
import { bringForward, openPage, signInAgain } from '../../dashboard-tab.ts';
import { draw } from '../../page.tsx';
import { refreshAgent } from '../../refresh-agent.ts';
import { languageOf, readSettings, type Settings, type SignIn, watchSettings, writeSettings } from '../../settings.ts';
import { barsReturn } from './bars-return.ts';
import { DashboardView } from './dashboard-view.tsx';
import { openDesk } from './desk.ts';
import { keepSelected, keptTab } from './kept-tab.ts';
import { stayAlive } from './stay-alive.ts';
import { tellNews } from './tell-news.ts';

/** Runs the dashboard in this page, which holds the lock. Returns what ends it: links closed, ports closed. */
export async function runDashboard(first: Settings, signIn: SignIn, letGo: () => void): Promise<() => void> {
  const settings = signal(first);
  const tab = keptTab();
  const noBar = signal(false);
  /** What the bar asked for, and the tab it was asked in. */
  const press = signal<(Press & { from: number | undefined }) | undefined>(undefined);
  const desk = await openDesk(signIn, () => (settings.value.signIn ?? signIn).agent.modes);
  const unreadable = signal(desk.unreadable > 0);
  const forgetSelected = await keepSelected(desk);
  const live = (): boolean => hasLiveSession(desk.snapshot.peek());
  const set = (change: Partial<Settings>): void => {
    settings.value = { ...settings.value, ...change };
    void writeSettings(change);
  };
  const mail = (url: string): void => void browser.tabs.create({ url });

  let ended = false;
  function end(): void {
    if (ended) return;
    ended = true;
    for (const one of undo) one();
  }

  const bars = barsReturn(live);
  const hosts = serveBarHosts({
    wanted: live,
    place: () => settings.peek().barPlace,
    moved: (barPlace) => set({ barPlace }),
    lost: bars.lost,
  });
  const undo = [
    serveBridge({
      snapshot: desk.snapshot,
      send: desk.send,
      hosts,
      look: () => ({ language: languageOf(settings.peek()), collapsed: settings.peek().barCollapsed }),
      show({ notice, press: asked, from }) {
        if (notice === 'no-bar') noBar.value = true;
        if (asked) {
          press.value = { ...asked, from };
          void desk.send({ type: 'select', session: asked.session });
        }
        void bringForward();
      },
      mail,
      collapse: (barCollapsed) => set({ barCollapsed }),
      letGo,
    }),
    hosts.close,
    bars.close,
    effect(() => {
      if (!hasLiveSession(desk.snapshot.value)) hosts.dismiss();
    }),
    watchSettings((now) => {
      settings.value = now;
      if (!now.signIn || now.signIn.token === signIn.token) return;
      // Somebody signed in anew: so this page begins anew, and without the warning that it is closed.
      end();
      location.reload();
    }),
    stayAlive(desk.snapshot),
    tellNews(desk.snapshot, {
      settings: settings.peek.bind(settings),
      words: () => loadT(languageOf(settings.peek())),
      open(session) {
        void desk.send({ type: 'select', session });
        void bringForward();
      },
    }),
    forgetSelected,
    desk.close,
  ];

  const content = () => (
    <DashboardView
      snapshot={desk.snapshot.value}
      send={desk.send}
      media={desk.media}
      recordings={desk.recordings}
      press={press.value}
      onPressed={(back) => {
        const tab = back ? press.peek()?.from : undefined;
        press.value = undefined;
        if (tab !== undefined) void browser.tabs.update(tab, { active: true }).catch(() => undefined); // closed since
      }}
      email={settings.value.email}
      onEmail={(email) => set({ email })}
      mode={settings.value.mode ?? signIn.agent.modes[0] ?? 'multi'}
      onMode={(mode) => set({ mode })}
      tab={tab.value}
      onTab={(now) => {
        tab.value = now;
      }}
      noBar={noBar.value}
      onNoBarSeen={() => {
        noBar.value = false;
      }}
      unreadable={unreadable.value}
      onUnreadableSeen={() => {
        unreadable.value = false;
      }}
      onMailto={mail}
      onSignIn={() => void signInAgain()}
      onSettings={() => void browser.runtime.openOptionsPage()}
      onAdministration={
        settings.value.signIn?.agent.administers ? () => void openPage('administration.html') : undefined
      }
    />
  );
  let language = languageOf(first);
  undo.push(
    effect(() => {
      const now = languageOf(settings.value);
      if (now === language) return;
      language = now;
      void draw(now, content);
    }),
  );
  await draw(language, content);
  void refreshAgent().catch(() => undefined); // a relay that does not answer is said elsewhere

  return end;
}

/** Settings as they are now, or undefined after sending an agent who is not signed in to do so. */
export async function signedInSettings(): Promise<{ settings: Settings; signIn: SignIn } | undefined> {
  const settings = await readSettings();
  if (settings.signIn) return { settings, signIn: settings.signIn };
  location.replace('/welcome.html');
  return undefined;
}
