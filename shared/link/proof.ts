import { fromBase64Url, toBase64Url } from '../protocol/base64url.ts';
import { isSignedBy, SIGN } from '../protocol/signature.ts';
import { sameSet } from './fingerprints.ts';
import type { Hello, Proof } from './frames.ts';
import type { LinkAssurance, PeerIdentity, Trust } from './link.ts';

/**
 * The proof of SE1: each side signs (and, holding an invitation's key, authenticates) everything both have said and
 * both certificates the connection stands on. A relay between the two stands on certificates of its own, so the two
 * ends never see the same four and no proof of one end passes at the other.
 */
export interface Side {
  id: string; // participant id
  hello: string; // raw, as sent
  fingerprints: readonly string[];
}

const DOMAIN = 'hulplijn link 1';

/**
 * What is signed. `who` proves (so that nothing can be sent back to its maker), `purpose` keeps a signature from being
 * anything else. JSON of an array of strings is unambiguous; the two sides stand in the order of their ids.
 */
function transcript(purpose: 'signature' | 'mac', session: string, who: string, a: Side, b: Side) {
  const [low, high] = a.id < b.id ? [a, b] : [b, a];
  const sides = [low, high].flatMap((side) => [side.id, side.hello, [...side.fingerprints].sort().join(' ')]);
  return new TextEncoder().encode(JSON.stringify([DOMAIN, purpose, session, who, ...sides]));
}

export interface Prover {
  session: string;
  own: Side;
  theirs: Side;
  signingKey: CryptoKey; // private
  trust: Trust;
}

/** This side's proof. */
export async function prove({ session, own, theirs, signingKey, trust }: Prover): Promise<Proof> {
  const [signature, mac] = await Promise.all([
    crypto.subtle.sign(SIGN, signingKey, transcript('signature', session, own.id, own, theirs)),
    trust.kind === 'invitation' &&
      crypto.subtle.sign('HMAC', trust.key, transcript('mac', session, own.id, own, theirs)),
  ]);
  return { t: 'proof', signature: toBase64Url(signature), ...(mac && { mac: toBase64Url(mac) }) };
}

/** What a proven connection has shown: later judged again when the trust changes. */
export interface Shown {
  them: PeerIdentity;
  /** `right`: the invitation's key was shown. `not asked`: this connection was held against something else. */
  key: 'right' | 'absent' | 'not asked';
}

/**
 * Checks the other side's proof. `undefined`: it failed, the connection must not be used. What it means for the
 * assurance is `judge`'s to say.
 */
export async function verify(
  { session, own, theirs, trust }: Omit<Prover, 'signingKey'>,
  hello: Hello,
  proof: Proof,
): Promise<Shown | undefined> {
  // The hello names the certificate it expects to be seen with: another one on the connection is somebody between.
  if (hello.session !== session || !sameSet(hello.fingerprints, theirs.fingerprints)) return undefined;
  const { mac } = proof;
  const [genuine, right] = await Promise.all([
    isSignedBy(hello.key, transcript('signature', session, theirs.id, own, theirs), proof.signature),
    trust.kind === 'invitation' &&
      mac !== undefined &&
      crypto.subtle.verify('HMAC', trust.key, fromBase64Url(mac), transcript('mac', session, theirs.id, own, theirs)),
  ]);
  if (!genuine) return undefined;
  const them = { signingKey: hello.key, fingerprints: [...theirs.fingerprints].sort() };
  if (trust.kind !== 'invitation') return { them, key: 'not asked' };
  // Who says they hold the key must show it; whether they may be without it, the trust says.
  if (hello.trust !== 'invitation' && mac === undefined) return { them, key: 'absent' };
  return right ? { them, key: 'right' } : undefined;
}

/** What a connection that showed `shown` is worth under `trust`. `unknown`: it was not asked, so prove again. */
export function judge(trust: Trust, shown: Shown): Exclude<LinkAssurance, 'pending'> | 'unknown' {
  if (trust.named !== undefined && trust.named !== shown.them.signingKey) return 'mismatch';
  switch (trust.kind) {
    case 'invitation':
      if (shown.key === 'not asked') return 'unknown';
      if (shown.key === 'right') return 'proven';
      return trust.required ? 'mismatch' : 'not compared';
    case 'introduced':
      if (shown.them.signingKey !== trust.identity.signingKey) return 'mismatch';
      if (!sameSet(shown.them.fingerprints, trust.identity.fingerprints)) return 'mismatch';
      return trust.proven ? 'proven' : 'not compared';
    case 'none':
      return 'not compared';
    default:
      return trust satisfies never;
  }
}
