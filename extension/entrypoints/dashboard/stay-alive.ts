import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Snapshot } from '../../../shared/session/view.ts';
import { hasLiveSession } from '../../bridge/snapshot.ts';
import { browser } from '../../browser.ts';

/**
 * While sessions live: the browser warns before this page goes (ST5), never discards it, and an update of the extension
 * waits. Returns the undo.
 */
export function stayAlive(snapshot: ReadonlySignal<Snapshot>): () => void {
  const updateWaits = signal(false);
  const warn = (event: BeforeUnloadEvent): void => {
    if (hasLiveSession(snapshot.peek())) event.preventDefault();
  };
  const updateAvailable = (): void => {
    updateWaits.value = true;
  };
  void browser.tabs.getCurrent().then((tab) => {
    const keep: { autoDiscardable: boolean } = { autoDiscardable: false };
    // Not offered by every Firefox: it refuses a property it does not know.
    if (tab?.id !== undefined) browser.tabs.update(tab.id, keep).catch(() => undefined);
  });
  addEventListener('beforeunload', warn);
  browser.runtime.onUpdateAvailable.addListener(updateAvailable);
  const stop = effect(() => {
    if (updateWaits.value && !hasLiveSession(snapshot.value)) browser.runtime.reload();
  });
  return () => {
    stop();
    removeEventListener('beforeunload', warn);
    browser.runtime.onUpdateAvailable.removeListener(updateAvailable);
  };
}
