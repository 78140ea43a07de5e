import { spawnSync } from 'node:child_process';
import { onPath } from '../../relay/on-path.ts';

/** What the tests need of the system, found on the PATH or, as root on a Debian, installed. */
const NEEDS = [
  { name: 'Chromium', env: 'CHROMIUM', commands: ['chromium', 'chromium-browser', 'google-chrome'], apt: 'chromium' },
  { name: 'Firefox', env: 'FIREFOX', commands: ['firefox-esr', 'firefox'], apt: 'firefox-esr' },
  { name: 'Xvfb', env: 'XVFB', commands: ['Xvfb'], apt: 'xvfb' },
  { name: 'coturn', env: 'TURNSERVER', commands: ['turnserver'], apt: 'coturn' },
] as const;

type Name = (typeof NEEDS)[number]['name'];

/** The program's path: the environment's word (`CHROMIUM`, `FIREFOX`), or the first found on the PATH. */
function find(need: (typeof NEEDS)[number]): string | undefined {
  return process.env[need.env] ?? need.commands.map(onPath).find((path) => path !== undefined);
}

/** @throws Error in plain words when it is not there */
export function program(name: Name): string {
  const need = NEEDS.find((one) => one.name === name);
  const path = need && find(need);
  if (!path) throw new Error(`${name} is not installed.`);
  return path;
}

/** Installs what is missing where it may; otherwise ends the run and says what to install. */
export function ensureSystem(): void {
  const missing = NEEDS.filter((need) => !find(need));
  if (missing.length === 0) return;
  const packages = missing.map(({ apt }) => apt);
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    process.stdout.write(`Installing ${packages.join(', ')} …\n`);
    const fonts = ['fonts-dejavu-core', 'fonts-noto-color-emoji'];
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages, ...fonts];
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
  const still = NEEDS.filter((need) => !find(need));
  if (still.length === 0) return;
  const names = still.map(({ name, env, apt }) => `${name} (Debian package ${apt}, or its path in ${env})`);
  process.stderr.write(`The tests need ${names.join(' and ')}.\n`);
  process.exit(1);
}
