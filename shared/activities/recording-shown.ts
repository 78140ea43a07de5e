import { z } from '../protocol/schema.ts';
import { OffWhy } from './off-why.ts';
import { Id } from './wire.ts';

export const RecordingShown = z.object({
  mayRecord: z.boolean(),
  now: z.nullable(
    z.object({
      id: Id,
      by: z.string(), // name
      mine: z.boolean(),
      is: z.enum(['asked', 'on', 'paused']),
      /** I am asked, until when. */
      asked: z.nullable(z.number()),
      /** Whom it waits for: until when they are asked, or `null` when they gave no answer. */
      waits: z.array(z.object({ name: z.string(), until: z.nullable(z.number()) })),
    }),
  ),
  last: z.nullable(z.object({ why: OffWhy, name: z.string(), you: z.boolean() })),
});
export type RecordingShown = z.infer<typeof RecordingShown>;
