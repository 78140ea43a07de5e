import type { T } from '../shared/locales/messages.ts';
import {
  AboutAgent,
  AboutQueue,
  AgentAdd,
  type AgentEntry,
  AgentSet,
  type InForce,
  QueueAdd,
  QueueSet,
  SettingsChange,
} from '../shared/protocol/administration-api.ts';
import { type ErrorCode, HulplijnError } from '../shared/protocol/errors.ts';
import { Language, type QueueName } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import type { AgentChange, AgentRecord } from './agent-record.ts';
import type { Agents } from './agents.ts';
import type { Actor, Audit } from './audit.ts';
import { agentMail } from './mail/administration.ts';
import type { Mailer } from './mail/mailer.ts';
import type { QueueRecord, Queues } from './queues.ts';
import type { Settings } from './settings.ts';

interface Parts {
  agents: Agents;
  queues: Queues;
  settings: Settings;
  audit: Audit;
  mailer: Mailer;
  words: Record<Language, T>;
  config: { deskName: string; languages: readonly Language[]; publicUrl: string };
}

/**
 * What an administrator does (PA1), from their screen or the command line: each change is checked here, whatever it comes
 * from, and is in the log with who and when. What does not parse is refused as `bad-request`, or by what is wrong.
 */
export class Administration {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  // --- agents -------------------------------------------------------------------------------------------------------

  async agents(): Promise<AgentEntry[]> {
    const { agents } = this.#parts;
    return Promise.all(
      (await agents.list()).map(async ({ addedAt: _addedAt, ...agent }) => {
        const used = await agents.used(agent.id);
        return { ...agent, browsers: used.length, ...(used.length > 0 && { usedAt: Math.max(...used) }) };
      }),
    );
  }

  async addAgent(actor: Actor, input: unknown): Promise<AgentRecord> {
    const { email, name } = checked(AgentAdd, input);
    const { agents, audit } = this.#parts;
    if (!(await agents.add(email, name))) throw new HulplijnError('agent-exists');
    const agent = await this.#agent(email);
    await audit.note(actor, 'agent added', agent.email, { after: looked(agent) });
    return agent;
  }

  /** Adds the agent and writes to them; with no mail taken, nobody is added. */
  async inviteAgent(actor: Actor, input: unknown): Promise<AgentRecord> {
    const { email, name } = checked(AgentAdd, input);
    const { agents } = this.#parts;
    if (await agents.byEmail(email)) throw new HulplijnError('agent-exists');
    await this.#mail(actor, { email, name });
    return this.addAgent(actor, input);
  }

  /** The mail of the invitation once more. */
  async mailAgent(actor: Actor, input: unknown): Promise<void> {
    const agent = await this.#agent(checked(AboutAgent, input).email);
    await this.#mail(actor, agent);
    await this.#parts.audit.note(actor, 'agent invited', agent.email);
  }

  async setAgent(actor: Actor, input: unknown): Promise<AgentRecord> {
    const { email, queues: places = {}, ...change } = checked(AgentSet, input);
    const { agents, audit, queues } = this.#parts;
    const known = new Set((await queues.list()).map(({ id }) => id));
    // Who is to be out of a queue that somebody removed meanwhile is out of it.
    if (Object.entries(places).some(([id, isIn]) => isIn && !known.has(id))) throw new HulplijnError('not-found');
    const { modes, customers, ...rest } = change;
    const next: AgentChange = {
      ...rest,
      ...(modes !== undefined && { modes: modes ?? undefined }),
      ...(customers !== undefined && { customers: customers ?? undefined }),
    };
    const set = await agents.set(email, next);
    if (!set) throw new HulplijnError('not-found');
    const { before, after } = set;
    if (before.administers && !after.administers) await this.#mustBeLeft(before);
    const were = await queues.of(after.id);
    const are = await this.#placed(after, places, were);
    await audit.note(actor, 'agent changed', after.email, {
      before: { ...looked(before), queues: named(were) },
      after: { ...looked(after), queues: named(are) },
    });
    return after;
  }

  /** Each queue by itself, so that nothing is lost of what somebody else changes in it. Of `were`, what they are in then. */
  async #placed(
    { id: agent, email }: AgentRecord,
    places: Readonly<Record<string, boolean>>,
    were: readonly QueueRecord[],
  ): Promise<QueueRecord[]> {
    const { agents, queues } = this.#parts;
    const are = new Map(were.map((queue) => [queue.id, queue]));
    for (const [id, isIn] of Object.entries(places)) {
      const queue = await queues.place(id, agent, isIn);
      if (queue && isIn) are.set(id, queue);
      else are.delete(id);
    }
    // Removed meanwhile, they may have been put into one after they had left all.
    if ((await agents.byEmail(email))?.id !== agent) await queues.leave(agent);
    return [...are.values()];
  }

  /** Signed out everywhere; what they lead is lost at once, for an assistant to take over (EN3). */
  async removeAgent(actor: Actor, input: unknown): Promise<void> {
    const { agents, audit } = this.#parts;
    const agent = await this.#agent(checked(AboutAgent, input).email);
    const set = await agents.set(agent.email, { administers: false });
    if (set) await this.#mustBeLeft(set.before);
    // Somebody may have given them the right again meanwhile.
    if (!(await agents.remove(agent.email, ({ administers }) => !administers))) throw new HulplijnError('conflict');
    await audit.note(actor, 'agent removed', agent.email, { before: looked(agent) });
  }

  async #agent(email: string): Promise<AgentRecord> {
    const agent = await this.#parts.agents.byEmail(email);
    if (!agent) throw new HulplijnError('not-found');
    return agent;
  }

  /** Looked at afterwards, and put back as it was: of two who take the right from each other at once, both keep it. */
  async #mustBeLeft(before: AgentRecord): Promise<void> {
    const { agents } = this.#parts;
    if ((await agents.list()).some(({ administers }) => administers)) return;
    // Of one who had not the right in that moment, whoever takes it from them just now puts it back.
    if (before.administers) await agents.set(before.email, looked(before));
    throw new HulplijnError('last-administrator');
  }

  async #mail(actor: Actor, { email, name }: { email: string; name: string }): Promise<void> {
    const { mailer, words, config } = this.#parts;
    const { deskName, languages, publicUrl } = config;
    const [first = 'en', ...others] = [...new Set<Language>([...languages, 'en', 'nl'])];
    const by = actor === 'command line' ? undefined : actor.name;
    const about = { to: email, name, by, desk: deskName, site: publicUrl };
    await mailer.send(
      agentMail(
        [first, ...others].map((language) => words[language]),
        about,
      ),
    );
  }

  // --- queues -------------------------------------------------------------------------------------------------------

  queues(): Promise<QueueRecord[]> {
    return this.#parts.queues.list();
  }

  async addQueue(actor: Actor, input: unknown): Promise<QueueRecord> {
    const { name } = checked(QueueAdd, input);
    await this.#mustBeNew(name);
    const queue = await this.#parts.queues.create(name);
    await this.#parts.audit.note(actor, 'queue added', queue.name.en, { after: await this.#lookedQueue(queue) });
    return queue;
  }

  async setQueue(actor: Actor, input: unknown): Promise<QueueRecord> {
    const { id, name, members } = checked(QueueSet, input);
    const { queues, agents, audit } = this.#parts;
    const before = await queues.get(id);
    const known = new Set((await agents.list()).map((agent) => agent.id));
    // A member who is no agent any more was seen by who asks, and is out; one who never was is a mistake.
    const isMistake = (one: string) => !known.has(one) && !before?.members.includes(one);
    if (!before || members?.some(isMistake)) throw new HulplijnError('not-found');
    if (name && (name.en !== before.name.en || name.nl !== before.name.nl)) await this.#mustBeNew(name, id);
    const there = members?.filter((one) => known.has(one));
    const after = await queues.set(id, { ...(name && { name }), ...(there && { members: there }) });
    if (!after) throw new HulplijnError('not-found');
    const both = { before: await this.#lookedQueue(before), after: await this.#lookedQueue(after) };
    await audit.note(actor, 'queue changed', after.name.en, both);
    return after;
  }

  async removeQueue(actor: Actor, input: unknown): Promise<void> {
    const { id } = checked(AboutQueue, input);
    const { queues, audit } = this.#parts;
    const before = await queues.get(id);
    if (!before || !(await queues.remove(id))) throw new HulplijnError('not-found');
    await audit.note(actor, 'queue removed', before.name.en, { before: await this.#lookedQueue(before) });
  }

  /** Whoever chooses a queue, in whichever language, sees which is which. */
  async #mustBeNew(name: QueueName, id?: string): Promise<void> {
    const others = (await this.queues()).filter((one) => one.id !== id);
    const isSame = (one: string, other: string) => folded(one) === folded(other);
    if (others.some((one) => Language.options.some((language) => isSame(one.name[language], name[language])))) {
      throw new HulplijnError('queue-exists');
    }
  }

  /** In the log members are people. */
  async #lookedQueue({ name, members }: QueueRecord) {
    const emails = new Map((await this.#parts.agents.list()).map(({ id, email }) => [id, email]));
    return { en: name.en, nl: name.nl, members: members.map((id) => emails.get(id) ?? id).sort() };
  }

  // --- settings -----------------------------------------------------------------------------------------------------

  async setSettings(actor: Actor, input: unknown): Promise<void> {
    const { before, after } = await this.#parts.settings.change(checked(SettingsChange, input));
    await this.#parts.audit.note(actor, 'settings changed', '', { before: flat(before), after: flat(after) });
  }
}

/** As people tell names apart: what shows nothing makes no difference. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

function looked({ name, modes, customers, administers }: AgentRecord) {
  return { name, modes, customers, administers };
}

function named(queues: readonly QueueRecord[]): string[] {
  return queues.map(({ name }) => name.en).sort();
}

function flat({ limits, ...rest }: InForce) {
  return { ...limits, ...rest };
}

/** What a person typed has a sentence of its own. */
const TYPED: Record<string, ErrorCode> = { email: 'bad-address', limits: 'out-of-range', customers: 'out-of-range' };

function checked<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const field = String(result.error.issues[0]?.path[0] ?? '');
  throw new HulplijnError(TYPED[field] ?? 'bad-request', { cause: result.error });
}
