import { hex } from '../protocol/ids.ts';

/** 128 random bits as an id. */
export function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}
