import { join } from 'node:path';
import { loadT } from '../shared/locales/load.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import { Administration } from './administration.ts';
import { Agents } from './agents.ts';
import { Audit } from './audit.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { openMailer } from './mail/open-mailer.ts';
import { Queues } from './queues.ts';
import { Settings } from './settings.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

/** A sentence for whoever typed it. */
export class Refused extends Error {}

export interface Tools {
  administration: Administration;
  agents: Agents;
  audit: Audit;
  store: Store;
}

/**
 * Runs one command of whoever has a shell on the relay's machine: against the data that the environment names, whether
 * the relay runs or not. One that runs hears of it within 15 s, by its next keep-alive.
 */
export async function runCommand(act: (tools: Tools, command: string | undefined, rest: string[]) => Promise<string>) {
  const [command, ...rest] = process.argv.slice(2);
  try {
    const answer = await withTools((tools) => act(tools, command, rest));
    if (answer) process.stdout.write(answer.endsWith('\n') ? answer : `${answer}\n`);
  } catch (error) {
    process.stderr.write(`${await sentence(error)}\n`);
    process.exitCode = 1;
  }
}

async function withTools<T>(act: (tools: Tools) => Promise<T>): Promise<T> {
  const read = readConfig(process.env);
  if ('findings' in read) throw new Refused(read.findings.join('\n'));
  const { dataDir, host, limits, port, publicUrl = `http://${host}:${port}` } = read.config;
  const config = { ...read.config, publicUrl };
  const store = openSqlite(join(dataDir, 'relay.sqlite'), systemClock);
  const { mailer } = openMailer(config, store, systemClock);
  try {
    const agents = new Agents(store, systemClock, limits);
    await agents.ensureAdministrator();
    const settings = new Settings(store, config);
    await settings.begin();
    const audit = new Audit(store, systemClock);
    const words = { en: await loadT('en'), nl: await loadT('nl') };
    const queues = new Queues(store, systemClock);
    const administration = new Administration({ agents, queues, settings, audit, mailer, words, config });
    return await act({ administration, agents, audit, store });
  } finally {
    mailer.close();
    await store.close();
  }
}

async function sentence(error: unknown): Promise<string> {
  if (error instanceof Refused) return error.message;
  if (!(error instanceof HulplijnError)) throw error;
  return (await loadT('en'))(`error.${error.code}`, { minutes: Math.ceil((error.retryAfter ?? 60) / 60) });
}

/** `modes=single customers=3` as pairs; one that is none of `names` is refused with `usage`. */
export function pairs<Name extends string>(
  settings: string[],
  names: readonly Name[],
  usage: string,
): Map<Name, string> {
  return new Map(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      const name = names.find((one) => one === setting.slice(0, at));
      if (at < 0 || !name) throw new Refused(`${setting} is no setting.\n${usage}`);
      return [name, setting.slice(at + 1)];
    }),
  );
}
