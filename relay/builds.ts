import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `npm start` and `npm run dev` need to have been built, and where it lies. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CHROME = join(ROOT, 'extension/.output/chrome-mv3');
export const FIREFOX = join(ROOT, 'extension/.output/firefox-mv3');
const BUILT = [
  join(ROOT, 'relay/site/.output/index.html'),
  ...[CHROME, FIREFOX].map((to) => join(to, 'manifest.json')),
];
const SOURCES = ['extension', 'relay/site', 'shared', 'package-lock.json'];

/** When the newest file in it was written; what is built, and what begins with a dot, does not count. */
async function newest(path: string): Promise<number> {
  const about = await stat(path);
  if (!about.isDirectory()) return about.mtimeMs;
  const names = (await readdir(path)).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  return Math.max(0, ...(await Promise.all(names.map((name) => newest(join(path, name))))));
}

/** Whether all is there and none of it older than its sources. */
export async function isBuilt(): Promise<boolean> {
  if (!BUILT.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...(await Promise.all(BUILT.map(async (file) => (await stat(file)).mtimeMs))));
  const sources = await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))));
  return Math.max(...sources) <= oldest;
}

/** Runs one of package.json's scripts; resolves to its exit code. What it says goes to stderr: stdout is for facts. */
export async function runScript(name: string): Promise<number | null> {
  const npm = spawn('npm', ['run', '--silent', name], {
    cwd: ROOT,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32', // npm is a .cmd there
  });
  const [code]: (number | null)[] = await once(npm, 'exit');
  return code ?? null;
}
