import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { Host } from '../bar-host/host.ts';
import { holdLine } from '../bar-host/line.ts';
import { runtime } from '../bar-host/runtime.ts';
import { stay } from '../bar-host/stay.ts';

declare global {
  /** In this content script's own world: says whether a bar stands in this page already. */
  var hulplijnBar: (() => boolean) | undefined;
}

/** Puts the bar's frame into the page and holds it there, until the session ends or the page makes it impossible. */
function putBar(): void {
  const api = runtime();
  if (!api || globalThis.hulplijnBar?.()) return;
  const life = new AbortController();
  const stop = () => life.abort();
  globalThis.hulplijnBar = () => !life.signal.aborted && runtime() !== undefined;

  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const src = api.getURL('icon-bar.html');
  const host = new Host(src);
  let frame: MessagePort | undefined;

  const tell = () => frame?.postMessage({ up: host.up, room: innerWidth });
  const redraw = () => {
    host.draw();
    tell();
  };
  /** The page hears none of this: a channel between the frame and us alone, handed to our own origin only. */
  const handOver = () => {
    frame?.close();
    const channel = new MessageChannel();
    frame = channel.port1;
    frame.onmessage = ({ data }) => {
      const [a, b] = Array.isArray(data?.by) ? data.by : [];
      if (data?.is === 'done') line.say({ place: host.place });
      if (!Number.isFinite(a) || !Number.isFinite(b)) return;
      if (data.is === 'size') host.resize(a, b);
      else if (data.is === 'move') host.move(a, b);
      tell();
    };
    host.frame.contentWindow?.postMessage({ nonce }, src.split('/', 3).join('/'), [channel.port2]);
    tell();
  };

  host.frame.addEventListener('load', handOver, { signal: life.signal });
  addEventListener('resize', redraw, { signal: life.signal });
  const line = holdLine(
    nonce,
    {
      place(x, y) {
        host.place = { x, y };
        redraw();
      },
      gone: stop,
    },
    life.signal,
  );
  addEventListener('pageshow', (event) => event.persisted && line.again(), { signal: life.signal });
  stay(host.element, stop, life.signal);
}

// No `*.content.ts`: WXT's wrapper for content scripts alone is half of the three kilobytes, and asks for host permissions.
export default defineUnlistedScript(putBar);
