import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('link-page', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

export interface LinkSite {
  url: string;
  close(): Promise<void>;
}

/** Builds the link's test pages as the real site is built, and serves them. They outlive any relay. */
export async function startLinkSite(): Promise<LinkSite> {
  const folder = await mkdtemp(join(tmpdir(), 'link-page-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    base: './',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      rolldownOptions: {
        input: ['index.html', 'mallory.html', 'store.html', 'forger.html'].map((file) => join(ROOT, file)),
      },
    },
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const file = /^\/[\w./-]*$/.test(pathname) && !pathname.includes('..') ? join(folder, pathname) : folder;
    const body = await readFile(file).catch(() => undefined);
    if (!body) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(body);
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
