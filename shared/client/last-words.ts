import { CONTROLS, type Control } from '../protocol/control.ts';
import { HulplijnError } from '../protocol/errors.ts';
import type { Message } from '../session/message.ts';
import { participant, reachable } from '../session/session.ts';
import type { SessionHost } from './session-host.ts';

/** How long the last words (ended, removed, left) may take to arrive before the links close, ms. */
export const LAST_WORDS_MS = 2_000;

/** Ways out of a session: said on the links at once, whatever the relay does (RE2). */
export class LastWords {
  readonly #host: SessionHost;
  readonly #finish: () => Promise<void>;
  /** Whom the primary removed, and when they had joined: who is invited anew is somebody new. */
  readonly removed = new Map<string, number | undefined>();

  constructor(host: SessionHost, finish: () => Promise<void>) {
    this.#host = host;
    this.#finish = finish;
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
      if (host.state.ended) return; // the relay was quicker, and tells the others too
      const to = reachable(host.state);
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
      if (!participant(host.state, who) || who === host.me) throw new HulplijnError('not-found');
      this.mark(who);
      await host.post({ v: 1, type: 'removed', epoch: host.state.epoch, who }, reachable(host.state));
      setTimeout(() => host.links.drop(who), LAST_WORDS_MS);
    });
  }

  /** The primary has removed `who`. */
  mark(who: string): void {
    this.removed.set(who, participant(this.#host.state, who)?.joinedAt);
  }

  #say(act: 'end' | 'leave', message: Message): Promise<void> {
    return this.#host.inTurn(async () => {
      this.#host.mustBeAllowed(act);
      await this.#host.post(message, reachable(this.#host.state));
      await this.#finish();
    });
  }
}
