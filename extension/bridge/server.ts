import { effect, type ReadonlySignal } from '@preact/signals';
import type { Language } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Send, Snapshot } from '../../shared/session/view.ts';
import { browser, type Port, pageUrl, type Sender } from '../browser.ts';
import type { BarHosts } from './bar-hosts.ts';
import { FromView } from './from-view.ts';
import { type FromDashboard, type Notice, type Press, VIEW_PORT } from './wire.ts';

export interface BridgeParts {
  snapshot: ReadonlySignal<Snapshot>;
  send: Send;
  hosts: BarHosts;
  look(): { language: Language; collapsed: boolean };
  /** `from`: the tab to go back to afterwards. */
  show(about: { notice?: Notice | undefined; press?: Press | undefined; from: number | undefined }): void;
  mail(url: string): void;
  collapse(collapsed: boolean): void;
  letGo(): void;
}

/** One of our own pages, not inside another one; the worker and a popup have no frame at all. */
const isOwnPage = (sender: Sender | undefined): boolean =>
  sender?.url?.startsWith(pageUrl('')) === true && (sender.frameId ?? 0) === 0;

/** The dashboard's end of the bridge. Returns the undo: it closes every port. */
export function serveBridge(parts: BridgeParts): () => void {
  const open = new Set<() => void>();

  function serve(port: Port): void {
    let stop: (() => void) | undefined;
    const post = (message: FromDashboard): void => port.postMessage(message);
    const close = (): void => {
      stop?.();
      open.delete(close);
      port.disconnect();
    };
    const welcome = (): void => {
      post({ type: 'welcome', ...parts.look() });
      stop = effect(() => post({ type: 'snapshot', snapshot: parts.snapshot.value }));
    };
    const receive = (message: FromView): void => {
      switch (message.type) {
        case 'hello':
          if (isOwnPage(port.sender)) welcome();
          else close();
          break;
        case 'hello bar':
          // Somebody else's frame of the same page knows no nonce and gets nothing at all.
          if (parts.hosts.vouchFor(port.sender, message.nonce, close)) welcome();
          else close();
          break;
        case 'command':
          void parts.send(message.command).then((answer) => {
            if (open.has(close)) post({ type: 'answer', n: message.n, answer });
          });
          break;
        case 'show':
          parts.show({ notice: message.notice, press: message.press, from: port.sender?.tab?.id });
          break;
        case 'mail':
          parts.mail(message.url);
          break;
        case 'collapse':
          parts.collapse(message.collapsed);
          break;
        case 'let go':
          parts.letGo();
          break;
        default:
          message satisfies never;
      }
    };
    open.add(close);
    port.onDisconnect.addListener(close);
    port.onMessage.addListener((data: unknown) => {
      const parsed = z.safeParse(FromView, data);
      const isHello = parsed.success && (parsed.data.type === 'hello' || parsed.data.type === 'hello bar');
      if (parsed.success && open.has(close) && isHello !== (stop !== undefined)) receive(parsed.data);
      else close();
    });
  }

  const connected = (port: Port): void => {
    if (port.name === VIEW_PORT) serve(port);
  };
  browser.runtime.onConnect.addListener(connected);
  return () => {
    browser.runtime.onConnect.removeListener(connected);
    for (const close of [...open]) close();
  };
}
