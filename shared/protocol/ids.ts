import { z } from './schema.ts';

/**
 * Every id is issued by the relay, from 128 random bits, as 32 lower-case hex digits: PeerJS accepts only
 * letters, digits and single separators in an id, so base64url is not an option.
 */
const Hex128 = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** Names a session between programs. People use the session number. */
export const SessionId = Hex128;
export type SessionId = z.infer<typeof SessionId>;
/** A participant's signalling id: the id of an agent's browser, or of a customer's seat. Stable over reloads. */
export const ParticipantId = Hex128;
export type ParticipantId = z.infer<typeof ParticipantId>;
/** Admits one person to one seat (JO3). */
export const InvitationId = Hex128;
export type InvitationId = z.infer<typeof InvitationId>;
/** One offering of a session to other agents (TS). */
export const OfferId = Hex128;
export type OfferId = z.infer<typeof OfferId>;
/** One load of one page; a reload makes a new one. Chosen by the page. */
export const PageId = Hex128;
export type PageId = z.infer<typeof PageId>;

/** An invitation's key: 256 bits in base64url, only ever in the fragment of a link (JO3). */
export const InvitationKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** A P-256 public key in `raw` form (65 bytes, uncompressed point), base64url. */
export const SigningKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{87}$/));
export type SigningKey = z.infer<typeof SigningKey>;
/** SHA-256 of a DTLS certificate as RFC 8122 writes it: upper-case hex pairs with colons. */
export const Fingerprint = z.string().check(z.regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/));

/** 32 hex digits from 16 random bytes. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
