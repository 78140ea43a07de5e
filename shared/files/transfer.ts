import type { Why } from './frames.ts';

/** How a transfer ended that did not succeed. */
export interface Failure {
  why: Why;
  /** Who ended it. */
  by: 'us' | 'them';
}

/** What a transfer tells of itself, in the worker. */
export interface Outcome {
  /** Bytes that are through. */
  progress(bytes: number): void;
  /** Once. `file`: of a received one. */
  end(how: { sha256: Uint8Array; file?: Blob | undefined } | Failure): void;
}
