import type { Limits } from '../shared/protocol/limits.ts';
import { type Agent, Mode } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';

/** An agent as the administrator made them; `modes` and `customers` only where stricter than the site's. */
export const AgentRecord = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  modes: z.optional(z.array(Mode)),
  customers: z.optional(z.int()),
  administers: z._default(z.boolean(), false),
  addedAt: z._default(z.int(), 0), // 0: before that was kept
});
export type AgentRecord = z.infer<typeof AgentRecord>;
/** By address. */
export function agentRecords(store: Store): Records<typeof AgentRecord> {
  return new Records(store, 'agent', AgentRecord);
}

/** What an administrator may set of one; `undefined`: as the site. */
export type AgentChange = { [Name in 'name' | 'modes' | 'customers' | 'administers']?: AgentRecord[Name] | undefined };

/** An agent with the rights that count: of site and agent the stricter (ST3, PA1). */
export function withRights(agent: AgentRecord, site: { modes: readonly Mode[]; limits: Limits }): Agent {
  const { id, email, name, modes, administers } = agent;
  return {
    ...{ id, email, name, administers },
    modes: site.modes.filter((mode) => !modes || modes.includes(mode)),
    customers: customersOf(agent, site.limits),
  };
}

/** ST3: whether they may be in charge of it. What the site lets nobody start any more goes on, and is handed on. */
export function mayLead({ modes }: AgentRecord, { mode }: { mode: Mode }): boolean {
  return !modes || modes.includes(mode);
}

export function customersOf({ customers }: AgentRecord, { customersAtOnce }: Limits): number {
  return Math.min(customers ?? customersAtOnce, customersAtOnce);
}
