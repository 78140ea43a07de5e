import { openDB } from 'idb';
import { toBase64Url } from '../protocol/base64url.ts';
import type { PeerIdentity } from './link.ts';

/** Who this browser is in a seat (SE1): one DTLS certificate and one signing key, neither of which can leave it. */
export interface Identity {
  certificate: RTCCertificate;
  signingKey: CryptoKey; // private, not extractable
  public: PeerIdentity;
}

const DAY = 86_400_000;
const LIFE = 365 * DAY; // the most that browsers grant
/** A certificate with less than this left is made anew, so that it outlives any session it begins. */
const LEFT = 30 * DAY;

interface Kept {
  certificate: RTCCertificate;
  pair: CryptoKeyPair;
  signingKey: string;
}

async function open() {
  return openDB<{ identities: { key: string; value: Kept } }>('hulplijn-identity', 1, {
    upgrade: (db) => void db.createObjectStore('identities'),
  });
}

async function makeCertificate(): Promise<RTCCertificate> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', expires: LIFE };
  return RTCPeerConnection.generateCertificate(algorithm);
}

/** A fresh signing key; `signingKey` is its public half as others write it down. */
export async function makeSigningPair(): Promise<{ pair: CryptoKeyPair; signingKey: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  return { pair, signingKey: toBase64Url(await crypto.subtle.exportKey('raw', pair.publicKey)) };
}

/** sha-256 fingerprints of one's own certificate, as RFC 8122 writes them. */
function fingerprintsOf(certificate: RTCCertificate): string[] {
  const found = certificate.getFingerprints().filter((print) => print.algorithm?.toLowerCase() === 'sha-256');
  return found.flatMap((print) => (print.value ? [print.value.toUpperCase()] : []));
}

const serves = (kept: Kept | undefined) => kept !== undefined && kept.certificate.expires - Date.now() >= LEFT;

/**
 * The identity kept under `name` (a seat, or an agent's browser), made when there is none. A certificate near its end
 * is replaced and the signing key stays. Two pages asking at once get the same: the first write wins.
 */
export async function loadIdentity(name: string): Promise<Identity> {
  const db = await open();
  try {
    let kept = await db.get('identities', name);
    if (!kept || !serves(kept)) {
      // Made outside the transaction, which would not wait for it.
      const fresh = { ...(kept ?? (await makeSigningPair())), certificate: await makeCertificate() };
      const tx = db.transaction('identities', 'readwrite');
      const other = await tx.store.get(name);
      kept = other && serves(other) ? other : fresh;
      if (kept === fresh) await tx.store.put(fresh, name);
      await tx.done;
    }
    const { certificate, pair, signingKey } = kept;
    const fingerprints = fingerprintsOf(certificate);
    return { certificate, signingKey: pair.privateKey, public: { signingKey, fingerprints } };
  } finally {
    db.close();
  }
}

/** Deletes the identity kept under `name`, with its seat. */
export async function forgetIdentity(name: string): Promise<void> {
  const db = await open();
  await db.delete('identities', name);
  db.close();
}
