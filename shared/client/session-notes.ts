import { HulplijnError } from '../protocol/errors.ts';
import { OfferNotes } from '../protocol/offer-message.ts';
import { z } from '../protocol/schema.ts';
import { permits, reachable, roleOf } from '../session/session.ts';
import type { SessionHost } from './session-host.ts';

/** The agents' notes of a session: every agent in it reads and writes them; with an offer they go along. */
export class SessionNotes {
  readonly #host: SessionHost;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  set(text: string): Promise<void> {
    return this.#host.inTurn(() => this.#keep(text));
  }

  /**
   * What another agent noted before this one came: not twice, and before one's own as far as both fit. Who was here
   * already has them, and what was noted since the offer stands.
   */
  add(text: string): Promise<void> {
    return this.#host.inTurn(async () => {
      const { notes, activities } = this.#host.state;
      const { text: own, at } = activities.notebook;
      const offered = notes.findLast(({ what }) => what === 'offered');
      if (own.includes(text) || (offered && at > offered.at)) return;
      const both = `${text}\n\n${own}`;
      await this.#keep(own !== '' && z.safeParse(OfferNotes, both).success ? both : text);
    });
  }

  async #keep(text: string): Promise<void> {
    const { state, me } = this.#host;
    // What is written after what is read here comes after it, whatever the clocks say.
    const at = Math.max(Date.now(), state.activities.notebook.at + 1);
    const message = { v: 1, type: 'notebook.text', text, at } as const;
    if (!permits(state, me, message)) throw new HulplijnError('forbidden');
    const agents = reachable(state).filter((id) => roleOf(state, id) !== 'customer');
    await this.#host.post(message, agents);
  }
}
