import { acceptedBy } from '../activities/activity.ts';
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
   * What another agent noted before this one came: not twice, and before one's own; what is too long for both is cut. Who
   * was here already has them, and what was noted since the offer stands. Only once this agent is in charge by having
   * accepted, which the relay alone cannot say: until then nothing is added.
   */
  async add(text: string): Promise<boolean> {
    let taken = false;
    await this.#host.inTurn(async () => {
      const { state, me } = this.#host;
      taken = acceptedBy(state, me);
      const { text: own, at } = state.activities.notebook;
      const offered = state.notes.findLast(({ what }) => what === 'offered');
      if (!taken || own.includes(text) || (offered && at > offered.at)) return;
      await this.#keep(own === '' ? text : before(own, text));
    });
    return taken;
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

/** As much of `text` as fits before `own`, in whole words. */
function before(own: string, text: string): string {
  const both = (end: number) => `${text.slice(0, end)}${end < text.length ? '…' : ''}\n\n${own}`;
  let end = text.length;
  while (end > 0 && !z.safeParse(OfferNotes, both(end)).success) end = text.lastIndexOf(' ', end - 1);
  return end > 0 ? both(end) : own;
}
