// The stock PeerJS server as it comes, but for the number of clients it lets in. Says its port.
import { PeerServer } from 'peer';

const started = { port: 0, host: '127.0.0.1', path: '/', concurrent_limit: 100_000 };
PeerServer(started, (server) => process.stdout.write(`${server.address().port}\n`));
