import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseJson, z } from '../../shared/protocol/schema.ts';

const Use = z.object({ memory: z.number(), cpu: z.object({ user: z.number(), system: z.number() }) });

/** What a server process started with `env` uses, said by itself (meter.mjs). */
export interface Meter {
  env: { NODE_OPTIONS: string; METER_PORT: string };
  /** Resident, in bytes, with garbage collected. */
  memory(): Promise<number>;
  /** User and system, in µs since it began. */
  cpu(): Promise<number>;
}

export async function meter(): Promise<Meter> {
  const port = String(await freePort());
  const ask = async (what: string) => {
    const use = parseJson(Use, await (await fetch(`http://127.0.0.1:${port}/${what}`)).text());
    if (!use) throw new Error('no meter answers');
    return use;
  };
  return {
    env: { NODE_OPTIONS: `--import=${new URL('meter.mjs', import.meta.url).href}`, METER_PORT: port },
    async memory() {
      await ask('memory'); // the second collection frees what the first one's finalizers let go
      return (await ask('memory')).memory;
    },
    async cpu() {
      const { user, system } = (await ask('cpu')).cpu;
      return user + system;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.parse(z.object({ port: z.number() }), server.address());
  server.close();
  await once(server, 'close');
  return port;
}
