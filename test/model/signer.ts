import type { CheckedControl } from '../../relay/checked-control.ts';
import { participantIn } from '../../relay/session-change.ts';
import type { SessionRecord } from '../../relay/session-record.ts';
import type { Signer } from '../../shared/client/trust.ts';
import { type Control, controlBytes } from '../../shared/protocol/control.ts';

/**
 * Signatures that nobody can forge and that cost nothing: whoever has the key has them entered in one book, and what is
 * not in the book was not signed.
 */
export class Notary {
  readonly #book = new Map<string, string>();

  /** `id`: of 32 hex digits. Whoever holds the signer holds the key. */
  signer(id: string): Signer {
    const signingKey = id.padEnd(87, 'k');
    const fingerprints = [(id + id).toUpperCase().match(/../g)?.join(':') ?? ''];
    return {
      signingKey,
      fingerprints,
      sign: async (bytes) => this.#enter(signingKey, bytes),
      verify: async (key, bytes, signature) => this.#holds(key, bytes, signature),
    };
  }

  /** What checkControl (relay/checked-control.ts) does, at once. */
  checked(record: SessionRecord, control: Control): CheckedControl {
    const key = participantIn(record, control.by)?.signingKey;
    const holds = key !== undefined && this.#holds(key, controlBytes(record.id, control), control.signature);
    return { control, signedWith: holds ? key : undefined };
  }

  #holds(key: string, bytes: Uint8Array<ArrayBuffer>, signature: string): boolean {
    return this.#book.get(signature) === entry(key, bytes);
  }

  #enter(key: string, bytes: Uint8Array<ArrayBuffer>): string {
    const signature = String(this.#book.size).padStart(86, 'S');
    this.#book.set(signature, entry(key, bytes));
    return signature;
  }
}

const decoder = new TextDecoder();
const entry = (key: string, bytes: Uint8Array<ArrayBuffer>) => `${key} ${decoder.decode(bytes)}`;
