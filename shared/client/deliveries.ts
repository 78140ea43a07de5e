import type { Message } from '../session/message.ts';

/** Which own journal entries somebody has still to store, and which chat lines those are. */
export class Deliveries {
  /** By journal entry: who has still to store it. */
  readonly #waiting = new Map<number, Set<string>>();
  readonly #lines = new Map<number, string>();

  /** Own entry `seq` is `message`, on its way to `to`. */
  sent(seq: number, message: Message, to: readonly string[]): void {
    if (message.type === 'chat.line') this.#lines.set(seq, message.line.id);
    for (const peer of to) this.awaited(seq, peer);
  }

  awaited(seq: number, peer: string): void {
    const waiting = this.#waiting.get(seq) ?? new Set();
    this.#waiting.set(seq, waiting.add(peer));
  }

  /** @returns whether that changed anything */
  stored(seq: number, peer: string): boolean {
    const waiting = this.#waiting.get(seq);
    if (!waiting?.delete(peer)) return false;
    if (waiting.size === 0) this.#waiting.delete(seq);
    return true;
  }

  /** Whether `peer` has still to store something. */
  owes(peer: string): boolean {
    return [...this.#waiting.values()].some((waiting) => waiting.has(peer));
  }

  /** Nobody waits for `peer` any more: it is out. */
  gone(peer: string): void {
    for (const seq of [...this.#waiting.keys()]) this.stored(seq, peer);
  }

  /** Ids of the chat lines not yet stored by everybody they are for. */
  lines(): Set<string> {
    const lines = [...this.#waiting.keys()].map((seq) => this.#lines.get(seq));
    return new Set(lines.filter((line) => line !== undefined));
  }
}
