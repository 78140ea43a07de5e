import { Door } from './door.ts';
import type { Identity } from './identity.ts';
import type { Hub } from './link.ts';
import { Signalling } from './peer-link.ts';
import { type DrivenLinks, sessionLinks } from './session-links.ts';
import type { LinkStore } from './store.ts';
import { TIMES } from './times.ts';

export interface HubOptions {
  id: string; // own participant id
  page: string; // this page load (protocol/ids.ts PageId)
  identity: Identity;
  signalling: URL; // the relay's http(s) origin
  /** A fresh ticket for `id`; rejects when the relay does not answer, and is asked again later. */
  ticket(): Promise<string>;
  ice(): Promise<RTCIceServer[]>;
  /** `new Worker(new URL('ticker.worker.ts', …))`, made by the page because a Trusted Types policy is its own. */
  ticker: Worker;
  store: LinkStore;
  onsignalling?(state: Hub['signalling']): void;
}

/**
 * The page's hub. Its socket begins to open at once, so that it can be ready before anybody presses Join; it dials
 * nobody before a session wants a link.
 */
export function createHub(options: HubOptions): Hub {
  const sessions = new Map<string, DrivenLinks>();
  const door = new Door();
  let expecting = false;
  const each = (act: Parameters<DrivenLinks['each']>[0]) => {
    for (const links of [...sessions.values()]) links.each(act);
  };

  const signalling = new Signalling(
    {
      id: options.id,
      relay: options.signalling,
      certificate: options.identity.certificate,
      ticket: () => options.ticket(),
      ice: () => options.ice(),
    },
    {
      state: (state) => options.onsignalling?.(state),
      // Whoever comes back dials at once: the other may have been told that we are absent.
      open: () => each((pair) => pair.news()),
      lost: () => each((pair) => pair.signallingLost()),
      incoming: (wire) => {
        const links = sessions.get(wire.session);
        if (links?.incoming(wire)) return;
        if (expecting || sessions.size > 0) door.wait(wire, Date.now());
        else wire.close();
      },
      absent: (peer) => {
        for (const links of sessions.values()) links.pair(peer)?.absent();
      },
    },
  );

  let last = Date.now();
  const tick = () => {
    const now = Date.now();
    const gap = now - last;
    last = now;
    if (gap > TIMES.slept) {
      each((pair) => pair.slept(gap));
      signalling.refresh(now);
    }
    signalling.tick(now);
    door.clear(now);
    each((pair) => pair.tick(now));
  };
  // To be told at once beats to be found silent.
  const hide = () => {
    signalling.suspend(true);
    door.clear();
    each((pair) => pair.hangUp(true));
  };
  const show = (event: PageTransitionEvent) => event.persisted && signalling.suspend(false);
  const online = () => signalling.refresh(Date.now());

  options.ticker.addEventListener('message', tick);
  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  addEventListener('online', online);
  tick();

  return {
    get signalling() {
      return signalling.state;
    },
    session(session, events) {
      if (sessions.has(session)) throw new Error('this session has its links already');
      const links = sessionLinks(session, events, {
        ...options,
        early: (peer) => door.take(session, peer),
        dial: (peer, id, then) => signalling.dial(peer, id, then),
        doubt: () => signalling.refresh(Date.now()),
        configuration: () => signalling.configuration,
        closed: () => sessions.delete(session),
      });
      sessions.set(session, links);
      return links;
    },
    expect() {
      expecting = true;
    },
    letIn: (iceServers) => signalling.letIn(iceServers),
    close() {
      options.ticker.removeEventListener('message', tick);
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', show);
      removeEventListener('online', online);
      door.clear();
      each((pair) => pair.hangUp(false));
      signalling.close();
    },
  };
}
