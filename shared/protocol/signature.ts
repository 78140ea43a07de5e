import { fromBase64Url } from './base64url.ts';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** ECDSA on P-256 with SHA-256 (FIPS 186-5); signatures are raw r‖s. */
export const SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Whether `signature` over `bytes` is of the key `signingKey` (ids.ts), both in base64url; false also for what is none. */
export async function isSignedBy(
  signingKey: string,
  bytes: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64Url(signingKey), KEY, false, ['verify']);
    return await crypto.subtle.verify(SIGN, key, fromBase64Url(signature), bytes);
  } catch {
    return false; // no point of the curve, or no signature
  }
}
