import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { noAdapter } from '../../shared/link/no-adapter.plugin.ts';

/** The link's own pages. */
const LINK = { folder: 'link-page', pages: ['index.html', 'mallory.html', 'store.html', 'forger.html'] };
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

export interface LinkSite {
  url: string;
  close(): Promise<void>;
}

/**
 * Builds test pages of a folder beside this file as the real site is built, and serves them; `headers` by path. They
 * outlive any relay.
 */
export async function startLinkSite(
  site: { folder: string; pages: string[]; headers?: (path: string) => Record<string, string> } = LINK,
): Promise<LinkSite> {
  const root = fileURLToPath(new URL(site.folder, import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'link-page-'));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [noAdapter()],
    base: './',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      rolldownOptions: {
        input: site.pages.map((file) => join(root, file)),
      },
    },
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const file = /^\/[\w./-]*$/.test(pathname) && !pathname.includes('..') ? join(folder, pathname) : folder;
    const body = await readFile(file).catch(() => undefined);
    if (!body) return response.writeHead(404).end();
    const headers = { 'content-type': TYPES[extname(file)] ?? 'text/plain', ...site.headers?.(pathname) };
    return response.writeHead(200, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
