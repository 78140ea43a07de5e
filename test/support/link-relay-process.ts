/**
 * A relay for the link's tests, in PeerJS's wire format and nothing more: `tsx link-relay-process.ts <port> <rosters>`,
 * rosters as JSON lists of ids. Everything is in memory, so that `kill -9` loses tickets and sockets.
 * When `evil` it gives every session description to the page at `/mallory` instead of the one it is meant for.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseJson, z } from '../../shared/protocol/schema.ts';

const [port = '0', rosterText = '[]'] = process.argv.slice(2);
const rosters = parseJson(z.array(z.array(z.string())), rosterText) ?? [];
const together = (a: string, b: string) => rosters.some((roster) => roster.includes(a) && roster.includes(b));

const Frame = z.object({
  type: z.string(),
  src: z.optional(z.string()),
  dst: z.optional(z.string()),
  payload: z.unknown(),
});
const ROUTED = ['OFFER', 'ANSWER', 'CANDIDATE'];

const tickets = new Map<string, string>();
const sockets = new Map<string, WebSocket>();
let mallory: WebSocket | undefined;
let evil = false;
const seen: Record<string, number> = {};
const count = (what: string) => {
  seen[what] = (seen[what] ?? 0) + 1;
};
const send = (to: WebSocket | undefined, frame: unknown) => to?.readyState === 1 && to.send(JSON.stringify(frame));

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://relay');
  const id = searchParams.get('id') ?? '';
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cache-control', 'no-store');
  switch (pathname) {
    case '/ticket': {
      const ticket = randomBytes(16).toString('hex');
      tickets.set(ticket, id);
      return response.end(ticket);
    }
    case '/drop':
      sockets.get(id)?.terminate();
      return response.end();
    case '/evil':
      evil = searchParams.get('on') === 'true';
      return response.end();
    case '/seen':
      return response.end(JSON.stringify({ online: [...sockets.keys()], seen }));
    default:
      return response.writeHead(404).end();
  }
});

function route(type: string, src: string, dst: string, payload: unknown): void {
  const to = sockets.get(dst);
  if (to) send(to, { type, src, dst, payload });
  else if (type === 'OFFER') send(sockets.get(src), { type: 'EXPIRE', src: dst, dst: src });
}

const wss = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
server.on('upgrade', (request, raw, head) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://relay');
  const id = searchParams.get('id') ?? '';
  const token = searchParams.get('token') ?? '';
  wss.handleUpgrade(request, raw, head, (socket) => {
    socket.on('error', () => {});
    if (pathname === '/mallory') {
      mallory = socket;
      socket.on('message', (data) => {
        const frame = parseJson(Frame, String(data));
        if (frame) route(frame.type, frame.src ?? '', frame.dst ?? '', frame.payload);
      });
      return;
    }
    const good = tickets.get(token) === id;
    tickets.delete(token); // once, also when it was wrong
    if (!good) {
      count('bad ticket');
      send(socket, { type: 'ERROR', payload: { msg: 'ticket' } });
      return socket.close();
    }
    const old = sockets.get(id);
    sockets.set(id, socket);
    count('open');
    if (old) {
      send(old, { type: 'ERROR', payload: { msg: 'replaced' } });
      old.close();
    }
    socket.on('close', () => sockets.get(id) === socket && sockets.delete(id));
    socket.on('message', (data) => {
      const frame = parseJson(Frame, String(data));
      if (!frame?.dst || !ROUTED.includes(frame.type) || !together(id, frame.dst)) return;
      count(frame.type);
      if (evil) send(mallory, { ...frame, src: id });
      else route(frame.type, id, frame.dst, frame.payload);
    });
    send(socket, { type: 'OPEN' });
  });
});

server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`port ${typeof address === 'object' && address ? address.port : port}\n`);
});
