import fileUrl from '../../shared/files/file.worker.ts?worker&url';
import tickerUrl from '../../shared/link/ticker.worker.ts?worker&url';

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: 'hulplijn', rules: ScriptUrlPolicy): ScriptUrlPolicy;
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes; // not in every browser, nor in TypeScript's DOM
  }
}

const rules: ScriptUrlPolicy = {
  createScriptURL(url) {
    if (url !== tickerUrl && url !== fileUrl) throw new TypeError('not a script of this page');
    return url;
  },
};
let policy: ScriptUrlPolicy | undefined;

/** The two script addresses that the page's Trusted Types policy lets through. */
function start(url: string): Worker {
  policy ??= window.trustedTypes?.createPolicy('hulplijn', rules) ?? rules;
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}

/** The link's clock. */
export const startTicker = (): Worker => start(tickerUrl);
/** What moves files. */
export const startFileWorker = (): Worker => start(fileUrl);
