import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runScript } from './builds.ts';

/**
 * `npm run dev`: `npm start` for those who change it. The relay starts again, and site and extensions are built again,
 * whenever a source of theirs changes. The extensions are built as they ship, for wxt's dev server cannot serve a
 * worker to an extension's page; `web-ext run` reloads them in a browser (README).
 */
const QUIET = 200; // ms without a further change: an editor writes several files at once
const NOT_SOURCES = /(^|[/\\])(\.|node_modules)/;

const children: ChildProcess[] = [];

/** A program of node_modules/.bin, which ends with this one, and this one with it. */
function run(program: string, args: string[], stdout: 'inherit' | NodeJS.WriteStream): void {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', stdout, 'inherit'],
    shell: process.platform === 'win32', // .cmd files there
  });
  child.once('exit', (code) => end(code ?? 0));
  children.push(child);
}

let ending = false;
function end(code: number): void {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
  for (const watcher of watchers) watcher.close();
}

let waiting: NodeJS.Timeout | undefined;
let building: Promise<void> | undefined;

/** Both extensions, once more when something changed in the meantime. What is wrong in a source is said, and waited for. */
function buildSoon(): void {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    await building;
    building = (async () => {
      for (const script of ['build:chrome', 'build:firefox']) if (!ending) await runScript(script);
    })();
  }, QUIET);
}

const watchers = ['extension', 'shared'].map((folder) =>
  watch(join(ROOT, folder), { recursive: true }, (_event, file) => {
    if (file && !NOT_SOURCES.test(file)) buildSoon();
  }),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));

buildSoon();
run('vite', ['build', 'relay/site', '--watch'], process.stderr);
run('tsx', ['watch', '--clear-screen=false', 'relay/start.ts', '--as-built'], 'inherit');
