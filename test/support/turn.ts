import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { freePort } from './relay.ts';
import { program } from './system.ts';
import { until } from './until.ts';

/** A TURN server on loopback, with the credentials that the relay makes of the shared secret. */
export interface TurnServer {
  /** The relay's settings for it. */
  env: { TURN_URLS: string; TURN_SECRET: string };
  close(): Promise<void>;
}

export async function startTurn(): Promise<TurnServer> {
  const [port, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'hulplijn-turn-'))]);
  const secret = 'shared with the relay';
  const flags = ['no-tls', 'no-dtls', 'no-cli', 'fingerprint', 'simple-log', 'use-auth-secret', 'allow-loopback-peers'];
  const values = {
    'listening-ip': '127.0.0.1',
    'relay-ip': '127.0.0.1',
    'listening-port': String(port),
    'static-auth-secret': secret,
    realm: 'turn.example',
    pidfile: join(folder, 'pid'),
    userdb: join(folder, 'users'),
    'log-file': 'stdout',
  };
  const args = [...flags.map((flag) => `--${flag}`), ...Object.entries(values).map(([name, is]) => `--${name}=${is}`)];
  const server = spawn(program('coturn'), ['-n', ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(server, 'exit');
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (data) => {
      said += data;
    });
  }
  await until('the TURN server', () => said.includes(`127.0.0.1:${port}`)).catch((cause) => {
    throw new Error(`no TURN server: ${said}`, { cause });
  });
  return {
    env: { TURN_URLS: `turn:127.0.0.1:${port}`, TURN_SECRET: secret },
    async close() {
      server.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

/** From its next document on, that page sends nothing but through TURN servers, as behind a strict firewall. */
export async function onlyThroughTurn(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const made: RTCPeerConnection[] = [];
    class Relayed extends RTCPeerConnection {
      constructor(given: RTCConfiguration = {}) {
        super({ ...given, iceTransportPolicy: 'relay' });
        made.push(this);
      }
    }
    Object.assign(globalThis, { RTCPeerConnection: Relayed, made });
  });
}

/** Of which kinds the ends of the connected ways are, as that page sees its own: `relay`, and nothing else. */
export async function waysOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const made: RTCPeerConnection[] = Reflect.get(globalThis, 'made');
    const kinds = new Set<string>();
    for (const pc of made) {
      const stats = [...(await pc.getStats()).values()];
      for (const pair of stats.filter((one) => one.type === 'candidate-pair' && one.nominated)) {
        kinds.add(stats.find(({ id }) => id === pair.localCandidateId)?.candidateType);
      }
    }
    return [...kinds];
  });
}
