import { readConfig } from '../../relay/config.ts';
import { closeOnSignal, startServer } from '../../relay/server.ts';

/** The relay as `npm start` runs it, without the builds: one line of JSON says where. */
const read = readConfig({ ...process.env, DEMO: '1', LOG_LEVEL: 'silent' });
if ('findings' in read) throw new Error(read.findings.join('\n'));
const relay = await startServer(read.config);
closeOnSignal(relay);
process.stdout.write(JSON.stringify({ url: relay.url, demo: relay.demo, outbox: relay.outbox }));
