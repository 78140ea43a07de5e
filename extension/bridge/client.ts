import { type ReadonlySignal, signal } from '@preact/signals';
import type { Language } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Answer } from '../../shared/session/answer.ts';
import type { Send, Snapshot } from '../../shared/session/view.ts';
import { browser, type Port } from '../browser.ts';
import type { FromView } from './from-view.ts';
import { FromDashboard, VIEW_PORT } from './wire.ts';

const FIRST_RETRY = 50; // ms
const LAST_RETRY = 800; // ms

/** `away`: no dashboard answers (yet); `here`: known to it; `gone`: given up. */
export type Presence = { is: 'away' } | { is: 'here'; language: Language; collapsed: boolean } | { is: 'gone' };

export interface Bridge {
  presence: ReadonlySignal<Presence>;
  snapshot: ReadonlySignal<Snapshot | undefined>; // undefined while no dashboard is there
  /** Answers `server-error` when the dashboard goes before it answered; waits while it is away. */
  send: Send;
  tell(message: Exclude<FromView, { type: 'command' | 'hello' | 'hello bar' }>): void;
  close(): void;
}

/** A view's end of the bridge. Tries again by itself; `giveUpAfter` ms without a dashboard it is `gone` for good. */
export function openBridge(hello: FromView, options: { giveUpAfter?: number } = {}): Bridge {
  const giveUpAfter = options.giveUpAfter ?? Number.POSITIVE_INFINITY;
  const presence = signal<Presence>({ is: 'away' });
  const snapshot = signal<Snapshot | undefined>(undefined);
  const waiting: FromView[] = [];
  const pending = new Map<number, (answer: Answer) => void>();
  let port: Port | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = FIRST_RETRY;
  let awaySince = Date.now();
  let n = 0;

  const post = (message: FromView): void => {
    if (port && presence.value.is === 'here') port.postMessage(message);
    else waiting.push(message);
  };
  const refuseAll = (): void => {
    for (const answer of pending.values()) answer({ ok: false, error: 'server-error' });
    pending.clear();
    waiting.length = 0;
  };
  const close = (): void => {
    clearTimeout(timer);
    removeEventListener('pageshow', shownAgain);
    presence.value = { is: 'gone' };
    snapshot.value = undefined;
    refuseAll();
    port?.disconnect();
    port = undefined;
  };
  const lost = (): void => {
    port = undefined;
    if (presence.value.is === 'gone') return;
    if (presence.value.is === 'here') {
      awaySince = Date.now();
      delay = FIRST_RETRY;
      snapshot.value = undefined;
      presence.value = { is: 'away' };
      refuseAll();
    }
    if (Date.now() - awaySince > giveUpAfter) {
      close();
      return;
    }
    timer = setTimeout(connect, delay);
    delay = Math.min(LAST_RETRY, delay * 2);
  };
  const receive = (data: unknown): void => {
    const parsed = z.safeParse(FromDashboard, data);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'welcome':
        presence.value = { is: 'here', language: message.language, collapsed: message.collapsed };
        for (const held of waiting.splice(0)) post(held);
        return;
      case 'snapshot':
        snapshot.value = message.snapshot;
        return;
      case 'answer':
        pending.get(message.n)?.(message.answer);
        pending.delete(message.n);
        return;
      default:
        message satisfies never;
    }
  };
  function connect(): void {
    clearTimeout(timer);
    try {
      port = browser.runtime.connect({ name: VIEW_PORT });
    } catch {
      close(); // the extension was removed or updated under this page
      return;
    }
    const mine = port;
    mine.onMessage.addListener((data: unknown) => {
      if (port === mine) receive(data);
    });
    mine.onDisconnect.addListener(() => {
      if (port === mine) lost();
    });
    mine.postMessage(hello);
  }
  // A page out of the back/forward cache finds its port closed, in Chromium without being told.
  function shownAgain(event: PageTransitionEvent): void {
    if (!event.persisted || presence.value.is === 'gone') return;
    const old = port;
    awaySince = Date.now();
    port = undefined;
    old?.disconnect();
    lost();
  }

  addEventListener('pageshow', shownAgain);
  connect();
  return {
    presence,
    snapshot,
    send: (command) =>
      new Promise((answer) => {
        if (presence.value.is === 'gone') {
          answer({ ok: false, error: 'server-error' });
          return;
        }
        n += 1;
        pending.set(n, answer);
        post({ type: 'command', n, command });
      }),
    tell: post,
    close,
  };
}
