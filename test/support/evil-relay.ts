import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { Joined, Roster } from '../../shared/protocol/relay-api.ts';
import { parseJson, z } from '../../shared/protocol/schema.ts';

/** Stands in front of a real relay, as one that is evil: all goes through it, and what it likes goes another way. */
export interface EvilRelay {
  url: string;
  /**
   * From now on the session descriptions and candidates between those two (ids of participants) go to the page whose
   * socket is open at `/mallory` (link-page/mallory.ts); `undefined`: all pass as they are.
   */
  between(which: ((one: string, other: string) => boolean) | undefined): void;
  /**
   * From now on every page is told rosters that went through `lie`, also in answers, and at once the last again;
   * `undefined`: the true.
   */
  tells(lie: Lie | undefined): void;
  close(): Promise<void>;
}

type Lie = (roster: Roster) => Roster;

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
  let lie: Lie | undefined;
  let mallory: WebSocket | undefined;
  const sockets = new Map<string, WebSocket>();
  const streams = new Set<() => void>();

  const server = createServer((request, response) => {
    const { method, url } = request;
    const { 'accept-encoding': _, ...headers } = request.headers; // to be read on the way
    const onward = ask(`${relay}${url}`, { method, headers }, (answer) => {
      if (lie && answer.headers['content-type']?.startsWith('application/json')) {
        void passAnswer(answer, response);
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (answer.headers['content-type']?.startsWith('text/event-stream')) passEvents(answer, response);
      else answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });

  async function passAnswer(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    answer.setEncoding('utf8');
    for await (const part of answer) text += part;
    const told = (roster: Roster) => (lie ? lie(roster) : roster);
    const roster = parseJson(Roster, text);
    const joined = parseJson(Joined, text);
    if (roster) text = JSON.stringify(told(roster));
    else if (joined?.state === 'present') text = JSON.stringify({ ...joined, roster: told(joined.roster) });
    const { 'content-length': _, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, headers).end(text);
  }

  /** An event stream, whose rosters are lied about. */
  function passEvents(answer: IncomingMessage, response: ServerResponse): void {
    const last = new Map<string, Roster>(); // by session
    const tell = (roster: Roster) =>
      response.write(`event: roster\ndata: ${JSON.stringify(lie ? lie(roster) : roster)}\n\n`);
    const again = () => {
      for (const roster of last.values()) tell(roster);
    };
    streams.add(again);
    response.on('close', () => streams.delete(again));
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => {
      const events = (rest + text).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: roster\ndata: (.*)$/.exec(event)?.[1];
        const roster = data && parseJson(Roster, data);
        if (!roster) {
          response.write(`${event}\n\n`);
          continue;
        }
        last.set(roster.id, roster);
        tell(roster);
      }
    });
    answer.on('close', () => response.destroy());
  }

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
    tells(now) {
      lie = now;
      for (const again of streams) again();
    },
    async close() {
      for (const socket of wss.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
