import { join } from 'node:path';
import { EmailAddress, Mode, PersonName } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { type AgentRecord, Agents } from './agents.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { reports } from './reports.ts';
import { openSqlite } from './store/sqlite.ts';

/** The administrator's side of agents, for whoever has a shell on the relay's machine; the screens come later. */
const USAGE = `npm run agent -- add <address> "<name>"
npm run agent -- list
npm run agent -- set <address> [modes=multi,single] [customers=<number>]   (an empty value: as the site)
npm run agent -- remove <address>
npm run agent -- reports
`;

const Count = z.string().check(z.regex(/^[1-9]\d{0,2}$/));

class Refused extends Error {}

function parsed<S extends z.core.$ZodType>(schema: S, value: unknown, sentence: string): z.output<S> {
  const result = z.safeParse(schema, value);
  if (!result.success) throw new Refused(sentence);
  return result.data;
}

/** `modes=single customers=3` */
function rights(settings: string[]): Pick<AgentRecord, 'modes' | 'customers'> {
  const result: Pick<AgentRecord, 'modes' | 'customers'> = {};
  for (const setting of settings) {
    const [name, value = ''] = setting.split('=');
    if (name === 'modes') {
      const modes = z.array(Mode);
      result.modes = value
        ? parsed(modes, value.split(','), 'modes must be multi, single, or multi,single.')
        : undefined;
    } else if (name === 'customers') {
      result.customers = value ? Number(parsed(Count, value, 'customers must be a whole number.')) : undefined;
    } else throw new Refused(`${setting} is no setting.\n${USAGE}`);
  }
  return result;
}

async function run(command: string | undefined, rest: string[]): Promise<string> {
  const read = readConfig(process.env);
  if ('findings' in read) throw new Refused(read.findings.join('\n'));
  const { dataDir, limits } = read.config;
  const store = openSqlite(join(dataDir, 'relay.sqlite'), systemClock);
  try {
    const agents = new Agents(store, systemClock, limits);
    const [address, ...more] = rest;
    const email = () => parsed(EmailAddress, address, `${address ?? 'Nothing'} is not an e-mail address.`);
    switch (command) {
      case 'add': {
        const name = parsed(PersonName, more.join(' '), 'A name is needed, of at most 80 characters.');
        if (!(await agents.add(email(), name))) throw new Refused('That address is an agent’s already.');
        return `Added ${email()}.`;
      }
      case 'list':
        return (await agents.list()).map(described).join('\n');
      case 'set': {
        const agent = await agents.set(email(), rights(more));
        if (!agent) throw new Refused('No agent has that address.');
        return described(agent);
      }
      case 'remove':
        if (!(await agents.remove(email()))) throw new Refused('No agent has that address.');
        return `Removed ${email()}, and signed out all their browsers.`;
      case 'reports': {
        const all = (await reports(store).list('')).map(({ value }) => value).sort((a, b) => a.at - b.at);
        return all.map(({ at, name, agent }) => `${new Date(at).toISOString()}\t${name}\t${agent}`).join('\n');
      }
      default:
        throw new Refused(USAGE);
    }
  } finally {
    await store.close();
  }
}

function described({ email, name, modes, customers }: AgentRecord): string {
  return `${email}\t${name}\tmodes=${modes?.join(',') ?? ''}\tcustomers=${customers ?? ''}`;
}

const [command, ...rest] = process.argv.slice(2);
try {
  const answer = await run(command, rest);
  if (answer) process.stdout.write(`${answer}\n`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
