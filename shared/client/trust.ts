import { type Line, lineBytes } from '../activities/chat-lines.ts';
import { comparedWith, pairWith } from '../activities/compare.ts';
import type { LinkStatus, PeerIdentity, Trust } from '../link/link.ts';
import type { Participant } from '../protocol/relay-api.ts';
import type { Introduction, Message } from '../session/message.ts';
import { keeperIn, participant, roleOf, type SessionState } from '../session/session.ts';
import { commitment } from './compare-code.ts';
import { type Signed, signedBytes } from './spoken.ts';

/** Signs as this page's identity, and checks what others signed. Keys and signatures are base64url. */
export interface Signer extends PeerIdentity {
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  verify(signingKey: string, bytes: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean>;
}

/**
 * What the link to `other` is held against (SE1): what the two have compared, the invitation's key if one of them
 * invited the other with it, else a primary's introduction; and in any case the key that the relay names, so that both
 * check the same signatures with the same key (TC6), or the record by which they are in charge. `undefined`: no link yet, the primary introduces first; while that
 * one is away, by the relay's word and by the links here, who was not introduced yet can be asked all the same (EN3).
 */
export async function trustIn(
  state: SessionState,
  links: ReadonlyMap<string, LinkStatus>,
  other: Participant,
  keyOf: (invitation: string) => Promise<CryptoKey | undefined>,
): Promise<Trust | undefined> {
  const trust = await heldAgainst(state, links, other, keyOf);
  // Of who is in charge the record says it, and its signer has seen it.
  const record = state.primary === other.id ? state.followed.findLast(({ to }) => to === other.id) : undefined;
  const named = record?.key ?? other.signingKey;
  return trust && named !== undefined ? { ...trust, named } : trust;
}

async function heldAgainst(
  state: SessionState,
  links: ReadonlyMap<string, LinkStatus>,
  other: Participant,
  keyOf: (invitation: string) => Promise<CryptoKey | undefined>,
): Promise<Trust | undefined> {
  const { you } = state.roster;
  const compared = comparedWith(state.activities.compare, state, other.id);
  if (compared) return { kind: 'introduced', identity: compared, proven: true };
  const me = participant(state, you);
  const invitedThem = other.invitedBy === you;
  const invitation = invitedThem ? other.invitation : me?.invitedBy === other.id ? me.invitation : undefined;
  const key = invitation === undefined ? undefined : await keyOf(invitation);
  // Who was invited holds the key and insists; who invited takes one whose mail program lost it as "not compared".
  if (key) return { kind: 'invitation', key, required: !invitedThem };
  const introduction = state.introductions[other.id];
  const center = state.primary ?? keeperIn(state) ?? ''; // while offered, who accepts is linked with the keeper first
  const away = links.get(center)?.state !== 'live' && participant(state, center)?.state === 'away';
  if (!introduction) return away || [you, other.id].includes(center) ? { kind: 'none' } : undefined;
  const { signingKey, fingerprints, proven } = introduction;
  return { kind: 'introduced', identity: { signingKey, fingerprints }, proven };
}

/**
 * Whether lines that their writers did not hand over in person bear their writers' signatures, and a nonce is the one
 * committed to. `unknown`: the primary has passed a line on and has still to introduce its writer; or it introduces
 * somebody with another key than the relay names: the roster may be behind.
 */
export async function isGenuine(
  state: SessionState,
  links: ReadonlyMap<string, LinkStatus>,
  signer: Signer,
  from: string,
  message: Message,
): Promise<'yes' | 'no' | 'unknown'> {
  const signed = async ({ signature, ...line }: Line): Promise<'yes' | 'no' | 'unknown'> => {
    if (line.writer === from) return 'yes';
    const key =
      line.writer === state.roster.you
        ? signer.signingKey
        : (state.introductions[line.writer]?.signingKey ?? links.get(line.writer)?.them?.signingKey);
    if (!key) return 'unknown';
    return (await signer.verify(key, lineBytes(state.roster.id, line), signature)) ? 'yes' : 'no';
  };
  if (message.type === 'introduction') return isAsNamed(state, message) ? 'yes' : 'unknown';
  if (message.type === 'chat.line') return signed(message.line);
  if (message.type === 'compare.reveal') return (await isAsCommitted(state, from, message.nonce)) ? 'yes' : 'no';
  if (message.type !== 'chat.transcript' || roleOf(state, from) === 'primary') return 'yes';
  // Of somebody who has left nobody here knows the key: their lines are taken as they are given back.
  return (await Promise.all(message.lines.map(signed))).includes('no') ? 'no' : 'yes';
}

/** Whether the primary, `by`, passes on to a customer what another one signed. `unknown`: that one is still to be introduced. */
export async function isPassedOn(
  state: SessionState,
  signer: Signer,
  by: string,
  { by: writer, text, signature }: Signed,
): Promise<'yes' | 'no' | 'unknown'> {
  const { id, you } = state.roster;
  const customers = [writer, you].every((one) => roleOf(state, one) === 'customer');
  if (!customers || writer === you || roleOf(state, by) !== 'primary') return 'no';
  const key = state.introductions[writer]?.signingKey;
  if (!key) return 'unknown';
  return (await signer.verify(key, signedBytes(id, writer, text), signature)) ? 'yes' : 'no';
}

/** What the relay checks somebody's signatures with is what they are known by here too (TC6). */
function isAsNamed(state: SessionState, { who, signingKey }: Introduction): boolean {
  return (participant(state, who)?.signingKey ?? signingKey) === signingKey;
}

/** Whether the primary reveals the nonce it had committed to. */
async function isAsCommitted(state: SessionState, from: string, nonce: string): Promise<boolean> {
  const { id, you } = state.roster;
  const life = pairWith(state.activities.compare, state, from)?.life;
  return life?.is === 'answered' && life.commit === (await commitment(id, from, you, nonce));
}
