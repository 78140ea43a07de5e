import { z } from '../../shared/protocol/schema.ts';
import { browser, type Port, pageUrl, type Sender } from '../browser.ts';
import type { BarPlace } from '../settings.ts';
import { FromHost, HOST_PORT, type ToHost } from './wire.ts';

interface Host {
  port: Port;
  tab: number;
  nonce: string | undefined;
  close: Set<() => void>; // the ports of the frames it vouched for
}

export interface BarHosts {
  /** Whether `sender` is the framed page whose nonce a living content script of the same tab said. */
  vouchFor(sender: Sender | undefined, nonce: string, close: () => void): boolean;
  /** No session any more: every bar goes. */
  dismiss(): void;
  close(): void;
}

/** The content scripts that hold a bar's frame, as the dashboard knows them: they vouch for frames, and keep the place. */
export function serveBarHosts(parts: {
  wanted(): boolean; // is there a session to show
  place(): BarPlace;
  moved(place: BarPlace): void;
  lost(tab: number): void; // that page went; the tab may show another one soon
}): BarHosts {
  const hosts = new Set<Host>();
  const post = (host: Host, message: ToHost): void => host.port.postMessage(message);

  const drop = (host: Host): void => {
    if (!hosts.delete(host)) return;
    for (const close of host.close) close();
  };
  const receive = (host: Host, data: unknown): void => {
    const parsed = z.safeParse(FromHost, data);
    if (!parsed.success) return;
    if ('place' in parsed.data) parts.moved(parsed.data.place);
    else if (parts.wanted()) {
      host.nonce = parsed.data.nonce;
      post(host, { place: parts.place() });
    } else post(host, { go: true });
  };
  const connected = (port: Port): void => {
    const tab = port.sender?.tab?.id;
    if (port.name !== HOST_PORT || tab === undefined || port.sender?.frameId !== 0) return;
    const host: Host = { port, tab, nonce: undefined, close: new Set() };
    hosts.add(host);
    port.onMessage.addListener((data: unknown) => receive(host, data));
    port.onDisconnect.addListener(() => {
      drop(host);
      parts.lost(tab);
    });
  };

  browser.runtime.onConnect.addListener(connected);
  return {
    vouchFor(sender, nonce, close) {
      if (!sender?.url?.startsWith(pageUrl('icon-bar.html')) || sender.tab?.id === undefined) return false;
      for (const host of hosts) {
        if (host.nonce !== nonce || host.tab !== sender.tab.id) continue;
        host.close.add(close);
        return true;
      }
      return false;
    },
    dismiss() {
      for (const host of hosts) {
        post(host, { go: true });
        drop(host);
      }
    },
    close() {
      browser.runtime.onConnect.removeListener(connected);
      for (const host of [...hosts]) {
        drop(host);
        host.port.disconnect();
      }
    },
  };
}
