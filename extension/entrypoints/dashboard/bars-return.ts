import { browser } from '../../browser.ts';
import { injectBar } from '../../inject.ts';

/**
 * A page with a bar went: when its tab has loaded the next one, the bar is put there too, as far as `activeTab` reaches
 * (the same site) or the agent asked for every page.
 */
export function barsReturn(wanted: () => boolean): { lost(tab: number): void; close(): void } {
  const tabs = new Set<number>();
  const updated = (tab: number, { status }: { status?: string }): void => {
    if (status !== 'complete' || !tabs.delete(tab) || !wanted()) return;
    void injectBar(tab);
  };
  const removed = (tab: number): void => void tabs.delete(tab);
  browser.tabs.onUpdated.addListener(updated);
  browser.tabs.onRemoved.addListener(removed);
  return {
    lost: (tab) => void tabs.add(tab),
    close: () => {
      browser.tabs.onUpdated.removeListener(updated);
      browser.tabs.onRemoved.removeListener(removed);
    },
  };
}
