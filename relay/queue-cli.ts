import type { QueueName } from '../shared/protocol/relay-api.ts';
import { pairs, Refused, runCommand, type Tools, typedName } from './command-line.ts';
import type { QueueRecord } from './queues.ts';

/** Queues of agents (TS), for scripts; the same as on the administration screen. */
const USAGE = `npm run queue -- add "<name in English>" "<name in Dutch>"
npm run queue -- list
npm run queue -- set <id> [en="<name>"] [nl="<name>"] [members=<address>,<address>]   (members: all of them)
npm run queue -- remove <id>
`;

const SETTINGS = ['en', 'nl', 'members'] as const;
const BY = 'command line';

async function run({ administration, agents }: Tools, command: string, rest: string[]): Promise<string> {
  const people = await agents.list();
  const described = ({ id, name, members }: QueueRecord) => {
    const emails = members.flatMap((member) => people.find((one) => one.id === member)?.email ?? []);
    return `${id}\ten=${name.en}\tnl=${name.nl}\tmembers=${emails.join(',')}`;
  };
  const idOf = (email: string) => {
    const found = people.find((one) => one.email === email.trim().toLowerCase());
    if (!found) throw new Refused(`No agent has the address ${email}.`);
    return found.id;
  };
  const [first = '', ...more] = rest;
  const known = async () => {
    const queue = (await administration.queues()).find(({ id }) => id === first);
    if (!queue) throw new Refused('No queue has that id.');
    return queue;
  };
  switch (command) {
    case 'add': {
      const [nl = ''] = more;
      if (!first || !nl) throw new Refused(USAGE);
      return described(await administration.addQueue(BY, { name: named({ en: first, nl }) }));
    }
    case 'list':
      return (await administration.queues()).map(described).join('\n');
    case 'set': {
      const { id, name } = await known();
      const set = pairs(more, SETTINGS, USAGE);
      const members = set.get('members')?.split(',').filter(Boolean).map(idOf);
      const names = named({ en: set.get('en') ?? name.en, nl: set.get('nl') ?? name.nl });
      return described(await administration.setQueue(BY, { id, name: names, ...(members && { members }) }));
    }
    case 'remove':
      await administration.removeQueue(BY, await known());
      return 'Removed.';
    default:
      throw new Refused(USAGE);
  }
}

function named({ en, nl }: QueueName): QueueName {
  return { en: typedName(en, 'The name in English'), nl: typedName(nl, 'The name in Dutch') };
}

await runCommand({ usage: USAGE, act: run });
