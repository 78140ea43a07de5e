import { ParticipantId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';

/** Never sent: what this side saw happen, kept in its own journal so that it shows again after a reload. */
export const Note = z.object({
  v: z.literal(1),
  type: z.literal('note'),
  what: z.enum([
    ...['joined', 'left', 'gone', 'back', 'removed', 'started', 'transcript'],
    ...['handed over', 'primary lost', 'offered', 'accepted'], // `to` whom, by `who`
  ] as const),
  who: ParticipantId,
  name: z.string(),
  to: z.optional(ParticipantId),
  key: z.string(), // says which happening it is: the same one is noted once
});
export type Note = z.infer<typeof Note>;
