import { createSigner } from '../../shared/client/signer.ts';
import type { Signer } from '../../shared/client/trust.ts';
import { makeSigningPair } from '../../shared/link/identity.ts';
import { type Control, controlBytes } from '../../shared/protocol/control.ts';
import { SESSION } from './activity-desk.ts';

const signers = new Map<string, Signer>();

export async function giveKeys(people: readonly string[]): Promise<void> {
  for (const who of people) {
    const { pair, signingKey } = await makeSigningPair();
    signers.set(who, createSigner({ signingKey: pair.privateKey, public: { signingKey, fingerprints: [] } }));
  }
}

export function signer(who: string): Signer {
  const found = signers.get(who);
  if (!found) throw new Error('nobody');
  return found;
}

/** `by` hands over to `to`, if nothing else is said; `pen` is who really signs. */
export async function record(
  by: string,
  to: string,
  epoch: number,
  more: Partial<Control> = {},
  pen = by,
): Promise<Control> {
  const control = { epoch, why: 'handed over' as const, by, to, key: signer(to).signingKey, ...more };
  return { ...control, signature: await signer(pen).sign(controlBytes(SESSION, control)) };
}
