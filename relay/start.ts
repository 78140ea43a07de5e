import { CHROME, FIREFOX, isBuilt, runScript } from './builds.ts';
import { EX_CONFIG, readConfig } from './config.ts';
import { closeOnSignal, startServer } from './server.ts';
import { showInBrowser } from './show.ts';

/**
 * `npm start`: everything on this machine alone, ready to try. Builds what is missing or older than its sources, starts
 * the relay in demo mode, and says where everything is, a line each, for people and scripts; where there is a display
 * it shows it, too. With `--as-built` it only takes what is there: `npm run dev` builds by itself.
 */
const read = readConfig({ LOG_LEVEL: 'warn', ...process.env, DEMO: '1' });
if ('findings' in read) {
  for (const finding of read.findings) process.stderr.write(`${finding}\n`);
  process.exit(EX_CONFIG);
}
const asBuilt = process.argv.includes('--as-built');
if (!asBuilt && !(await isBuilt())) {
  process.stderr.write('Building the site and the extension…\n');
  if ((await runScript('build')) !== 0) process.exit(1);
}
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

// A browser is a courtesy: without one, everything above is as true.
const [agent] = relay.demo;
if (!asBuilt && agent) {
  await showInBrowser(relay.url, agent).catch((cause: unknown) => {
    process.stderr.write(`No browser could be opened to show it: ${cause}\n`);
  });
}
