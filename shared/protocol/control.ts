import { ParticipantId, SigningKey } from './ids.ts';
import { z } from './schema.ts';

/**
 * Who is in charge from `epoch` on (TC6): a record that proves itself, whichever way it arrives. The primary of the
 * epoch before signs it, or a customer, when that primary was lost (EN3). With `offered` nobody is: the primary names a
 * customer, who keeps the session and signs who `accepted` it (TS5). The relay keeps the records and sets one by
 * compare-and-set; every page checks them itself.
 */
export const Control = z.object({
  epoch: z.int().check(z.gte(2)), // the one that begins
  why: z.enum(['handed over', 'primary lost', 'offered', 'accepted']),
  by: ParticipantId, // who signs
  to: ParticipantId, // the new primary; the keeper, where it is offered
  key: SigningKey, // of that one, as the signer has seen it proven on their own link
  signature: z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/)), // ECDSA on P-256 with SHA-256, raw r‖s, base64url
});
export type Control = z.infer<typeof Control>;

/** So many records a session keeps, the newest: whoever was away for more of them comes back as a newcomer. */
export const CONTROLS = 32;

/** What is signed. JSON of an array of strings and a number is unambiguous. */
export function controlBytes(session: string, control: Omit<Control, 'signature'>): Uint8Array<ArrayBuffer> {
  const { epoch, why, by, to, key } = control;
  return new TextEncoder().encode(JSON.stringify(['hulplijn control 1', session, epoch, why, by, to, key]));
}
