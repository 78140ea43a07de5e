import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadT } from '../shared/locales/load.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import { NAME_CHARACTERS } from '../shared/protocol/limits.ts';
import { nameFault } from '../shared/protocol/name-fault.ts';
import { Administration } from './administration.ts';
import { Agents } from './agents.ts';
import { Audit } from './audit.ts';
import { systemClock } from './clock.ts';
import { EX_CONFIG, readConfig } from './config.ts';
import { lastRun } from './last-run.ts';
import { openMailer } from './mail/open-mailer.ts';
import { Queues } from './queues.ts';
import { Settings } from './settings.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

/** A sentence for whoever typed it, and the status the command ends with. */
export class Refused extends Error {
  readonly status: number;

  constructor(sentence: string, status = 1) {
    super(sentence);
    this.status = status;
  }
}

export interface Tools {
  administration: Administration;
  agents: Agents;
  audit: Audit;
  store: Store;
  site: string; // its address
  /** `unknown`: the relay sends its mails by a server that is not named here. */
  mail: 'smtp' | 'outbox' | 'unknown';
}

interface Command {
  usage: string;
  /** The one that makes a store where there is none, if it says so. */
  founding?: string;
  act(tools: Tools, command: string, rest: string[]): Promise<string>;
}

/**
 * Runs one command of whoever has a shell on the relay's machine: against the data that the environment names, whether
 * the relay runs or not. One that runs hears of it within 15 s, by its next keep-alive.
 */
export async function runCommand({ usage, founding, act }: Command) {
  const [command, ...rest] = process.argv.slice(2);
  try {
    if (command === undefined) throw new Refused(usage);
    const founds = command === founding && rest[0] === NEW;
    const answer = await withTools(founds, (tools) => act(tools, command, founds ? rest.slice(1) : rest));
    if (answer) process.stdout.write(answer.endsWith('\n') ? answer : `${answer}\n`);
  } catch (error) {
    process.stderr.write(`${await sentence(error)}\n`);
    process.exitCode = error instanceof Refused ? error.status : 1;
  }
}

const NEW = '--new';

async function withTools<T>(founds: boolean, act: (tools: Tools) => Promise<T>): Promise<T> {
  const read = readConfig(process.env);
  if ('findings' in read) throw new Refused(read.findings.join('\n'), EX_CONFIG);
  const { dataDir, host, limits, port, publicUrl = `http://${host}:${port}` } = read.config;
  const file = join(dataDir, 'relay.sqlite');
  // A mistyped folder would be an empty store, in which all is well and nothing counts.
  if (!founds && !existsSync(file)) throw new Refused(noStore(dataDir), EX_CONFIG);
  const store = openSqlite(file, systemClock);
  const ran = await lastRun(store).read();
  const config = { ...read.config, publicUrl, ...ran };
  const { mailer, outbox } = openMailer(config, store, systemClock);
  try {
    const agents = new Agents(store, systemClock, limits);
    await agents.ensureAdministrator();
    const settings = new Settings(store, config);
    await settings.begin();
    const audit = new Audit(store, systemClock);
    const words = { en: await loadT('en'), nl: await loadT('nl') };
    const queues = new Queues(store, systemClock);
    const administration = new Administration({ agents, queues, settings, audit, mailer, words, config });
    const mail = !outbox ? 'smtp' : ran?.sends ? 'unknown' : 'outbox';
    return await act({ administration, agents, audit, store, site: config.publicUrl, mail });
  } finally {
    mailer.close();
    await store.close();
  }
}

function noStore(folder: string): string {
  return `No relay has run in ${folder}, and there is no store: is DATA_DIR right?
Before the relay's first start, its first agent makes it: npm run agent -- add --new <address> "<name>"`;
}

async function sentence(error: unknown): Promise<string> {
  if (error instanceof Refused) return error.message;
  if (!(error instanceof HulplijnError)) throw error;
  return (await loadT('en'))(`error.${error.code}`, { minutes: Math.ceil((error.retryAfter ?? 60) / 60) });
}

/** A name as it may be; `what` is called so in the sentence that refuses it. */
export function typedName(typed: string, what: string): string {
  switch (nameFault(typed)) {
    case undefined:
      return typed;
    case 'missing':
      throw new Refused(`${what} is missing.`);
    case 'long':
      throw new Refused(`${what} must have at most ${NAME_CHARACTERS} characters.`);
    case 'signs':
      throw new Refused(`${what} must have no invisible characters, such as those that turn the direction of a line.`);
  }
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
