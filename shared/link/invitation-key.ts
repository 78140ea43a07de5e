import { fromBase64Url, toBase64Url } from '../protocol/base64url.ts';
import { InvitationKey } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';

const INFO = new TextEncoder().encode('hulplijn link 1: invitation key to proof key');

/** A fresh invitation key for a link's fragment (JO3): 256 random bits, base64url. */
export function newInvitationKey(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * The key as the proof uses it: derived by HKDF (so the same 256 bits can serve nothing else by accident), usable for
 * HMAC only and not extractable; it can be kept in IndexedDB. Rejects with a zod error for what is no invitation key.
 */
export async function importInvitationKey(text: string): Promise<CryptoKey> {
  const raw = fromBase64Url(z.parse(InvitationKey, text));
  const base = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: INFO },
    base,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  );
}
