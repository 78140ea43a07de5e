import { type HostPort, runtime } from './runtime.ts';

const RETRY = 500; // ms
const GIVE_UP = 12_000; // ms without a dashboard: then the bar goes

/**
 * The content script's line to the dashboard: says the nonce, so that the dashboard knows the frame, and hears where the
 * bar stands or that it shall go. Too small for zod: what arrives is looked at field by field.
 */
export function holdLine(
  nonce: string,
  heard: { place(x: number, y: number): void; gone(): void },
  signal: AbortSignal,
): { say(message: unknown): void; again(): void } {
  let port: HostPort | undefined;
  let since = Date.now();
  let timer: ReturnType<typeof setTimeout>;

  const receive = (message: unknown): void => {
    if (typeof message !== 'object' || message === null) return;
    if ('go' in message) heard.gone();
    if (!('place' in message)) return;
    const place = message.place;
    if (typeof place !== 'object' || place === null || !('x' in place) || !('y' in place)) return;
    if (typeof place.x === 'number' && typeof place.y === 'number') heard.place(place.x, place.y);
    since = 0;
  };
  const connect = (): void => {
    clearTimeout(timer);
    const api = runtime();
    if (!api) {
      heard.gone();
      return;
    }
    const mine = api.connect({ name: 'bar-host' });
    port = mine;
    mine.onMessage.addListener((message) => port === mine && receive(message));
    mine.onDisconnect.addListener(() => port === mine && lost());
    mine.postMessage({ nonce });
  };
  const lost = (): void => {
    port = undefined;
    if (signal.aborted) return;
    since ||= Date.now();
    if (!runtime() || Date.now() - since > GIVE_UP) heard.gone();
    else timer = setTimeout(connect, RETRY);
  };

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    const old = port;
    port = undefined;
    if (runtime()) old?.disconnect();
  });
  connect();
  return {
    say: (message) => port?.postMessage(message),
    again: connect,
  };
}
