import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'wxt';
import type { BrowserName } from './browsers.ts';

const ROOT = new URL('../../extension', import.meta.url).pathname;
const SCRIPTED = new URL('scripted/desk.ts', import.meta.url).pathname;
const folder = (browser: BrowserName): string => `${browser === 'firefox' ? 'firefox' : 'chrome'}-mv3`;

const nothing = (): void => {};
const SILENT = {
  level: -999,
  debug: nothing,
  log: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  success: nothing,
};

/** The extension as `npm run build` leaves it. */
export function builtExtension(browser: BrowserName): string {
  const path = join(ROOT, '.output', folder(browser));
  if (!existsSync(path)) throw new Error(`${path} is missing: npm run build`);
  return path;
}

/**
 * A build whose dashboard plays sessions by itself (scripted/desk.ts); everything else is the product.
 * With `everywhere`, the optional host permission is granted, as its prompt cannot be answered without a screen.
 */
export async function scriptedExtension(browser: BrowserName, options: { everywhere?: boolean } = {}): Promise<string> {
  // A folder of its own: several test files build at once.
  const outDir = mkdtempSync(join(tmpdir(), 'hulplijn-scripted-'));
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
  await build({
    root: ROOT,
    browser: browser === 'firefox' ? 'firefox' : 'chrome',
    manifestVersion: 3,
    outDir,
    logger: SILENT,
    vite: () => ({ resolve: { alias: [{ find: /^\.\/desk\.ts$/, replacement: SCRIPTED }] } }),
    ...(options.everywhere ? { manifest: { host_permissions: ['*://*/*'] } } : {}),
  });
  return join(outDir, folder(browser));
}
