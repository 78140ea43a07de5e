import { BLOCK } from './frames.ts';
import { privateSink } from './private-sink.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Where a received file is written; chosen in the page, opened in the worker. */
export type SinkChoice =
  /** The browser's private disk (OPFS), under a name that stays the same over reloads: [\w-]{1,100}. */
  | { kind: 'private'; name: string }
  /** Where there is nothing better, up to `MEMORY_BYTES`. */
  | { kind: 'memory' };

/** Bytes of a file that is held in memory at most. */
export const MEMORY_BYTES = 32 * BLOCK;

/** What is verified, from the file's beginning: whole blocks, and the state of the file's hash after them. */
export interface Kept {
  blocks: number;
  hash: Bytes;
}

export interface Sink {
  /** From an earlier time. */
  readonly kept: Kept | undefined;
  /** Set when what was written must not be resumed from: `close` then removes it. */
  spoilt: boolean;
  /** Appends a verified block. @throws when the disk is full or refuses */
  write(bytes: Bytes, kept: Kept): void | Promise<void>;
  /** The whole file, to be saved. */
  finish(): Promise<Blob>;
  close(): void | Promise<void>;
}

/** @throws DOMException, RangeError when it cannot be written there */
export function openSink(choice: SinkChoice, size: number): Promise<Sink> | Sink {
  switch (choice.kind) {
    case 'private':
      return privateSink(choice.name, size);
    case 'memory':
      return memorySink(size);
    default:
      return choice satisfies never;
  }
}

function memorySink(size: number): Sink {
  if (size > MEMORY_BYTES) throw new RangeError('too large for memory');
  const parts: Bytes[] = [];
  return {
    kept: undefined,
    spoilt: false,
    write: (bytes) => void parts.push(bytes.slice()),
    finish: async () => new Blob(parts),
    close: () => void parts.splice(0),
  };
}
