import { type Line, lineBytes } from '../activities/chat-lines.ts';
import type { LinkStatus, Trust } from '../link/link.ts';
import type { Participant } from '../protocol/relay-api.ts';
import type { Message } from '../session/message.ts';
import { participant, primaryOf, roleOf, type SessionState } from '../session/session.ts';

/** Signs as this page's identity, and checks what others signed. Keys and signatures are base64url. */
export interface Signer {
  readonly signingKey: string;
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  verify(signingKey: string, bytes: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean>;
}

/**
 * What the link to `other` is held against (SE1): the invitation's key between the primary and whom it invited, else
 * the primary's introduction. `undefined`: no link yet, the primary introduces first.
 */
export async function trustIn(
  state: SessionState,
  other: Participant,
  keyOf: (invitation: string) => Promise<CryptoKey | undefined>,
): Promise<Trust | undefined> {
  const me = participant(state, state.roster.you);
  const iAmPrimary = me?.role === 'primary';
  if (iAmPrimary || other.id === primaryOf(state)?.id) {
    const invitation = iAmPrimary ? other.invitation : me?.invitation;
    const key = invitation === undefined ? undefined : await keyOf(invitation);
    // Who was invited holds the key and insists; the primary takes one whose mail program lost it as "not compared".
    return key ? { kind: 'invitation', key, required: !iAmPrimary } : { kind: 'none' };
  }
  const introduction = state.introductions[other.id];
  if (!introduction) return undefined;
  const { signingKey, fingerprints, proven } = introduction;
  return { kind: 'introduced', identity: { signingKey, fingerprints }, proven };
}

/**
 * Whether lines that their writers did not hand over in person bear their writers' signatures. `unknown`: the primary has
 * passed a line on and has still to introduce its writer.
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
  if (message.type === 'chat.line') return signed(message.line);
  if (message.type !== 'chat.transcript' || roleOf(state, from) === 'primary') return 'yes';
  // Of somebody who has left nobody here knows the key: their lines are taken as they are given back.
  return (await Promise.all(message.lines.map(signed))).includes('no') ? 'no' : 'yes';
}
