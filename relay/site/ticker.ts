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

/** The link's clock, a worker; the one script address that the page's Trusted Types policy lets through. */
export function startTicker(): Worker {
  const rules: ScriptUrlPolicy = {
    createScriptURL(url) {
      if (url !== tickerUrl) throw new TypeError('not a script of this page');
      return url;
    },
  };
  const policy = window.trustedTypes?.createPolicy('hulplijn', rules) ?? rules;
  return new Worker(policy.createScriptURL(tickerUrl), { type: 'module' });
}
