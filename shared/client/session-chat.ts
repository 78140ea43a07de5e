import { lineBytes, nextLine } from '../activities/chat-lines.ts';
import type { LinkStatus } from '../link/link.ts';
import { HulplijnError } from '../protocol/errors.ts';
import { type Message, parseMessage, writeMessage } from '../session/message.ts';
import { reachable, roleOf } from '../session/session.ts';
import type { SessionHost } from './session-host.ts';
import { othersLines } from './show.ts';
import { transcriptFor } from './transcript.ts';

/** What a page does for the chat of a session beyond its rules: signs, counts what is seen, gives back what was said. */
export class SessionChat {
  readonly #host: SessionHost;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  /** Says `text` to all, or to one. Resolves once it is stored here. */
  say(text: string, to: string | undefined): Promise<void> {
    return this.#host.inTurn(() => this.sayNow(text, to));
  }

  /** In turn. */
  async sayNow(text: string, to: string | undefined): Promise<void> {
    const { state, stored, signer } = this.#host;
    const me = this.#host.mustBeHere();
    if (to !== undefined && !reachable(state).includes(to)) throw new HulplijnError('forbidden');
    const by = { writer: me.id, name: me.name, to, text, at: Date.now() };
    const unsigned = nextLine(state.activities.chat.lines, by);
    const signature = await signer.sign(lineBytes(state.roster.id, unsigned));
    const message: Message = { v: 1, type: 'chat.line', line: { ...unsigned, signature } };
    const parsed = parseMessage(writeMessage(message));
    if (!parsed) throw new HulplijnError('bad-request');
    stored.draft = '';
    await this.#host.post(parsed, to === undefined ? reachable(state) : [to]);
    await this.#host.save();
  }

  draft(text: string): Promise<void> {
    return this.#host.inTurn(async () => {
      this.#host.stored.draft = text;
      await this.#host.save();
    });
  }

  /** A visible view shows the chat: nothing of it is unread any more, in any view (PA5). */
  seen(): Promise<void> {
    return this.#host.inTurn(async () => {
      const seen = othersLines(this.#host.state);
      if (seen === this.#host.stored.seen) return;
      this.#host.stored.seen = seen;
      await this.#host.save();
      this.#host.changed();
    });
  }

  showEarlier(to: string): Promise<void> {
    return this.#host.inTurn(async () => {
      this.#host.mustBeAllowed('show earlier chat');
      const { state } = this.#host;
      if (roleOf(state, to) !== 'assistant' || !reachable(state).includes(to)) throw new HulplijnError('forbidden');
      await this.give(to, 'earlier');
    });
  }

  // In turn, by the session itself:

  /** A proven assistant gets the earlier group chat by itself; others when the primary presses the button (SH3). */
  async offerEarlier(peer: string, status: LinkStatus): Promise<void> {
    const { state, me } = this.#host;
    const late = roleOf(state, me) === 'primary' && roleOf(state, peer) === 'assistant';
    if (!late || status.assurance !== 'proven' || state.activities.chat.shownEarlier.includes(peer)) return;
    await this.give(peer, 'earlier');
  }

  async give(to: string, why: 'earlier' | 'lost'): Promise<void> {
    for (const part of transcriptFor(this.#host.state, to, why)) await this.#host.post(part, [to]);
    this.#host.changed();
  }
}
