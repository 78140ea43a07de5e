/// <reference types="vite/client" />
import { openConnections } from '../../../shared/client/connections.ts';
import { createPageClient, type PageClient } from '../../../shared/client/page-client.ts';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import tickerUrl from '../../../shared/link/ticker.worker.ts?worker&url';
import { hex } from '../../../shared/protocol/ids.ts';

// The primary's half of a session, in a page with no screen: what the site's tests talk to.

declare global {
  interface Window {
    agent: PageClient;
  }
}

const asked = new URLSearchParams(location.search);
const of = (name: string) => asked.get(name) ?? '';
const relay = new RelayClient(of('relay'), of('token'));
const place = { relay, id: of('device'), page: hex(crypto.getRandomValues(new Uint8Array(16))) };
const connections = await openConnections({ ...place, ticker: new Worker(tickerUrl, { type: 'module' }) });
window.agent = await createPageClient({
  fileWorker: () => {
    throw new Error('moves no files');
  },
  ...place,
  ...connections,
  me: of('name'),
  desk: await relay.desk(),
  modes: ['multi', 'single'],
});
document.documentElement.dataset.ready = 'yes';
