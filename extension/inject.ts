import { browser } from './browser.ts';

/** The content script that holds the bar's frame. Running it where a bar stands already does nothing. */
const SCRIPT = '/bar.js';
const EVERYWHERE = { id: 'bar-everywhere', origins: ['*://*/*'] };

/** Puts the bar into the page of `tab`; false where none can be: browser pages, stores, PDF viewers, no `activeTab`. */
export async function injectBar(tab: number): Promise<boolean> {
  try {
    const results = await browser.scripting.executeScript({ target: { tabId: tab }, files: [SCRIPT] });
    return results.every((result) => !result.error);
  } catch {
    return false;
  }
}

/** The tab the person looks at; none where the window has no tabs. */
export async function activeTab(): Promise<number | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return tab?.id;
}

/** "Keep the bar on every page": asked of the browser in the press itself. Answers what is so afterwards. */
export async function keepBarEverywhere(on: boolean): Promise<boolean> {
  const origins = { origins: EVERYWHERE.origins };
  if (on) await browser.permissions.request(origins);
  else await browser.permissions.remove(origins);
  return syncBarEverywhere();
}

/** Brings the registered script in line with the permission, which the person may grant or withdraw anywhere. */
export async function syncBarEverywhere(): Promise<boolean> {
  const wanted = await browser.permissions.contains({ origins: EVERYWHERE.origins });
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [EVERYWHERE.id] });
  if (wanted && registered.length === 0) {
    await browser.scripting.registerContentScripts([
      {
        id: EVERYWHERE.id,
        matches: EVERYWHERE.origins,
        js: [SCRIPT],
        runAt: 'document_end',
        persistAcrossSessions: true,
      },
    ]);
  } else if (!wanted && registered.length > 0) {
    await browser.scripting.unregisterContentScripts({ ids: [EVERYWHERE.id] });
  }
  return wanted;
}
