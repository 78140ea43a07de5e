import { fromBase64Url, toBase64Url } from '../link/base64url.ts';
import type { PeerIdentity } from '../link/link.ts';
import type { Signer } from './trust.ts';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Signs with the seat's key (ECDSA on P-256 with SHA-256, FIPS 186-5; raw r‖s). */
export function createSigner(identity: { signingKey: CryptoKey; public: PeerIdentity }): Signer {
  return {
    ...identity.public,
    async sign(bytes) {
      return toBase64Url(await crypto.subtle.sign(SIGN, identity.signingKey, bytes));
    },
    async verify(signingKey, bytes, signature) {
      try {
        const key = await crypto.subtle.importKey('raw', fromBase64Url(signingKey), KEY, false, ['verify']);
        return await crypto.subtle.verify(SIGN, key, fromBase64Url(signature), bytes);
      } catch {
        return false; // not a key, or not a signature
      }
    },
  };
}
