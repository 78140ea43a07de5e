import { createHash, randomBytes } from 'node:crypto';
import { hex } from '../shared/protocol/ids.ts';

/** 32 random bytes, base64url: what a page proves itself with. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** 128 random bits as 32 hex digits. */
export function newId(): string {
  return hex(randomBytes(16));
}

/** How a secret is kept: a store that leaks gives nobody a token. (Plain SHA-256: they are 256 random bits, not words.) */
export function hashed(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
