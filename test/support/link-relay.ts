import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseJson, z } from '../../shared/protocol/schema.ts';

/** The link's test relay in a process of its own, so that it can be killed. */
export interface LinkRelay {
  url: string;
  /** Cuts the signalling socket of `id`. */
  drop(id: string): Promise<void>;
  /** From now on every description goes to the page at `/mallory`. */
  evil(on: boolean): Promise<void>;
  seen(): Promise<{ online: string[]; seen: Record<string, number> }>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** On the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('link-relay-process.ts', import.meta.url));
const Seen = z.object({ online: z.array(z.string()), seen: z.record(z.string(), z.number()) });

/** `rosters`: who may reach whom. */
export async function startLinkRelay(rosters: string[][]): Promise<LinkRelay> {
  let child: ChildProcess | undefined;
  let port = '0';

  async function start(): Promise<void> {
    const process_ = spawn(process.execPath, ['--import', 'tsx', PROGRAM, port, JSON.stringify(rosters)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = process_;
    const [line] = await once(createInterface(process_.stdout), 'line');
    port = String(line).slice('port '.length);
  }
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  await start();
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  return {
    url: `http://127.0.0.1:${port}`,
    drop: async (id) => void (await ask(`/drop?id=${id}`)),
    evil: async (on) => void (await ask(`/evil?on=${on}`)),
    seen: async () => parseJson(Seen, await ask('/seen')) ?? { online: [], seen: {} },
    kill,
    restart: start,
    close: kill,
  };
}
