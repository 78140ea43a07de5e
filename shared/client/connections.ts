import { deleteDB } from 'idb';
import { createHub } from '../link/hub.ts';
import { idbStore } from '../link/idb-store.ts';
import { forgetIdentity, loadIdentity } from '../link/identity.ts';
import type { Hub } from '../link/link.ts';
import { openPageStore, type PageStore } from './page-store.ts';
import type { RelayClient } from './relay-client.ts';
import { createSigner } from './signer.ts';
import type { Signer } from './trust.ts';

export interface Connections {
  hub: Hub;
  signer: Signer;
  store: PageStore;
  /** With `forget`, what this place keeps in the browser (identity, keys, sessions) is deleted. May be called twice. */
  close(options?: { forget?: boolean }): Promise<void>;
}

/**
 * Identity, stores and hub of one place (an agent's browser, or a customer's seat), ready to link: the socket begins to
 * open at once, nobody is dialled before a session wants it. `ticker` is made by the page, whose Trusted Types policy
 * lets it.
 */
export async function openConnections(place: {
  relay: RelayClient;
  id: string;
  page: string;
  ticker: Worker;
}): Promise<Connections> {
  const { relay, id, page, ticker } = place;
  const storeName = `hulplijn-page-${id}`;
  const [identity, store] = await Promise.all([loadIdentity(id), openPageStore(storeName)]);
  const links = idbStore();
  const hub = createHub({
    id,
    page,
    identity,
    signalling: new URL(relay.origin),
    ticket: relay.ticket,
    ice: async () => (await relay.ice()).iceServers.map(withoutAbsent),
    ticker,
    store: links,
  });
  let closed = false;
  return {
    hub,
    store,
    signer: createSigner(identity),
    async close({ forget = false } = {}) {
      if (closed) return;
      closed = true;
      hub.close();
      const sessions = forget ? await store.sessions() : [];
      store.close();
      if (!forget) return;
      await Promise.all([...sessions.map((one) => links.forget(one.id)), deleteDB(storeName), forgetIdentity(id)]);
    },
  };
}

type Server = { urls: string[]; username?: string | undefined; credential?: string | undefined };

function withoutAbsent({ urls, username, credential }: Server): RTCIceServer {
  return { urls, ...(username === undefined ? {} : { username }), ...(credential === undefined ? {} : { credential }) };
}
