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

  const page = async (c: Call) => {
    const file = join(folder, 'index.html');
    if (!existsSync(file)) return c.text('The site has not been built: npm run build', 503);
    c.header('Cache-Control', 'no-cache');
    return c.html(await readFile(file, 'utf8'));
  };
  for (const path of PAGES) app.get(path, page);

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
  return app;
}
