import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { App, Call, Env } from './kit.ts';

/** Paths that are the one page of the site; it finds out itself what to show, also for a link that was cut. */
const PAGES = ['/', '/j/*', '/support'];

/** The customer's site as vite built it into `folder`. Names with a hash in them never change. */
export function siteRoutes(folder: string): App {
  const app = new Hono<Env>();
  app.use(compress());

  const page = async (c: Call, status: 200 | 404) => {
    const file = join(folder, 'index.html');
    if (!existsSync(file)) return c.text('The site has not been built: npm run build', 503);
    c.header('Cache-Control', 'no-cache');
    return c.html(await readFile(file, 'utf8'), status);
  };
  for (const path of PAGES) app.get(path, (c) => page(c, 200));

  // Made when first needed: `serveStatic` complains of a folder that is not there yet.
  let files: ReturnType<typeof serveStatic<Env>> | undefined;
  app.get('/*', (c, next) => {
    if (!existsSync(folder)) return next();
    files ??= serveStatic<Env>({
      root: folder,
      onFound: (path, found) => {
        const hashed = /[/\\]assets[/\\].*-[\w-]{8}\.\w+$/.test(path);
        found.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    return files(c, next);
  });
  // An address heard or copied wrongly: a person finds the form there, a program that there is nothing.
  app.get('/*', (c) => (c.req.header('Accept')?.includes('text/html') ? page(c, 404) : c.notFound()));
  return app;
}
