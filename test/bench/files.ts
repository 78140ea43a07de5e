import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLinkSite } from '../support/link-site.ts';
import type { Figure, Unmeasured } from './figure.ts';
import { cost } from './files-cost.ts';
import { far, near } from './files-speed.ts';

type Part = typeof far;

/** Files from disk to disk: speed, memory, and the page's time. */
export async function* files(parts: readonly Part[] = [near, far, cost]): AsyncGenerator<Figure | Unmeasured> {
  const site = await startLinkSite({ folder: '../bench/files-page', pages: ['index.html'] });
  const folder = mkdtempSync(join(tmpdir(), 'hulplijn-files-'));
  try {
    for (const part of parts) yield* part(site, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await site.close();
  }
}
