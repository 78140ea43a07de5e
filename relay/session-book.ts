import { randomBytes } from 'node:crypto';
import { HulplijnError } from '../shared/protocol/errors.ts';
import { type InvitationId, type ParticipantId, SessionId } from '../shared/protocol/ids.ts';
import type { SiteLimits } from '../shared/protocol/limits.ts';
import { z } from '../shared/protocol/schema.ts';
import { newSessionNumber } from '../shared/protocol/session-number.ts';
import type { Clock } from './clock.ts';
import { OfferBook } from './offer-book.ts';
import { changed, participantIn } from './session-change.ts';
import { forgive, nextDue, tick } from './session-clock.ts';
import { hold } from './session-presence.ts';
import { Held, SessionRecord } from './session-record.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';

const Pointer = z.object({ session: SessionId, until: z.optional(z.int()) });
const pointerLife = ({ until }: z.infer<typeof Pointer>) => ({ expiresAt: until });

/**
 * Where sessions are kept and found. Look-ups (by number, by invitation, by participant) are records of their own,
 * written before the session that needs them and checked against it when read, so that a crash in between harms none.
 */
export class SessionBook {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #limits: SiteLimits;
  readonly #sessions: Records<typeof SessionRecord>;
  readonly #numbers: Records<typeof Pointer>;
  readonly #invitations: Records<typeof Pointer>;
  readonly #members: Records<typeof Pointer>; // by participant and session
  readonly offers: OfferBook;
  /** Which event stream a participant's page holds, on which relay. */
  readonly presences: Records<typeof Held>;

  constructor(store: Store, clock: Clock, limits: SiteLimits) {
    this.#store = store;
    this.#clock = clock;
    this.#limits = limits;
    this.#sessions = new Records(store, 'session', SessionRecord, (record) => ({
      dueAt: nextDue(record, limits),
      expiresAt: record.ended && record.tidied ? record.ended.at + limits.agentKeeps * 1000 : undefined,
    }));
    this.#numbers = new Records(store, 'number', Pointer, pointerLife);
    this.#invitations = new Records(store, 'invitation', Pointer, pointerLife);
    this.#members = new Records(store, 'member', Pointer, pointerLife);
    this.offers = new OfferBook(store, clock, limits);
    this.presences = new Records(store, 'presence', Held);
  }

  get(id: SessionId): Promise<SessionRecord | undefined> {
    return this.#sessions.get(id);
  }

  /** A new session under a number no living one has. `make` gets the number. */
  async create(id: SessionId, make: (number: string) => SessionRecord): Promise<SessionRecord> {
    for (;;) {
      const number = newSessionNumber(() => randomBytes(4).readUInt32BE());
      if (!(await this.#numbers.create(number, { session: id }))) continue;
      const record = make(number);
      for (const { id: participant } of record.participants) await this.enlist(participant, id);
      if (await this.#sessions.create(id, record)) {
        for (const { id: participant } of record.participants) await this.settle(participant, id);
        await this.#store.publish(topics.session(id), '');
        return record;
      }
      // Somebody made this very session meanwhile (a repeated request): theirs it is.
      await this.#numbers.remove(number);
      const theirs = await this.#sessions.get(id);
      if (theirs) return theirs;
    }
  }

  /**
   * Changes a session and tells everybody. `act` sees the record as it stands now, whatever the sweeper has yet to do.
   * No such session: `not-found`.
   */
  change(id: SessionId, act: (record: SessionRecord, now: number) => SessionRecord): Promise<SessionRecord> {
    return this.#change(id, (record, now) => act(tick(record, now, this.#limits), now));
  }

  /** After a time without any relay: see `forgive`. */
  forgive(id: SessionId): Promise<SessionRecord> {
    return this.#change(id, forgive);
  }

  async #change(id: SessionId, act: (record: SessionRecord, now: number) => SessionRecord): Promise<SessionRecord> {
    const now = this.#clock.now();
    let before: SessionRecord | undefined;
    const after = await this.#sessions.change(id, (record) => {
      before = record;
      return act(record, now);
    });
    if (!after) throw new HulplijnError('not-found');
    if (before && after !== before) {
      await this.#letGo(before, after);
      await this.#store.publish(topics.session(id), '');
      await this.offers.changed(before, after, () => this.get(id));
    }
    if (after.phase === 'ended' && !after.tidied) await this.#tidy(after);
    return after;
  }

  async byNumber(number: string): Promise<SessionId | undefined> {
    return (await this.#numbers.get(number))?.session;
  }

  async byInvitation(id: InvitationId): Promise<SessionId | undefined> {
    return (await this.#invitations.get(id))?.session;
  }

  /** Once the session has it. */
  async addInvitation(id: InvitationId, session: SessionId): Promise<void> {
    await this.#invitations.write(id, { session });
    const record = await this.get(session);
    if (record?.phase !== 'ended') return;
    await this.#invitations.write(id, { session, until: this.#kept() }); // it ended, and was tidied, meanwhile
  }

  /** Notes that `id` belongs to `session` in some way; written before it does. */
  async enlist(id: ParticipantId, session: SessionId): Promise<void> {
    await this.#members.write(`${id}:${session}`, { session });
    await this.#store.publish(topics.member(id), session);
  }

  /** `act`, with `id` enlisted before it, and not any more if it was refused and `id` has no part in the session. */
  async enlisted<T>(id: ParticipantId, session: SessionId, act: () => Promise<T>): Promise<T> {
    await this.enlist(id, session);
    try {
      return await act();
    } catch (error) {
      const record = await this.get(session);
      if (!record || !isIn(record).has(id)) await this.delist(id, session);
      throw error;
    }
  }

  /** Enlisted, and not let go since: who is out of the session comes in again. */
  async isExpected(id: ParticipantId, session: SessionId): Promise<boolean> {
    const found = await this.#members.get(`${id}:${session}`);
    return found !== undefined && found.until === undefined;
  }

  async delist(id: ParticipantId, session: SessionId): Promise<void> {
    await this.#members.remove(`${id}:${session}`);
  }

  async sessionsOf(id: ParticipantId): Promise<SessionId[]> {
    return (await this.#members.list(`${id}:`)).map(({ value }) => value.session);
  }

  /** Whether it takes part in a session that lives; waiting at the door is not taking part. */
  async isInside(id: ParticipantId): Promise<boolean> {
    for (const session of await this.sessionsOf(id)) {
      const record = await this.get(session);
      if (record && record.phase !== 'ended' && participantIn(record, id)) return true;
    }
    return false;
  }

  /**
   * Brings what a session says of a participant's presence in line with the stream its page holds. Whoever changes
   * either calls this afterwards, so it does not matter which of two came first.
   */
  async settle(id: ParticipantId, session: SessionId): Promise<void> {
    for (;;) {
      const held = await this.presences.get(id);
      const found = await this.#sessions.get(session);
      if (!found) return;
      // A change even of nothing costs a write attempt: ask first.
      if (hold(found, id, held, 0) !== found) await this.change(session, (record, now) => hold(record, id, held, now));
      if ((await this.presences.get(id))?.stream === held?.stream) return;
    }
  }

  /** Sessions at which time has something to do. */
  due(limit: number): Promise<string[]> {
    return this.#sessions.due(this.#clock.now(), limit);
  }

  async all(): Promise<SessionRecord[]> {
    return (await this.#sessions.list('')).map(({ value }) => value);
  }

  /** Until when those who were away have time to ask. */
  #kept(): number {
    return this.#clock.now() + this.#limits.agentKeeps * 1000;
  }

  /** The look-ups of whoever is out, and of invitations the session has forgotten, last a while and not for ever. */
  async #letGo(before: SessionRecord, after: SessionRecord): Promise<void> {
    const session = after.id;
    const until = this.#kept();
    const known = new Set(after.invitations.map(({ id }) => id));
    for (const { id } of before.invitations) if (!known.has(id)) await this.#letInvitationGo(id, session, until);
    const inIt = isIn(after);
    for (const id of isIn(before)) {
      if (inIt.has(id) || !(await this.#members.get(`${id}:${session}`))) continue;
      await this.#members.write(`${id}:${session}`, { session, until });
      // Back in this very moment: the look-up stays.
      const now = await this.get(session);
      if (now && isIn(now).has(id)) await this.#members.write(`${id}:${session}`, { session });
    }
  }

  async #letInvitationGo(id: InvitationId, session: SessionId, until: number): Promise<void> {
    // One that moved to another session is that one's (PA4).
    if ((await this.#invitations.get(id))?.session === session) await this.#invitations.write(id, { session, until });
  }

  /** Frees an ended session's number, and lets its look-ups go once those who were away have had time to ask. */
  async #tidy(record: SessionRecord): Promise<void> {
    const until = this.#kept();
    await this.#numbers.removeIf(record.number, ({ session }) => session === record.id);
    for (const { id } of record.invitations) await this.#letInvitationGo(id, record.id, until);
    for (const { id } of [...record.participants, ...record.outs]) {
      if (await this.#members.get(`${id}:${record.id}`)) {
        await this.#members.write(`${id}:${record.id}`, { session: record.id, until });
      }
    }
    await this.#sessions.change(record.id, (r) => (r.tidied ? r : changed(r, { tidied: true })));
  }
}

/** Who takes part, or waits. */
function isIn({ participants, knocks }: SessionRecord): Set<ParticipantId> {
  return new Set([...participants, ...knocks].map(({ id }) => id));
}
