import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../shared/protocol/errors.ts';

/** What the stand-in says to a call: a body, a refusal, nothing at all, or something that is no relay. */
export type Said = { body: unknown } | { refused: ErrorCode; retryAfter?: number } | 'silence' | 'a login page';

const TOKEN = 'T'.repeat(43);
const SEAT = '5'.repeat(32);

/** A relay in trouble, by script: the real one does not fail on demand. It hears everything it is asked. */
export class RelayStandIn {
  readonly asked: { path: string; body: string; url: string; page: string }[] = [];
  readonly streams = new Set<ServerResponse>();
  readonly says = new Map<string, Said>([
    [
      'desk',
      { body: { hulplijn: 1, name: 'Acme Support', language: 'en', modes: ['multi'], url: 'http://localhost' } },
    ],
    ['seats', { body: { token: TOKEN, id: SEAT } }],
    ['ticket', { body: { ticket: 'x' } }],
    ['ice', { body: { iceServers: [] } }],
    ['gone', { body: {} }],
  ]);
  /** Everything is silent while this is set. */
  down = false;

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? '';
    const path = url.replace('/api/', '');
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      this.asked.push({ path, body, url, page: String(request.headers['hulplijn-page'] ?? '') });
      if (this.down) return void response.destroy();
      if (path === 'events') return this.#stream(response);
      this.#answer(response, this.says.get(path) ?? { refused: 'not-found' });
    });
  };

  times(path: string): number {
    return this.asked.filter((one) => one.path === path).length;
  }

  /** Something all open pages hear. */
  tell(event: string, data: unknown): void {
    for (const stream of this.streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: ready\ndata: {}\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  #answer(response: ServerResponse, said: Said): void {
    if (said === 'silence') return void response.destroy();
    if (said === 'a login page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hotel');
    const refused = 'refused' in said;
    response.writeHead(refused ? 409 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(refused ? { error: said.refused, retryAfter: said.retryAfter } : said.body));
  }
}
