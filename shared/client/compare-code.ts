import type { PeerIdentity } from '../link/link.ts';
import { toBase64Url } from '../protocol/base64url.ts';

/** One of the two who compare, as the page that reckons sees them. */
export interface CompareSide {
  id: string;
  identity: PeerIdentity;
  nonce: string;
}

const DIGITS = 6;

async function digest(purpose: string, ...said: string[]): Promise<Uint8Array<ArrayBuffer>> {
  // JSON of an array of strings is unambiguous.
  const bytes = new TextEncoder().encode(JSON.stringify([`hulplijn compare ${purpose} 1`, ...said]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** 256 random bits, base64url. */
export function newNonce(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Binds the primary to its nonce before it hears the guest's, and gives nothing of it away. SHA-256, base64url. */
export async function commitment(session: string, primary: string, guest: string, nonce: string): Promise<string> {
  return toBase64Url(await digest('commitment', session, primary, guest, nonce));
}

/**
 * The code that both people see when each page sees the other as it sees itself, six digits. The first 64 bits of a
 * SHA-256 modulo a million: no code is likelier than another by more than 10^6 / 2^64, some 5e-14.
 */
export async function compareCode(session: string, primary: CompareSide, guest: CompareSide): Promise<string> {
  const sides = [primary, guest].flatMap(({ id, identity, nonce }) => [
    id,
    identity.signingKey,
    [...identity.fingerprints].sort().join(' '),
    nonce,
  ]);
  const bytes = await digest('code', session, ...sides);
  const number = new DataView(bytes.buffer).getBigUint64(0) % 10n ** BigInt(DIGITS);
  return String(number).padStart(DIGITS, '0');
}
