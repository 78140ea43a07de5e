import { deleteDB } from 'idb';
import { createHub } from '../link/hub.ts';
import { idbStore } from '../link/idb-store.ts';
import { forgetIdentity, loadIdentity } from '../link/identity.ts';
import type { Hub } from '../link/link.ts';
import { warmUp } from '../link/warm.ts';
import type { Ice } from '../protocol/relay-api.ts';
import { forgetOld } from './forget-old.ts';
import { openPageStore, type PageStore } from './page-store.ts';
import { forgetReceived, receivingPlaces } from './received-files.ts';
import type { RelayClient } from './relay-client.ts';
import { createSigner } from './signer.ts';
import type { Signer } from './trust.ts';

export interface Connections {
  hub: Hub;
  signer: Signer;
  store: PageStore;
  /** How many sessions were kept that this version cannot read: they are lost. */
  unreadable: number;
  /** May be called twice. */
  close(options?: Closing): Promise<void>;
}

export interface Closing {
  /** What this place keeps in the browser (identity, keys, sessions) is deleted. */
  forget?: boolean;
  /** But not the files it has received: the page still offers to save them. They go with `forgetPlace`. */
  butReceived?: boolean;
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
  const [identity, store] = await Promise.all([loadIdentity(id), openPageStore(storeName(id))]);
  const links = idbStore();
  const unreadable = await forgetOld(id, store, links);
  const letGo = warmUp(identity.certificate);
  const hub = createHub({
    id,
    page,
    identity,
    signalling: new URL(relay.origin),
    ticket: relay.ticket,
    ice: async () => rtcServers(await relay.ice()),
    ticker,
    store: links,
  });
  let closed = false;
  return {
    hub,
    store,
    unreadable,
    signer: createSigner(identity),
    async close({ forget = false, butReceived = false } = {}) {
      if (closed) return;
      closed = true;
      letGo();
      hub.close();
      store.close();
      if (forget) await forgetPlace(id, { butReceived });
    },
  };
}

const storeName = (id: string) => `hulplijn-page-${id}`;

/** Deletes what a place kept in this browser; for one that no page holds any more. */
export async function forgetPlace(id: string, { butReceived = false } = {}): Promise<void> {
  const store = await openPageStore(storeName(id));
  const links = idbStore();
  await Promise.all((await store.ids()).map((one) => links.forget(one)));
  if (!butReceived) await forgetReceived(id);
  store.close();
  await Promise.all([deleteDB(storeName(id)), forgetIdentity(id)]);
}

/** The ids of all places that have kept something in this browser. */
export async function keptPlaces(): Promise<string[]> {
  const prefix = storeName('');
  const names = (await indexedDB.databases()).map(({ name = '' }) => name);
  const ids = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return [...new Set([...ids, ...(await receivingPlaces())])];
}

/** As browsers take them: what is absent is left out. */
export function rtcServers({ iceServers }: Ice): RTCIceServer[] {
  return iceServers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}
