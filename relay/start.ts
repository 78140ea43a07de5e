import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from './config.ts';
import { closeOnSignal, EX_CONFIG, startServer } from './server.ts';

/**
 * `npm start`: everything on this machine alone, ready to try. Builds what is missing or older than its sources, starts
 * the relay in demo mode, and says where everything is, a line each, for people and scripts.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CHROME = join(ROOT, 'extension/.output/chrome-mv3');
const FIREFOX = join(ROOT, 'extension/.output/firefox-mv3');
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

async function isBuilt(): Promise<boolean> {
  if (!BUILT.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...(await Promise.all(BUILT.map(async (file) => (await stat(file)).mtimeMs))));
  const sources = await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))));
  return Math.max(...sources) <= oldest;
}

/** What a build says goes to stderr: stdout is for the lines below. */
async function build(): Promise<void> {
  process.stderr.write('Building the site and the extension…\n');
  const npm = spawn('npm', ['run', 'build'], {
    cwd: ROOT,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32', // npm is a .cmd there
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) process.exit(1);
}

const read = readConfig({ LOG_LEVEL: 'warn', ...process.env, DEMO: '1' });
if ('findings' in read) {
  for (const finding of read.findings) process.stderr.write(`${finding}\n`);
  process.exit(EX_CONFIG);
}
if (!(await isBuilt())) await build();
const relay = await startServer(read.config);
closeOnSignal(relay);
const lines = [
  `Site: ${relay.url}`,
  ...relay.demo.map(({ email, code }) => `Agent: ${email} code ${code}`),
  `Outbox: ${relay.outbox}`,
  `Chrome extension: ${CHROME}`,
  `Firefox extension: ${FIREFOX}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
