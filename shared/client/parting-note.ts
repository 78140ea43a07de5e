import type { Control } from '../protocol/control.ts';
import { SessionChat } from './session-chat.ts';
import type { SessionHost } from './session-host.ts';

/** What goes along with a transfer of control (TC1): said as soon as that is in force, whatever became of the relay's answer. */
export class PartingNote {
  readonly #host: SessionHost;
  readonly #chat: SessionChat;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#chat = new SessionChat(host);
  }

  /** Before the relay is asked for `control`. Of an earlier one, that it had refused, nothing is said any more. */
  keep({ epoch, to }: Control, text: string | undefined): Promise<void> {
    const { inTurn, stored, save } = this.#host;
    return inTurn(() => {
      stored.parting = text === undefined ? undefined : { epoch, to, text };
      return save();
    });
  }

  /** In turn. The relay has said who was put in charge. */
  async follow(): Promise<void> {
    const { state, me, stored } = this.#host;
    const { parting, draft } = stored;
    const control = parting && state.roster.controls.find(({ epoch }) => epoch === parting.epoch);
    if (!control || state.ended) return;
    stored.parting = undefined;
    if (control.by !== me || control.to !== parting.to) return; // another was put in charge
    await this.#chat.sayNow(parting.text, parting.to).catch(() => undefined); // who has left again needs no note
    stored.draft = draft; // a half-typed line stays (TC4)
  }
}
