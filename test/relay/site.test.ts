import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteRoutes } from '../../relay/http/site.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hulplijn-site-'));
  await writeFile(join(folder, 'index.html'), 'the page');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['/join', '/support/', '/J/00', '/outbox'])(
  'IN6 whoever comes to %s, which is no page of the site, gets the page with the form; a program gets nothing',
  async (path) => {
    const site = siteRoutes(folder);
    const shown = await site.request(path, { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect([shown.status, await shown.text()]).toEqual([404, 'the page']);
    expect((await site.request('/')).status).toBe(200);
    const asked = await site.request(path, { headers: { Accept: '*/*' } });
    expect([asked.status, await asked.text()]).toEqual([404, '404 Not Found']);
  },
);
