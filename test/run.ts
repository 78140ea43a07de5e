import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from '../shared/protocol/schema.ts';
import { makeProfiles } from './support/firefox-profile.ts';
import { ensureSystem } from './support/system.ts';

/**
 * `npm test [-- FILTER …]`: makes ready what the tests need (browsers, the built site and extensions), runs them all and
 * ends with `N passed, N failed`, counted from the runner's own report.
 */
const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  success: z.boolean(),
});

function run(command: string, args: string[]): number {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;
}

ensureSystem();
if (run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1);
const removeProfiles = await makeProfiles();

const folder = mkdtempSync(join(tmpdir(), 'hulplijn-report-'));
const report = join(folder, 'report.json');
const status = run('vitest', [
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const counted = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
rmSync(folder, { recursive: true });
await removeProfiles();
// A skipped test proves nothing, so it counts as failed; so does a file that did not even load.
const failed =
  counted.numFailedTests + counted.numPendingTests + (status !== 0 && counted.numFailedTests === 0 ? 1 : 0);
process.stdout.write(`\n${counted.numPassedTests} passed, ${failed} failed\n`);
process.exit(status !== 0 || failed > 0 || counted.numPassedTests === 0 ? 1 : 0);
