import { CONTROLS, type Control } from '../protocol/control.ts';
import { HulplijnError } from '../protocol/errors.ts';
import type { Participant } from '../protocol/relay-api.ts';
import type { Message } from '../session/message.ts';
import { participant, reachable, type SessionState, stayOf } from '../session/session.ts';
import type { SessionHost } from './session-host.ts';

/** How long the last words (ended, removed, left) may take to arrive before the links close, ms. */
export const LAST_WORDS_MS = 2_000;

/** Which stay it was, as who is invited anew is somebody new; and in which epoch. */
export interface Removal {
  stay: string;
  epoch: number;
}

/** Not who is still in by the relay's word in a newer epoch: it had refused the removal, as the old primary's (TC6). */
export function isRemoved(state: SessionState, removed: ReadonlyMap<string, Removal>, one: Participant): boolean {
  const found = removed.get(one.id);
  if (found?.stay !== stayOf(one)) return false;
  return state.epoch <= found.epoch || state.roster.epoch < state.epoch;
}

/** Ways out of a session: said on the links at once, whatever the relay does (RE2). */
export class LastWords {
  readonly #host: SessionHost;
  readonly #finish: () => Promise<void>;
  /** Whom the primary removed. */
  readonly removed = new Map<string, Removal>();

  constructor(host: SessionHost, finish: () => Promise<void>) {
    this.#host = host;
    this.#finish = finish;
  }

  /** Which stays those were. */
  get stays(): Set<string> {
    return new Set([...this.removed.values()].map(({ stay }) => stay));
  }

  /** The primary ends the session. */
  end(): Promise<void> {
    return this.#say('end', { v: 1, type: 'ended', epoch: this.#host.state.epoch });
  }

  leave(): Promise<void> {
    return this.#say('leave', { v: 1, type: 'left' });
  }

  /** The primary has given it up, and the relay has it (TS4): nobody is in charge, and this page's part is over. */
  giveUp(offered: Control): Promise<void> {
    const host = this.#host;
    return host.inTurn(async () => {
      const to = host.state.ended ? [] : reachable(host.state); // the relay was quicker, and tells the others too
      await host.post(
        { v: 1, type: 'control', controls: [...host.state.roster.controls, offered].slice(-CONTROLS) },
        to,
      );
      await host.post({ v: 1, type: 'left' }, to);
      await this.#finish();
    });
  }

  remove(who: string): Promise<void> {
    const host = this.#host;
    return host.inTurn(async () => {
      host.mustBeAllowed('remove');
      const one = participant(host.state, who);
      if (!one || who === host.me) throw new HulplijnError('not-found');
      const removed = { v: 1, type: 'removed', epoch: host.state.epoch, who, joinedAt: one.joinedAt } as const;
      this.mark(removed);
      await host.post(removed, reachable(host.state));
      setTimeout(() => host.links.drop(who), LAST_WORDS_MS);
    });
  }

  /** That `who` is removed was heard on a link. */
  heard(removed: Extract<Message, { type: 'removed' }>): void {
    this.mark(removed);
    this.#host.links.drop(removed.who);
  }

  /** The primary has removed `who`. */
  mark({ who, joinedAt, epoch }: Extract<Message, { type: 'removed' }>): void {
    this.removed.set(who, { stay: stayOf({ id: who, joinedAt }), epoch });
  }

  #say(act: 'end' | 'leave', message: Message): Promise<void> {
    return this.#host.inTurn(async () => {
      this.#host.mustBeAllowed(act);
      await this.#host.post(message, reachable(this.#host.state));
      await this.#finish();
    });
  }
}
