import type { PeerIdentity } from '../link/link.ts';
import { toBase64Url } from '../protocol/base64url.ts';
import { isSignedBy, SIGN } from '../protocol/signature.ts';
import type { Signer } from './trust.ts';

/** Signs with the seat's key. */
export function createSigner(identity: { signingKey: CryptoKey; public: PeerIdentity }): Signer {
  return {
    ...identity.public,
    async sign(bytes) {
      return toBase64Url(await crypto.subtle.sign(SIGN, identity.signingKey, bytes));
    },
    verify: isSignedBy,
  };
}
