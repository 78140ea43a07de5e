import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { build, type InlineConfig } from 'vite';

const HERE = import.meta.dirname;

export interface Built {
  folder: string;
  remove(): Promise<void>;
}

/** The site as `npm run build:site` makes it, into a folder of its own. */
export const buildSite = (): Promise<Built> => built({ root: resolve(HERE, '../../relay/site') });

/** All screens, each to be drawn alone. */
export const buildGallery = (): Promise<Built> =>
  built({
    root: join(HERE, 'gallery'),
    configFile: false,
    plugins: [preact()],
    build: { target: 'es2024', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });

/** The site where the relay looks for it. */
export const buildSiteInPlace = (): Promise<unknown> =>
  build({ root: resolve(HERE, '../../relay/site'), logLevel: 'error' });

/** A primary in a page of its own. */
export const buildAgentPage = (): Promise<Built> =>
  built({ root: join(HERE, 'agent-page'), configFile: false, build: { target: 'es2024' }, worker: { format: 'es' } });

async function built(config: InlineConfig): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'hulplijn-site-'));
  await build({ ...config, logLevel: 'error', build: { ...config.build, outDir: folder, emptyOutDir: true } });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
