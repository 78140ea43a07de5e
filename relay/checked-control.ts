import { type Control, controlBytes } from '../shared/protocol/control.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import type { SigningKey } from '../shared/protocol/ids.ts';
import { isSignedBy } from '../shared/protocol/signature.ts';
import { participantIn } from './session-change.ts';
import type { SessionRecord } from './session-record.ts';

/**
 * A record of who is in charge, as somebody asks for it, and the key whose signature it was found to bear; `undefined`:
 * none that is known here. That stays true whatever the session does meanwhile; what it means is `mustHold`'s to say.
 */
export interface CheckedControl {
  control: Control;
  signedWith: SigningKey | undefined;
}

export async function checkControl(record: SessionRecord, control: Control): Promise<CheckedControl> {
  const key = participantIn(record, control.by)?.signingKey;
  const holds = key !== undefined && (await isSignedBy(key, controlBytes(record.id, control), control.signature));
  return { control, signedWith: holds ? key : undefined };
}

/**
 * Refused as `not-verified` unless its signer has signed it and its key is the new one's, each by what they said when
 * they took their place: else pages would not follow what the relay has put in force (TC6).
 */
export function mustHold(record: SessionRecord, { control, signedWith }: CheckedControl): void {
  const [by, to] = [control.by, control.to].map((id) => participantIn(record, id)?.signingKey);
  if (signedWith === undefined || by !== signedWith || to !== control.key) throw new HulplijnError('not-verified');
}
