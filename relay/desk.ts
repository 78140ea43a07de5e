import type { Control } from '../shared/protocol/control.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import type { InvitationId, ParticipantId, SessionId, SigningKey } from '../shared/protocol/ids.ts';
import type { Limits } from '../shared/protocol/limits.ts';
import type { Agent, Mode } from '../shared/protocol/relay-api.ts';
import { readSessionNumber } from '../shared/protocol/session-number.ts';
import { type AgentRecord, mayLead, withRights } from './agent-record.ts';
import type { Agents } from './agents.ts';
import { checkControl } from './checked-control.ts';
import type { Clock } from './clock.ts';
import type { Quotas } from './quotas.ts';
import { customersIn, leaderOf, type Room, type Same, withThose } from './room.ts';
import { newId } from './secrets.ts';
import type { SessionBook } from './session-book.ts';
import { participantIn, primaryOf } from './session-change.ts';
import { type SessionRecord, type Starter, startSession } from './session-record.ts';
import * as rules from './sessions.ts';

/** A bound against a runaway page, far above what a person can hold. */
const SESSIONS_OF_ONE_BROWSER = 60;

interface Parts {
  book: SessionBook;
  room: Room;
  agents: Agents;
  quotas: Quotas;
  clock: Clock;
  limits: Limits;
  modes: readonly Mode[];
}

/** An agent who comes, in one of their browsers, and the key of its page. */
export interface Coming {
  id: ParticipantId;
  agent: AgentRecord;
  signingKey?: SigningKey | undefined;
}

/** How a customer's attempt to come in ended. */
export type Entry = { is: 'in'; record: SessionRecord } | { is: 'knocking'; lapsesAt: number };

/** What takes more than one record: starting, and every way in. */
export class Desk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  rights(agent: AgentRecord): Agent {
    const { modes, limits } = this.#parts;
    return withRights(agent, { modes, limits });
  }

  async start(by: Coming, wanted: Mode | undefined): Promise<SessionRecord> {
    const { modes } = this.rights(by.agent);
    const mode = wanted ?? modes[0];
    if (!mode || !modes.includes(mode)) throw new HulplijnError('mode-not-allowed');
    const held = await this.#sessions(by.id);
    if (held.filter(({ phase }) => phase !== 'ended').length >= SESSIONS_OF_ONE_BROWSER)
      throw new HulplijnError('full');
    return this.#open(newId(), mode, {
      device: by.id,
      agent: by.agent.id,
      name: by.agent.name,
      signingKey: by.signingKey,
    });
  }

  /** AS1, by number (an attempt, SE3) or by a representative's invitation. */
  async assist(
    by: Coming & { address: string },
    how: { number: string } | { invitation: InvitationId },
  ): Promise<SessionRecord> {
    const { book, limits } = this.#parts;
    const invitation = 'invitation' in how ? how.invitation : undefined;
    const session =
      'number' in how ? await this.#byNumber(how.number, by.address) : await book.byInvitation(how.invitation);
    if (!session) throw new HulplijnError(invitation ? 'not-found' : 'bad-number');
    const { id, agent, signingKey } = by;
    const who = { id, name: agent.name, agent: agent.id, signingKey, invitation };
    const record = await this.#asNumber(!invitation, () =>
      book.enlisted(by.id, session, () => book.change(session, (now, at) => rules.assist(now, who, at, limits))),
    );
    return this.#seated(record, by.id);
  }

  /** JO4: an attempt (SE3), and the same refusal whatever is wrong with the number. */
  async knock(by: rules.Who & { address: string }, number: string): Promise<Entry> {
    const { book, limits } = this.#parts;
    const session = await this.#byNumber(number, by.address);
    if (!session) throw new HulplijnError('bad-number');
    const { id, name, signingKey } = by;
    const who = { id, name, signingKey, way: 'number' } as const;
    const record = await this.#asNumber(true, () =>
      book.enlisted(by.id, session, () => book.change(session, (now, at) => rules.knock(now, who, at, limits))),
    );
    return this.#entry(record, by.id);
  }

  /** JO3: a fresh link is in at once, one of somebody else's knocks. */
  async join(by: rules.Who, invitation: InvitationId): Promise<Entry> {
    const { book, limits } = this.#parts;
    const session = await book.byInvitation(invitation);
    if (!session) throw new HulplijnError('not-found');
    const host = await this.#living(session, invitation);
    return this.#withRoom(host, by.id, async (same) => {
      const use = { ...by, invitation, elsewhere: newId() };
      const record = await book.enlisted(by.id, host.id, () =>
        book.change(host.id, (now, at) => rules.useInvitation(same(now), use, at, limits)),
      );
      const { state, agent, inviter } = rules.invitationIn(record, invitation);
      if (state.is !== 'moved') return this.#entry(record, by.id);
      await book.delist(by.id, host.id);
      if (state.seat !== by.id) {
        // Somebody else was quicker, and their session is being made in this very moment.
        if (await book.get(state.to)) return this.join(by, invitation);
        throw new HulplijnError('conflict');
      }
      const moved = await this.#beside(record, state.to, (fresh, now) => {
        const by = { id: primaryOf(fresh)?.id ?? '', epoch: fresh.epoch };
        const taken = rules.invite(fresh, by, { id: invitation, guest: 'customer', agent, inviter });
        return rules.useInvitation(taken, { ...use, elsewhere: state.to }, now, limits);
      });
      return this.#entry(moved, by.id);
    });
  }

  /** The session the guest was admitted to: this one, or in multi-session mode one of their own (PA4). */
  async admit(session: SessionId, by: rules.By, id: ParticipantId): Promise<SessionId> {
    const { book, clock, limits } = this.#parts;
    const host = await book.get(session);
    if (!host) throw new HulplijnError('not-found');
    rules.admit(host, by, id, clock.now(), limits); // whoever may not, asks for no room
    const waiting = host.knocks.find((one) => one.id === id);
    return this.#withRoom(host, id, async (same) => {
      const record = await book.change(session, (now, at) => rules.admit(same(now), by, id, at, limits));
      if (participantIn(record, id)) {
        await book.settle(id, session);
        return session;
      }
      const { name = '', way = 'number', signingKey } = waiting ?? {};
      const own = await this.#beside(record, newId(), (fresh, now) =>
        rules.seat(fresh, { id, name, role: 'customer', way, signingKey }, now, limits),
      );
      return own.id;
    });
  }

  /** TC6: another agent is in charge, if they may lead one like it (ST3), and help so many customers at once (PA1). */
  async control(session: SessionId, by: ParticipantId, next: Control): Promise<SessionRecord> {
    const { agents, book, clock, limits, room } = this.#parts;
    const record = await book.get(session);
    if (!record) throw new HulplijnError('not-found');
    const checked = await checkControl(record, next);
    if (rules.control(record, by, checked, clock.now(), limits) === record) return record; // said before
    const heir = await agents.byId(participantIn(record, next.to)?.agent ?? '');
    if (!heir) throw new HulplijnError('not-found');
    if (!mayLead(heir, record)) throw new HulplijnError('mode-not-allowed');
    const customers = customersIn(record);
    const same = withThose(customers);
    return room.keep(heir.id, customers, () =>
      book.change(session, (now, at) => rules.control(same(now), by, checked, at, limits)),
    );
  }

  /** The record an invitation lives in: the session it was made for, or the one its customer was moved to. */
  async invitationHome(invitation: InvitationId): Promise<SessionRecord> {
    const { book } = this.#parts;
    const session = await book.byInvitation(invitation);
    const record = session && (await book.get(session));
    if (!record) throw new HulplijnError('not-found');
    const { state } = rules.invitationIn(record, invitation);
    return (state.is === 'moved' && (await book.get(state.to))) || record;
  }

  async #living(session: SessionId, invitation: InvitationId): Promise<SessionRecord> {
    const record = await this.#parts.book.get(session);
    if (!record) throw new HulplijnError('not-found');
    const { state } = rules.invitationIn(record, invitation);
    const moved = state.is === 'moved' ? await this.#parts.book.get(state.to) : undefined;
    return moved ?? record;
  }

  /** `undefined` for every number that is not a living session's; only one that could be is an attempt (ST6). */
  async #byNumber(typed: string, address: string): Promise<SessionId | undefined> {
    const read = readSessionNumber(typed);
    if (read.is !== 'number') return undefined;
    await this.#parts.quotas.attempt(address);
    return this.#parts.book.byNumber(read.number);
  }

  /** Who comes by number is never told that it was one that has ended. */
  async #asNumber<T>(byNumber: boolean, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const hidden = error instanceof HulplijnError && (error.code === 'session-ended' || error.code === 'not-found');
      throw byNumber && hidden ? new HulplijnError('bad-number', { cause: error }) : error;
    }
  }

  async #entry(record: SessionRecord, id: ParticipantId): Promise<Entry> {
    if (participantIn(record, id)) return { is: 'in', record: await this.#seated(record, id) };
    const waiting = record.knocks.find((one) => one.id === id);
    if (!waiting) throw new HulplijnError('conflict'); // admitted and removed in the same moment
    return { is: 'knocking', lapsesAt: waiting.lapsesAt };
  }

  async #seated(record: SessionRecord, id: ParticipantId): Promise<SessionRecord> {
    await this.#parts.book.settle(id, record.id);
    return (await this.#parts.book.get(record.id)) ?? record;
  }

  /** PA4: a session of its own beside `host`, with the same primary. Making it twice is making it once. */
  async #beside(
    host: SessionRecord,
    id: SessionId,
    enter: (fresh: SessionRecord, now: number) => SessionRecord,
  ): Promise<SessionRecord> {
    const primary = primaryOf(host);
    if (!primary) throw new HulplijnError('no-agent-yet'); // offered in this very moment (TS)
    const { id: device, agent = '', name, signingKey } = primary;
    return this.#open(id, host.mode, { device, agent, name, signingKey }, enter);
  }

  async #open(
    id: SessionId,
    mode: Mode,
    primary: Starter,
    enter: (fresh: SessionRecord, now: number) => SessionRecord = (fresh) => fresh,
  ): Promise<SessionRecord> {
    const { book, clock } = this.#parts;
    const now = clock.now();
    const record = await book.create(id, (number) => enter(startSession({ id, number, mode, ...primary }, now), now));
    for (const invitation of record.invitations) await book.addInvitation(invitation.id, id);
    return (await book.get(record.id)) ?? record;
  }

  /** PA1: a customer comes in, if who leads the session has room. `act` changes it by `same` alone. */
  #withRoom<T>(host: SessionRecord, newcomer: ParticipantId, act: (same: Same) => Promise<T>): Promise<T> {
    if (participantIn(host, newcomer)) return act((now) => now);
    // While it is offered, whoever accepts it is asked whether they have room for all; from then on it is theirs.
    const leader = leaderOf(host)?.agent;
    const same: Same = (now) => {
      if (leaderOf(now)?.agent !== leader) throw new HulplijnError('conflict');
      return now;
    };
    return leader ? this.#parts.room.keep(leader, [newcomer], () => act(same)) : act(same);
  }

  async #sessions(id: ParticipantId): Promise<SessionRecord[]> {
    const found = await Promise.all(
      (await this.#parts.book.sessionsOf(id)).map((session) => this.#parts.book.get(session)),
    );
    return found.filter((record) => record !== undefined);
  }
}
