import { createSHA256 } from 'hash-wasm';

/** The SHA-256 of a whole file, fed in order; what was fed can be kept and gone on from (`crypto.subtle` cannot). */
export interface FileHash {
  update(bytes: Uint8Array<ArrayBuffer>): void;
  /** As sensitive as the file: it can hold its last bytes. */
  state(): Uint8Array<ArrayBuffer>;
  /** Ends it. */
  digest(): Uint8Array<ArrayBuffer>;
}

/** @throws Error when `state` is none */
export async function fileHash(state?: Uint8Array): Promise<FileHash> {
  const hash = await createSHA256();
  if (state) hash.load(state);
  else hash.init();
  return {
    update: (bytes) => void hash.update(bytes),
    state: () => new Uint8Array(hash.save()),
    digest: () => new Uint8Array(hash.digest('binary')),
  };
}
