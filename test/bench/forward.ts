import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Passes every TCP connection to `from` on to `to`, as it is. Gives what ends it. */
export async function forward(from: { host: string; port: number }, to: { host: string; port: number }) {
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ ...to, noDelay: true });
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.listen(from.port, from.host);
  await once(server, 'listening');
  return () => server.close();
}
