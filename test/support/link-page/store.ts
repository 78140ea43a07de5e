/** The store's checks against IndexedDB, in the browser it is for. */
import { idbStore } from '../../../shared/link/idb-store.ts';
import { STORE_CHECKS } from '../store-checks.ts';

declare global {
  interface Window {
    /** `undefined` when the check holds, else what it found. */
    check: ((title: string) => Promise<string | undefined>) | undefined;
  }
}

const store = idbStore('checks');
window.check = async (title) => {
  try {
    await STORE_CHECKS[title]?.(store, crypto.randomUUID());
    return undefined;
  } catch (error) {
    return String(error);
  }
};
