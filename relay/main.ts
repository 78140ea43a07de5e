import { EX_CONFIG, readConfig } from './config.ts';
import { closeOnSignal, startServer } from './server.ts';

const read = readConfig(process.env);
if ('findings' in read) {
  for (const finding of read.findings) process.stderr.write(`${finding}\n`);
  process.exit(EX_CONFIG);
}
closeOnSignal(await startServer(read.config));
