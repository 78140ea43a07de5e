import { type AuditEntry, Modes } from '../shared/protocol/administration-api.ts';
import { LIMIT_RANGES } from '../shared/protocol/limits.ts';
import { EmailAddress } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import type { AgentRecord } from './agent-record.ts';
import { csv, jsonLines } from './audit.ts';
import { pairs, Refused, runCommand, type Tools, typedName } from './command-line.ts';
import type { QueueRecord } from './queues.ts';
import { reports } from './reports.ts';

/** The administrator's side of agents, for scripts and for the first agent; the rest is on the administration screen. */
const USAGE = `npm run agent -- add [--new] <address> "<name>"   (--new: before the relay's first start, makes its store)
npm run agent -- invite <address> "<name>"   (adds them, and sends them a mail that says how to sign in)
npm run agent -- list
npm run agent -- set <address> [name="<name>"] [modes=multi,single] [customers=<number>] [administers=yes|no] [queues=<id>,<id>]   (empty modes or customers: as the site; queues: all of them)
npm run agent -- remove <address>
npm run agent -- reports
npm run agent -- log [csv|jsonl]   (who changed what)
`;

const SETTINGS = ['name', 'modes', 'customers', 'administers', 'queues'] as const;
const [LEAST, MOST] = LIMIT_RANGES.customersAtOnce;
const Count = z.pipe(
  z.string().check(z.regex(/^[1-9]\d*$/)),
  z.pipe(z.transform(Number), z.int().check(z.gte(LEAST), z.lte(MOST))),
);
const BY = 'command line';

function parsed<S extends z.core.$ZodType>(schema: S, value: unknown, sentence: string): z.output<S> {
  const result = z.safeParse(schema, value);
  if (!result.success) throw new Refused(sentence);
  return result.data;
}

/** `modes=single customers=3` */
function changeOf(settings: string[], queues: readonly QueueRecord[]) {
  const set = pairs(settings, SETTINGS, USAGE);
  const [name, modes, customers, administers, listed] = SETTINGS.map((one) => set.get(one));
  return {
    ...(name !== undefined && { name: typedName(name, 'name') }),
    ...(modes !== undefined && {
      modes: modes
        ? parsed(Modes, modes.split(','), 'modes must be multi, single, or both (multi,single), each once.')
        : null,
    }),
    ...(customers !== undefined && {
      customers: customers
        ? parsed(Count, customers, `customers must be a whole number from ${LEAST} to ${MOST}.`)
        : null,
    }),
    ...(administers !== undefined && {
      administers: parsed(z.enum(['yes', 'no']), administers, 'administers must be yes or no.') === 'yes',
    }),
    ...(listed !== undefined && { queues: places(listed.split(',').filter(Boolean), queues) }),
  };
}

function places(listed: readonly string[], queues: readonly QueueRecord[]): Record<string, boolean> {
  const unknown = listed.find((id) => !queues.some((queue) => queue.id === id));
  if (unknown !== undefined) throw new Refused(`No queue has the id ${unknown}.`);
  return Object.fromEntries(queues.map(({ id }) => [id, listed.includes(id)]));
}

async function run(tools: Tools, command: string, rest: string[]) {
  const { administration, agents, audit, store } = tools;
  const [address, ...more] = rest;
  const email = () => {
    if (address === undefined) throw new Refused(USAGE);
    return parsed(EmailAddress, address, `${address} is not an e-mail address.`);
  };
  const known = async () => {
    if (!(await agents.byEmail(email()))) throw new Refused('No agent has that address.');
    return email();
  };
  const name = () => typedName(more.join(' '), 'The name');
  const described = async (some: readonly AgentRecord[]) => {
    const queues = await administration.queues();
    return some.map((one) => line(one, queues)).join('\n');
  };
  switch (command) {
    case 'add':
      await administration.addAgent(BY, { email: email(), name: name() });
      return `Added ${email()}.`;
    case 'invite':
      return invite(tools, { email: email(), name: name() });
    case 'list':
      return described(await agents.list());
    case 'set': {
      const change = changeOf(more, await administration.queues());
      return described([await administration.setAgent(BY, { email: await known(), ...change })]);
    }
    case 'remove':
      await administration.removeAgent(BY, { email: await known() });
      return `Removed ${email()}, and signed out all their browsers.`;
    case 'reports': {
      const all = (await reports(store).list('')).map(({ value }) => value).sort((a, b) => a.at - b.at);
      return all.map(({ at, name: agent, agent: id }) => `${new Date(at).toISOString()}\t${agent}\t${id}`).join('\n');
    }
    case 'log':
      return logged(address, await audit.all());
    default:
      throw new Refused(USAGE);
  }
}

async function invite({ administration, site, mail }: Tools, agent: { email: string; name: string }) {
  if (mail === 'unknown') {
    throw new Refused(`Nobody was added: the relay sends its mails by SMTP, and SMTP_URL is not set here.
Set SMTP_URL and MAIL_FROM as the relay has them; or use "add", and tell them to sign in at ${site}`);
  }
  await administration.inviteAgent(BY, agent);
  return mail === 'smtp'
    ? `Added ${agent.email}, and sent them a mail: they sign in at ${site}`
    : `Added ${agent.email}. With no SMTP_URL the mail is not sent: it is in the outbox, ${site}/outbox\nThey sign in at ${site}`;
}

function logged(as = 'csv', entries: readonly AuditEntry[]): string {
  if (as === 'csv') return csv(entries);
  if (as === 'jsonl') return jsonLines(entries);
  throw new Refused(`The log can be had as csv or jsonl, not as ${as}.`);
}

function line({ id, email, name, modes, customers, administers }: AgentRecord, queues: readonly QueueRecord[]): string {
  const rights = `modes=${modes?.join(',') ?? ''}\tcustomers=${customers ?? ''}\tadministers=${administers ? 'yes' : 'no'}`;
  const listed = queues.filter(({ members }) => members.includes(id)).map((queue) => queue.id);
  return `${email}\t${name}\t${rights}\tqueues=${listed.join(',')}`;
}

await runCommand({ usage: USAGE, founding: 'add', act: run });
