import { randomInt } from 'node:crypto';
import { HulplijnError } from '../shared/protocol/errors.ts';
import { ParticipantId } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import type { Device } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { type AgentChange, type AgentRecord, agentRecords } from './agent-record.ts';
import type { Clock } from './clock.ts';
import { each } from './each.ts';
import { Queues } from './queues.ts';
import { hashed, newId, newToken } from './secrets.ts';
import { SessionBook } from './session-book.ts';
import { dismissed, signedOut, withoutInvitationsOf } from './sessions.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';

const DeviceRecord = z.object({
  id: ParticipantId,
  agent: z.string(),
  browser: z.string(),
  createdAt: z.int(),
  usedAt: z.int(),
  token: z.string(), // hashed
});
type DeviceRecord = z.infer<typeof DeviceRecord>;

/** What a token stands for. */
const TokenRecord = z.discriminatedUnion('is', [
  z.object({ is: z.literal('agent'), email: z.string(), agent: z.string(), device: ParticipantId, usedAt: z.int() }),
  z.object({ is: z.literal('seat'), id: ParticipantId, usedAt: z.int() }),
]);

/** Of an agent who was removed, until all that follows from it is done. */
const LeavingRecord = z.object({ email: z.string(), again: z.int() });

const SignInRecord = z.object({
  email: z.string(),
  secret: z.string(), // hashed
  code: z.string(), // hashed together with the secret, which is kept nowhere: six digits alone are soon tried
  tries: z.int(),
  until: z.int(),
});

/** Who calls: an agent's browser or a customer's seat. Both have an id in signalling and rosters. */
/** `token` is the key of its record, not the token. */
export type Caller =
  | { is: 'agent'; id: ParticipantId; agent: AgentRecord; token: string }
  | { is: 'seat'; id: ParticipantId; token: string };

const HOUR = 3_600_000;
/** Anybody may ask for a seat: one that is not used any more does not stay long. */
const SEAT_UNUSED = 24 * HOUR;
/** What could not be done when an agent was removed is tried again so often; ms. */
const AGAIN = 60_000;

/** Agents, their browsers, and every token. No passwords: a code by mail, then a token that stays in one browser. */
export class Agents {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #limits: SiteLimits;
  readonly #book: SessionBook;
  readonly #agents: Records<typeof AgentRecord>;
  readonly #devices: Records<typeof DeviceRecord>;
  readonly #leaving: Records<typeof LeavingRecord>; // by id
  readonly #tokens: Records<typeof TokenRecord>;
  readonly #signIns: Records<typeof SignInRecord>;

  constructor(store: Store, clock: Clock, limits: SiteLimits) {
    this.#store = store;
    this.#clock = clock;
    this.#limits = limits;
    this.#book = new SessionBook(store, clock, limits); // all it knows is in the store
    const unused = ({ usedAt }: { usedAt: number }) => ({ expiresAt: usedAt + limits.tokenUnused * 1000 });
    this.#agents = agentRecords(store);
    this.#leaving = new Records(store, 'leaving', LeavingRecord, ({ again }) => ({ dueAt: again }));
    this.#devices = new Records(store, 'device', DeviceRecord, unused);
    this.#tokens = new Records(store, 'token', TokenRecord, (one) =>
      one.is === 'seat' ? { expiresAt: one.usedAt + SEAT_UNUSED } : unused(one),
    );
    this.#signIns = new Records(store, 'sign-in', SignInRecord, ({ until }) => ({ expiresAt: until }));
  }

  // --- the administrator's side -------------------------------------------------------------------------------------

  /** False if that address is an agent's already. The first agent administers. */
  async add(email: string, name: string): Promise<boolean> {
    const administers = (await this.list()).length === 0;
    const record = { id: newId(), email: email.toLowerCase(), name, administers, addedAt: this.#clock.now() };
    return this.#agents.create(record.email, record);
  }

  /** A store from before there were administrators: the first agent is one. */
  async ensureAdministrator(): Promise<void> {
    const all = await this.list();
    const [first] = all.toSorted((a, b) => a.addedAt - b.addedAt);
    if (first && !all.some(({ administers }) => administers)) await this.set(first.email, { administers: true });
  }

  byEmail(email: string): Promise<AgentRecord | undefined> {
    return this.#agents.get(email.toLowerCase());
  }

  async byId(id: string): Promise<AgentRecord | undefined> {
    return (await this.list()).find((one) => one.id === id);
  }

  async list(): Promise<AgentRecord[]> {
    return (await this.#agents.list('')).map(({ value }) => value);
  }

  /** How it was in the moment of the change, and is; `undefined`: there is none. */
  async set(email: string, change: AgentChange): Promise<{ before: AgentRecord; after: AgentRecord } | undefined> {
    let before: AgentRecord | undefined;
    const after = await this.#agents.change(email.toLowerCase(), (agent) => {
      before = agent;
      return {
        ...agent,
        ...change,
        name: change.name ?? agent.name,
        administers: change.administers ?? agent.administers,
      };
    });
    return before && after && { before, after };
  }

  /**
   * Their browsers are signed out by it: a token counts only with its agent. What they lead is lost at once (EN3), and
   * they are in no queue. Of that, what fails keeps nothing else from being done, and is tried again by the sweeper.
   */
  async remove(email: string, really: (agent: AgentRecord) => boolean = () => true): Promise<boolean> {
    const agent = await this.byEmail(email);
    if (!agent) return false;
    await this.#leaving.write(agent.id, { email: agent.email, again: this.#clock.now() + AGAIN });
    // First: nobody signs in as them meanwhile.
    if (!(await this.#agents.removeIf(agent.email, really))) return false;
    await this.finishRemoval(agent.id).catch(() => {});
    return true;
  }

  /** Ids of removed agents of whom something is still to be done, and may be by now. */
  leaving(limit: number): Promise<string[]> {
    return this.#leaving.due(this.#clock.now(), limit);
  }

  /** Does all that can be done of it; throws if something could not. */
  async finishRemoval(agent: string): Promise<void> {
    const found = await this.#leaving.change(agent, (one) => ({ ...one, again: this.#clock.now() + AGAIN }));
    if (!found) return;
    // It may not have come to the removal.
    if ((await this.byEmail(found.email))?.id !== agent) {
      const devices = await this.#devicesOf(agent);
      const all = [
        () => new Queues(this.#store, this.#clock).leave(agent),
        ...devices.map((one) => () => this.#forget(one, dismissed)),
        () => this.#endInvitations(agent),
      ];
      await each(all, (act) => act());
    }
    await this.#leaving.remove(agent);
  }

  /** Wherever they were: a link of their own would let them in as a customer. */
  async #endInvitations(agent: string): Promise<void> {
    const living = (await this.#book.all()).filter(({ phase }) => phase !== 'ended');
    await each(living, async ({ id }) => {
      await this.#book.change(id, (record) => withoutInvitationsOf(record, agent));
    });
  }

  // --- signing in ---------------------------------------------------------------------------------------------------

  /**
   * Begins a sign-in: the same for an address that is nobody's, whose code is never told to anybody. `code` is for the
   * mail alone, `secret` for the browser that asked. A demo agent's code is given.
   */
  async beginSignIn(email: string, given?: string): Promise<{ request: string; secret: string; code: string }> {
    const request = newId();
    const secret = newToken();
    const code = given ?? String(randomInt(1_000_000)).padStart(6, '0');
    const until = this.#clock.now() + this.#limits.codeLife * 1000;
    await this.#signIns.create(request, {
      email: email.toLowerCase(),
      secret: hashed(secret),
      code: hashed(`${secret}:${code}`),
      tries: 0,
      until,
    });
    return { request, secret, code };
  }

  async finishSignIn(answer: {
    request: string;
    secret: string;
    code: string;
    browser: string;
  }): Promise<{ token: string; device: ParticipantId; agent: AgentRecord }> {
    const { request, secret, code, browser } = answer;
    // Counted before it is looked at: of many guesses sent at once, none is free.
    const tried = await this.#signIns.change(request, (one) => ({ ...one, tries: one.tries + 1 }));
    if (!tried || tried.secret !== hashed(secret) || tried.tries > this.#limits.codeTries) {
      throw new HulplijnError('code-expired');
    }
    if (tried.code !== hashed(`${secret}:${code}`)) throw new HulplijnError('wrong-code');
    if (!(await this.#signIns.take(request))) throw new HulplijnError('code-expired');
    const agent = await this.byEmail(tried.email);
    if (!agent) throw new HulplijnError('wrong-code');

    const token = newToken();
    const device = newId();
    const now = this.#clock.now();
    const { id, email } = agent;
    await this.#devices.create(`${id}:${device}`, {
      id: device,
      agent: id,
      browser,
      createdAt: now,
      usedAt: now,
      token: hashed(token),
    });
    await this.#tokens.create(hashed(token), { is: 'agent', email, agent: id, device, usedAt: now });
    return { token, device, agent };
  }

  // --- tokens -------------------------------------------------------------------------------------------------------

  async newSeat(): Promise<{ token: string; id: ParticipantId }> {
    const token = newToken();
    const id = newId();
    await this.#tokens.create(hashed(token), { is: 'seat', id, usedAt: this.#clock.now() });
    return { token, id };
  }

  /** Throws `signed-out` for a token that is unknown, expired or revoked. */
  caller(token: string): Promise<Caller> {
    return this.#callerBy(hashed(token));
  }

  /** Whether the token whose `Caller.token` this is still counts; asked of what stays open for long. */
  async stands(key: string): Promise<boolean> {
    try {
      await this.#callerBy(key);
      return true;
    } catch (error) {
      if (error instanceof HulplijnError && error.code === 'signed-out') return false;
      throw error;
    }
  }

  async #callerBy(key: string): Promise<Caller> {
    const found = await this.#tokens.get(key);
    if (!found) throw new HulplijnError('signed-out');
    const now = this.#clock.now();
    // The limit may be another than when it was kept; and what is used is noted once an hour.
    if (found.is === 'agent' && now - found.usedAt > this.#limits.tokenUnused * 1000 + HOUR) {
      throw new HulplijnError('signed-out');
    }
    // Used is used: written once an hour suffices for a life of days, and spares a write for each request.
    const stale = now - found.usedAt > Math.min(HOUR, this.#limits.tokenUnused * 100);
    if (stale) await this.#tokens.change(key, (one) => ({ ...one, usedAt: now }));
    if (found.is === 'seat') return { is: 'seat', id: found.id, token: key };
    if (stale) await this.#devices.change(`${found.agent}:${found.device}`, (one) => ({ ...one, usedAt: now }));
    const agent = await this.#agents.get(found.email);
    // Removed and added again is another agent.
    if (agent?.id !== found.agent) throw new HulplijnError('signed-out');
    return { is: 'agent', id: found.device, agent, token: key };
  }

  async devices(agent: string, current: ParticipantId): Promise<Device[]> {
    return (await this.#devicesOf(agent)).map(({ id, browser, createdAt, usedAt }) => ({
      ...{ id, browser, createdAt, usedAt },
      current: id === current,
    }));
  }

  /** When each of their browsers was last used. */
  async used(agent: string): Promise<number[]> {
    return (await this.#devicesOf(agent)).map(({ usedAt }) => usedAt);
  }

  async deviceIds(agent: string): Promise<ParticipantId[]> {
    return (await this.#devicesOf(agent)).map(({ id }) => id);
  }

  async revoke(agent: string, device: ParticipantId): Promise<void> {
    const found = (await this.#devicesOf(agent)).find(({ id }) => id === device);
    if (!found) throw new HulplijnError('not-found');
    await this.#forget(found);
  }

  async #devicesOf(agent: string): Promise<DeviceRecord[]> {
    return (await this.#devices.list(`${agent}:`)).map(({ value }) => value);
  }

  /**
   * Signed out, it is in no session any more either. Its token goes first, so that it cannot come back meanwhile, and its
   * record last, so that what could not be done is found again.
   */
  async #forget(device: DeviceRecord, leaves = signedOut): Promise<void> {
    await this.#tokens.remove(device.token);
    try {
      await each(await this.#book.sessionsOf(device.id), async (session) => {
        if (!(await this.#book.get(session))) return;
        await this.#book.change(session, (record, now) => leaves(record, device.id, now, this.#limits));
      });
    } finally {
      await this.#store.publish(topics.stream(device.id), 'close');
      await this.#store.publish(topics.peer(device.id), '!close');
    }
    await this.#devices.remove(`${device.agent}:${device.id}`);
  }
}
