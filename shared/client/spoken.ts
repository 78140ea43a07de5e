import { isAmongAll } from '../activities/index.ts';
import { ParticipantId } from '../protocol/ids.ts';
import { parseJson, z } from '../protocol/schema.ts';
import { type Message, parseMessage, writeMessage } from '../session/message.ts';
import { isActivity, roleOf } from '../session/session.ts';
import type { SessionHost } from './session-host.ts';

/**
 * What a customer says to all in an activity, signed: customers do not reach each other, so the primary passes it on
 * as it is. Whoever gets it so judges it as said by `by`, by the key the primary introduced them with (SE1).
 */
const Signed = z.object({
  v: z.literal(1),
  type: z.literal('signed'),
  by: ParticipantId,
  text: z.string().check(z.maxLength(50_000)), // the message, as it was signed
  signature: z.string().check(z.maxLength(100)),
});
export type Signed = z.infer<typeof Signed>;

/** What somebody said, and how they signed it, where that is passed on. */
export interface Spoken {
  message: Message;
  signed: Signed | undefined;
}

/** What is signed, bound to the session. */
export function signedBytes(session: string, by: string, text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(['hulplijn signed message 1', session, by, text]));
}

/** How a message of this page's goes out. */
export async function speak({ state, me, signer }: SessionHost, message: Message): Promise<string> {
  const text = writeMessage(message);
  if (roleOf(state, me) !== 'customer' || !isActivity(message) || !isAmongAll(message.type)) return text;
  const signature = await signer.sign(signedBytes(state.roster.id, me, text));
  return JSON.stringify({ v: 1, type: 'signed', by: me, text, signature } satisfies Signed);
}

/** The only parser of what is kept; `undefined` for what is not a message. */
export function hear(text: string): Spoken | undefined {
  const signed = parseJson(Signed, text);
  const message = parseMessage(signed?.text ?? text);
  if (!message || (signed && !(isActivity(message) && isAmongAll(message.type)))) return undefined;
  return { message, signed };
}
