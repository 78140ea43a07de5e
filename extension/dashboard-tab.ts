import { type Bridge, openBridge } from './bridge/client.ts';
import { browser, pageUrl } from './browser.ts';
import { writeSettings } from './settings.ts';

const FOUND_AFTER = 400; // ms a dashboard that is there has to answer; one too many shows "open in another tab"
const LOADED_AFTER = 15_000; // ms a new one has

/** Waits until the dashboard answers; false after `ms`. */
function here(bridge: Bridge, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(false), ms);
    const undo = bridge.presence.subscribe((presence) => {
      if (presence.is === 'here') done(true);
    });
    function done(found: boolean): void {
      clearTimeout(timer);
      queueMicrotask(() => undo());
      resolve(found);
    }
  });
}

/** Whether there is a dashboard at its other end. */
export function answersSoon(bridge: Bridge): Promise<boolean> {
  return here(bridge, FOUND_AFTER);
}

/**
 * A bridge to the dashboard; where there is none yet, its tab is opened without stealing focus (ST4).
 * The caller closes it. Undefined when the dashboard did not come up.
 */
export async function reachDashboard(): Promise<Bridge | undefined> {
  const bridge = openBridge({ type: 'hello' });
  if (await answersSoon(bridge)) return bridge;
  await browser.tabs.create({ url: pageUrl('dashboard.html'), active: false });
  if (await here(bridge, LOADED_AFTER)) return bridge;
  bridge.close();
  return undefined;
}

/** Brings a tab of ours forward, with its window. */
export async function bringForward(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id === undefined) return;
  await browser.tabs.update(tab.id, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}

/** Opens a page of ours in a tab in front. */
export async function openPage(
  page: 'dashboard.html' | 'welcome.html' | 'options.html' | 'administration.html',
): Promise<void> {
  await browser.tabs.create({ url: pageUrl(page) });
}

/** To the welcome page for a new sign-in; one that was revoked is forgotten, or that page would say all is well. */
export async function signInAgain(): Promise<void> {
  await writeSettings({ signIn: undefined });
  await openPage('welcome.html');
}
