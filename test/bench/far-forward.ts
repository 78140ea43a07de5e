import { forward } from './forward.ts';

// In the far namespace: `far-forward.ts HOST PORT …` makes each port of HOST a port of this machine's loopback.
const [host = '', ...ports] = process.argv.slice(2);
for (const port of ports.map(Number)) await forward({ host: '127.0.0.1', port }, { host, port });
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => process.exit(0));
