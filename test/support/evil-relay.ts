import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { parseJson, z } from '../../shared/protocol/schema.ts';

/** Stands in front of a real relay, as one that is evil: all goes through it, and what it likes goes another way. */
export interface EvilRelay {
  url: string;
  /**
   * From now on the session descriptions and candidates between those two (ids of participants) go to the page whose
   * socket is open at `/mallory` (link-page/mallory.ts); `undefined`: all pass as they are.
   */
  between(which: ((one: string, other: string) => boolean) | undefined): void;
  close(): Promise<void>;
}

const Frame = z.object({
  type: z.string(),
  src: z.optional(z.string()),
  dst: z.optional(z.string()),
  payload: z.optional(z.unknown()),
});
const SWAPPED = ['OFFER', 'ANSWER', 'CANDIDATE'];

/** `relay`: where the honest one is, without a trailing slash. */
export async function startEvilRelay(relay: string): Promise<EvilRelay> {
  let which: ((one: string, other: string) => boolean) | undefined;
  let mallory: WebSocket | undefined;
  const sockets = new Map<string, WebSocket>();

  const server = createServer((request, response) => {
    const { method, headers, url } = request;
    const onward = ask(`${relay}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });

  const wss = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, raw, head) => {
    wss.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', () => {});
      if (request.url === '/mallory') {
        mallory = socket;
        socket.on('message', (data) => {
          const frame = parseJson(Frame, String(data));
          sockets.get(frame?.dst ?? '')?.send(String(data));
        });
        return;
      }
      const id = new URL(request.url ?? '/', relay).searchParams.get('id') ?? '';
      sockets.set(id, socket);
      pass(id, socket, new WebSocket(`${relay.replace('http', 'ws')}${request.url}`));
    });
  });

  function pass(id: string, page: WebSocket, onward: WebSocket): void {
    const early: string[] = [];
    page.on('message', (data) => {
      const text = String(data);
      const frame = parseJson(Frame, text);
      if (frame?.dst && SWAPPED.includes(frame.type) && which?.(id, frame.dst)) {
        mallory?.send(JSON.stringify({ ...frame, src: id }));
      } else if (onward.readyState === WebSocket.OPEN) onward.send(text);
      else early.push(text);
    });
    onward.on('open', () => {
      for (const text of early.splice(0)) onward.send(text);
    });
    onward.on('message', (data) => page.send(String(data)));
    onward.on('error', () => page.terminate());
    onward.on('close', () => page.close());
    page.on('close', () => onward.close());
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.parse(z.object({ port: z.number() }), server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    between(now) {
      which = now;
    },
    async close() {
      for (const socket of wss.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
