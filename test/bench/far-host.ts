import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from '../support/system.ts';
import { forward } from './forward.ts';

/** A second host behind a line with a delay: a network namespace of our own, made and removed by shaper.py. */
export interface FarHost {
  /** Starts Chromium over there. */
  chromium: string;
  /** May be called twice. */
  close(): Promise<void>;
}

const HERE = '10.213.77.1';
const THERE = '10.213.77.2';
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Why this machine can have no far host; nothing if it can. */
export function noFarHost(): string | undefined {
  if (process.platform !== 'linux') return 'a delayed line needs Linux';
  if (process.getuid?.() !== 0) return 'a delayed line needs root';
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
  } catch {
    return 'a delayed line needs /dev/net/tun';
  }
  return undefined;
}

/**
 * A far host with `roundTrip` ms to this one. The `ports` of our loopback are ports of its loopback too: browsers allow
 * keys and cameras on https or localhost only, and the relay's links are for one of these. Only the connections
 * themselves are passed on; between the two ends of a forwarder lies the delayed line, so a request costs what it costs
 * over any such line. WebRTC knows nothing of it and crosses the line by itself.
 * @throws Error when the namespace cannot be made
 */
export async function farHost(roundTrip: number, ports: number[]): Promise<FarHost> {
  const namespace = `hulplijn-bench-${process.pid}`;
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const begin = async (command: string, args: string[]) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const over = once(child, 'exit');
    undo.push(() => {
      child.stdin.end();
      return over;
    });
    await ready(child);
  };
  try {
    await begin('python3', [file('shaper.py'), namespace, HERE, THERE, String(roundTrip / 2)]);
    for (const port of ports) undo.push(await forward({ host: HERE, port }, { host: '127.0.0.1', port }));
    const args = [file('far-forward.ts'), HERE, ...ports.map(String)];
    await begin('ip', ['netns', 'exec', namespace, process.execPath, ...args]);
    const folder = mkdtempSync(join(tmpdir(), 'hulplijn-bench-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    const chromium = join(folder, 'chromium');
    writeFileSync(chromium, `#!/bin/sh\nexec ip netns exec ${namespace} ${program('Chromium')} "$@"\n`);
    chmodSync(chromium, 0o755);
    return { chromium, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnfile} ended with ${code}`);
  });
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), failed]);
}
