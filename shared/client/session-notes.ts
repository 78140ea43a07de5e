import type { SessionHost } from './session-host.ts';

/** An agent's own notes of a session: they stay in this browser, until the session is offered with them. */
export class SessionNotes {
  readonly #host: SessionHost;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  set(text: string): Promise<void> {
    return this.#host.inTurn(() => this.#keep(text));
  }

  /** What another agent noted, before one's own: not twice. */
  add(text: string): Promise<void> {
    const { notes } = this.#host.stored;
    return this.#host.inTurn(() =>
      this.#keep(notes.includes(text) ? notes : [text, notes].filter(Boolean).join('\n\n')),
    );
  }

  async #keep(text: string): Promise<void> {
    this.#host.stored.notes = text;
    await this.#host.save();
    this.#host.changed();
  }
}
