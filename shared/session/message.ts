import { Line } from '../activities/chat.ts';
import { Fingerprint, ParticipantId, SigningKey } from '../protocol/ids.ts';
import { parseJson, z } from '../protocol/schema.ts';

const Epoch = z.int().check(z.gte(1));

/**
 * What travels on a link, kept: the only place where messages are declared. `v` is the version of this protocol: a
 * reader drops what it does not know.
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
  z.object({ v: z.literal(1), type: z.literal('chat.line'), line: Line }),
  /**
   * What was said before, in one or more parts of which `last` is the last: from the primary to an agent (`earlier`),
   * or from anybody to one who lost its store (`lost`), then only lines between the two or of the group.
   */
  z.object({
    v: z.literal(1),
    type: z.literal('chat.transcript'),
    epoch: Epoch,
    to: ParticipantId,
    why: z.enum(['earlier', 'lost']),
    lines: z.array(Line).check(z.maxLength(200)),
    last: z.boolean(),
  }),
  z.object({ v: z.literal(1), type: z.literal('ended'), epoch: Epoch }),
  z.object({ v: z.literal(1), type: z.literal('removed'), epoch: Epoch, who: ParticipantId }),
  z.object({ v: z.literal(1), type: z.literal('left') }),
  /** Never sent: what this side saw happen, kept in its own journal so that it shows again after a reload. */
  z.object({
    v: z.literal(1),
    type: z.literal('note'),
    what: z.enum(['joined', 'left', 'gone', 'back', 'removed', 'started', 'transcript']),
    who: ParticipantId,
    name: z.string(),
    key: z.string(), // says which happening it is: the same one is noted once
  }),
]);
export type Message = z.infer<typeof Message>;
export type Note = Extract<Message, { type: 'note' }>;
export type Introduction = Extract<Message, { type: 'introduction' }>;

/** The only parser of messages; `undefined` for what is not one. */
export function parseMessage(text: string): Message | undefined {
  return parseJson(Message, text);
}

export function writeMessage(message: Message): string {
  return JSON.stringify(message);
}
