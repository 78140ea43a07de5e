import { readConfig } from './config.ts';
import { closeOnSignal, EX_CONFIG, startServer } from './server.ts';

const read = readConfig(process.env);
if ('findings' in read) {
  for (const finding of read.findings) process.stderr.write(`${finding}\n`);
  process.exit(EX_CONFIG);
}
closeOnSignal(await startServer(read.config));
