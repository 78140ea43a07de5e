import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path of a test's own web site answers. */
export interface PageAnswer {
  body: string;
  headers?: Record<string, string>;
}

export interface PageServer {
  /** Without a trailing slash. */
  url: string;
  /** The same pages as another site. */
  otherSite: string;
  close(): Promise<void>;
}

/** A web site on a free port of this machine: a map path → page. */
export function servePages(pages: Record<string, string | PageAnswer>): Promise<PageServer> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://site').pathname];
    const { body, headers = {} }: PageAnswer = typeof page === 'object' ? page : { body: page ?? '' };
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}`,
        otherSite: `http://localhost:${port}`,
        close: () =>
          new Promise((closed) => {
            server.closeAllConnections();
            server.close(() => closed());
          }),
      });
    });
  });
}
