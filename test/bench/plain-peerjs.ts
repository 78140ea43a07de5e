import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { PeerServer } from 'peer';

const LIBRARY = fileURLToPath(new URL('../../node_modules/peerjs/dist/peerjs.min.js', import.meta.url));

/** What one writes with PeerJS alone: the library is loaded, everything else begins with the press. */
const page = (port: number) => `<!doctype html><title>Plain PeerJS</title><script src="/peerjs.js"></script><script>
const options = { host: '127.0.0.1', port: ${port}, path: '/', config: { iceServers: [] } };
/** The one who waits: greets whoever comes. */
const waits = (id) => new Promise((resolve, reject) => {
  const peer = new Peer(id, options);
  peer.on('connection', (c) => c.on('open', () => c.send('hello')));
  peer.on('error', reject);
  peer.on('open', resolve);
});
/** Resolves to the ms from the press to the first message. */
const press = (id) => new Promise((resolve, reject) => {
  const began = performance.now();
  const peer = new Peer(options);
  peer.on('error', reject);
  peer.on('open', () => peer.connect(id, { reliable: true }).on('data', () => resolve(performance.now() - began)));
});
</script>`;

/** The stock signalling server and a page with PeerJS, each on a free port of the loopback. */
export async function plainPeerJs(): Promise<{ url: string; ports: number[] }> {
  const port = await new Promise<number>((resolve) => {
    PeerServer({ port: 0, host: '127.0.0.1', path: '/' }, (server) => resolve(portOf(server.address())));
  });
  const code = readFileSync(LIBRARY);
  const site = createServer((request, response) => {
    const library = request.url === '/peerjs.js';
    response.setHeader('Content-Type', library ? 'text/javascript' : 'text/html');
    response.end(library ? code : page(port));
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const sitePort = portOf(site.address());
  return { url: `http://127.0.0.1:${sitePort}/`, ports: [port, sitePort] };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
