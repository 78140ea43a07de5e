import { ACTIVITIES } from '../activities/list.ts';
import { Epoch } from '../activities/wire.ts';
import { CONTROLS, Control } from '../protocol/control.ts';
import { Fingerprint, ParticipantId, SigningKey } from '../protocol/ids.ts';
import { parseJson, z } from '../protocol/schema.ts';
import { Note } from './note.ts';

/**
 * What travels on a link, kept: the only parser of messages. Those of the session itself are declared here, those of
 * the activities with each of them. `v` is the version of this protocol: a reader drops what it does not know.
 */
export const Message = z.discriminatedUnion('type', [
  /** The primary vouches to `to` for what it has seen of `who`; `proven` when both its own legs are (SE1). */
  z.object({
    v: z.literal(1),
    type: z.literal('introduction'),
    epoch: Epoch,
    to: ParticipantId,
    who: ParticipantId,
    signingKey: SigningKey,
    fingerprints: z.array(Fingerprint).check(z.minLength(1), z.maxLength(4)),
    proven: z.boolean(),
  }),
  z.object({ v: z.literal(1), type: z.literal('ended'), epoch: Epoch }),
  /** `joinedAt`: which stay of theirs, as who is invited anew is somebody new. */
  z.object({ v: z.literal(1), type: z.literal('removed'), epoch: Epoch, who: ParticipantId, joinedAt: z.int() }),
  z.object({ v: z.literal(1), type: z.literal('left') }),
  /** Who was put in charge when, oldest first (TC6): each record proves itself, so anybody may pass them on. */
  z.object({
    v: z.literal(1),
    type: z.literal('control'),
    controls: z.array(Control).check(z.minLength(1), z.maxLength(CONTROLS)),
    /** One's own only: from that epoch on they take the place of others that a link had brought. */
    instead: z.optional(z.int()),
  }),
  /** That customer is being helped from now on; what was shared until then is over (PA2, PA3). */
  z.object({ v: z.literal(1), type: z.literal('helping'), epoch: Epoch, who: ParticipantId }),
  Note,
  ...ACTIVITIES.flatMap((one) => [...one.kept]),
]);
export type Message = z.infer<typeof Message>;

/** What is passed: of one connection, never stored. */
export const Passed = z.union(ACTIVITIES.flatMap((one) => [...(one.passed ?? [])]));
export type Passed = z.infer<typeof Passed>;
export type Introduction = Extract<Message, { type: 'introduction' }>;

/** The only parser of messages; `undefined` for what is not one. */
export function parseMessage(text: string): Message | undefined {
  return parseJson(Message, text);
}

/** The same for what is passed. */
export function parsePassed(text: string): Passed | undefined {
  return parseJson(Passed, text);
}

export function writeMessage(message: Message | Passed): string {
  return JSON.stringify(message);
}
