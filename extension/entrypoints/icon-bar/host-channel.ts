import { signal } from '@preact/signals';
import { z } from '../../../shared/protocol/schema.ts';
import { Nonce } from '../../bridge/wire.ts';

/** From the content script that holds this frame: which way panels open, and the width of the window in CSS px. */
const FromHolder = z.object({ up: z.boolean(), room: z.number() });
const HandOver = z.object({ nonce: Nonce });

/** What is said to the content script that holds the frame: sizes and moves in CSS px (bar-host/). */
export type ToHolder = { is: 'size' | 'move'; by: [number, number] } | { is: 'done' };

/**
 * The frame's own channel to the content script that put it into the page. Whoever frames this page can hand over
 * something; only the dashboard can tell whether the nonce is one (bridge/bar-hosts.ts).
 */
export function awaitHolder(handed: (nonce: string) => void) {
  const around = signal({ up: false, room: innerWidth });
  let port: MessagePort | undefined;
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = z.safeParse(HandOver, event.data);
    const [given] = event.ports;
    if (event.source !== parent || !message.success || !given) return;
    port?.close();
    port = given;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const said = z.safeParse(FromHolder, data);
      if (said.success) around.value = said.data;
    };
    handed(message.data.nonce);
  });
  return { around, tell: (message: ToHolder) => port?.postMessage(message) };
}
