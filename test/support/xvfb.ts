import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from './system.ts';

/** A screen that nobody looks at: Firefox captures none without one. */
export interface Xvfb {
  /** As in `DISPLAY`. */
  display: string;
  close(): void;
}

/** Takes the first free display number, which Xvfb says on descriptor 3. */
export async function startXvfb(): Promise<Xvfb> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
  const server = spawn(program('Xvfb'), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const said = server.stdio[3];
  if (!said) throw new Error('Xvfb has no descriptor 3');
  const number = await Promise.race([
    once(said, 'data').then(([data]) => String(data).trim()),
    once(server, 'exit').then(() => undefined),
  ]);
  if (!number) throw new Error('Xvfb did not start');
  return { display: `:${number}`, close: () => void server.kill() };
}
