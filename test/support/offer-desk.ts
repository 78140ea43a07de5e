import type { Control } from '../../shared/protocol/control.ts';
import { Me, Offer, type RelayEvent, Roster } from '../../shared/protocol/relay-api.ts';
import { type AppInMemory, appInMemory, type Person } from './app.ts';
import type { Events } from './events.ts';
import { until } from './until.ts';

/** A desk with a queue of agents, and what they do about an offered session over HTTP (TS). */

type Shown = Extract<RelayEvent, { event: 'offers' }>['data'];

/** An agent, listed in the queue, with an open stream. */
interface Listed extends Person {
  agent: string;
  events: Events;
}

export const PRINTERS = { en: 'Printers', nl: 'Printers' };

/** Anna leads a session with Mia in it; Anna, Bob and Cas are in one queue, and nobody is available yet. */
export async function desk(env: Record<string, string> = {}) {
  const app = await appInMemory(env);
  const [anna, bob, cas] = [await listed(app, 'Anna'), await listed(app, 'Bob'), await listed(app, 'Cas')];
  const queue = await app.parts.queues.create(PRINTERS);
  await app.parts.queues.set(queue.id, { members: [anna, bob, cas].map(({ agent }) => agent) });
  return { app, anna, bob, cas, queue: queue.id, ...(await helped(app, anna)) };
}

export async function listed(app: AppInMemory, name: string): Promise<Listed> {
  const person = await app.agent(name);
  const { agent } = await person.api.get(Me, '/api/me');
  return Object.assign(person, { agent: agent.id, events: await person.open() });
}

/** One more session of Anna's, with a customer who is here. */
export async function helped(app: AppInMemory, anna: Person, name = 'Mia') {
  const session = await anna.start('single');
  const mia = await app.customer();
  await mia.join((await anna.invite(session)).id, name);
  const hers = await mia.open();
  await hers.roster(({ participants }) => participants.every(({ state }) => state === 'present'));
  return { session, mia, hers };
}

/** In the session of whichever of the two is a customer, if nothing else is said. */
export function control(why: Control['why'], by: Person, to: Person, epoch = 2, session = to.session || by.session) {
  return by.pen.signed(session, { epoch, why, by: by.id, to: to.id, key: to.pen.signingKey });
}

type To = { is: 'queue'; queue: string } | { is: 'agents'; agents: string[] };

export function request(by: Person, keeper: Person, to: To, more: { message?: string; notes?: string } = {}) {
  return { control: control('offered', by, keeper), to, ...more };
}

export const inQueue = (queue: string): To => ({ is: 'queue', queue });
export const toAgents = (...agents: Listed[]): To => ({ is: 'agents', agents: agents.map(({ agent }) => agent) });

export async function offer(by: Person, session: Roster, body: ReturnType<typeof request>): Promise<Offer> {
  return by.api.post(Offer, `/api/sessions/${session.id}/offer`, body);
}

export const available = (one: Person, on = true) => one.api.do('/api/availability', { on });
/** Once what their page was told last is so. */
export const shown = ({ events }: Listed, which: (shown: Shown) => boolean): Promise<Shown> =>
  until<Shown>('what is offered to be so', async () => {
    const last = events.all.findLast((one) => one.event === 'offers');
    return last && which(last.data) ? last.data : undefined;
  });
export const state = (one: Listed, is: Offer['state']['is']) => shown(one, ({ offers }) => offers[0]?.state.is === is);
export const accept = (one: Person, { id }: Pick<Offer, 'id'>) =>
  one.api.post(Roster, `/api/offers/${id}/accept`, { signingKey: one.pen.signingKey });
export const sign = (keeper: Person, heir: Person, session: Roster, epoch = 3) =>
  keeper.api.post(Roster, `/api/sessions/${session.id}/control`, { control: control('accepted', keeper, heir, epoch) });
