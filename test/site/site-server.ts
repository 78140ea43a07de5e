import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** As the relay sends them (issue 2 §2). */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types hulplijn",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export interface SiteServer {
  url: string;
  close(): Promise<void>;
}

/** Serves a built site; what begins with /api/ goes to `api`, which stands in for a relay in trouble. */
export function serveSite(
  folder: string,
  api: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.destroy(),
): Promise<SiteServer> {
  return serveFolder(folder, HEADERS, api);
}

/** Any built pages. */
export async function serveFolder(
  folder: string,
  headers: Record<string, string> = {},
  api?: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<SiteServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (api && pathname.startsWith('/api/')) return api(request, response);
    const file = extname(pathname) === '' ? 'index.html' : pathname;
    readFile(join(folder, file)).then(
      (body) => response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? '' }).end(body),
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
