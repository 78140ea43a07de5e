import './dashboard.css';
import { openBridge } from '../../bridge/client.ts';
import { browser } from '../../browser.ts';
import { draw } from '../../page.tsx';
import { languageOf, type Settings } from '../../settings.ts';
import { ElsewhereView } from './dashboard-view.tsx';
import { FailedView } from './failed-view.tsx';
import { type DeskLock, takeLock } from './lock.ts';
import { runDashboard, signedInSettings } from './run.tsx';

const RELOAD = 500; // ms: a reloaded dashboard finds the lock of its own former page still being let go
const LET_GO = 3000; // ms the other dashboard has to let go when asked

/** This page is the dashboard, until it closes or another one is to be it. */
async function hold(lock: DeskLock): Promise<void> {
  const found = await signedInSettings();
  if (!found) {
    lock.release();
    return;
  }
  const letGo = (): void => {
    removeEventListener('pagehide', end);
    end();
    lock.release();
    void elsewhere();
  };
  let end: () => void;
  try {
    end = await runDashboard(found.settings, found.signIn, letGo);
  } catch (cause) {
    lock.release(); // another tab may fare better
    await failed(found.settings, cause);
    return;
  }
  addEventListener('pagehide', end);
  void lock.stolen.then(letGo);
}

/** Says so, instead of a blank page; the cause is for whoever opens the console. */
async function failed(settings: Settings, cause: unknown): Promise<void> {
  reportError(cause);
  await draw(languageOf(settings), () => <FailedView onAgain={() => location.reload()} />);
}

/** Another tab is the dashboard: offers to go there, or to be it from now on. */
async function elsewhere(): Promise<void> {
  const found = await signedInSettings();
  if (!found) return;
  const goThere = async (): Promise<void> => {
    const bridge = openBridge({ type: 'hello' });
    bridge.tell({ type: 'show' });
    const own = await browser.tabs.getCurrent();
    bridge.presence.subscribe(({ is }) => {
      if (is === 'here' && own?.id !== undefined) setTimeout(() => void browser.tabs.remove(own.id ?? -1));
    });
  };
  const useHere = async (): Promise<void> => {
    const bridge = openBridge({ type: 'hello' });
    bridge.tell({ type: 'let go' });
    const lock = (await takeLock({ within: LET_GO })) ?? (await takeLock('steal'));
    bridge.close();
    if (lock) await hold(lock);
  };
  await draw(languageOf(found.settings), () => (
    <ElsewhereView onGoThere={() => void goThere()} onUseHere={() => void useHere()} />
  ));
}

const lock = await takeLock({ within: RELOAD });
await (lock ? hold(lock) : elsewhere());
