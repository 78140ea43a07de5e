import { ParticipantId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { OffWhy } from './off-why.ts';
import { Id } from './wire.ts';

export const CallShown = z.object({
  mayCall: z.boolean(),
  /** One that runs, whether or not one is in it. */
  now: z.nullable(
    z.object({
      id: Id,
      by: z.string(), // name
      since: z.number(),
      /** I am rung, until when. */
      ringing: z.nullable(z.number()),
      /** My own part; `null`: not in it. `here`: on this very page load. */
      mine: z.nullable(z.object({ mic: z.boolean(), camera: z.boolean(), here: z.boolean() })),
      members: z.array(
        z.object({ id: ParticipantId, name: z.string(), mic: z.boolean(), camera: z.boolean(), you: z.boolean() }),
      ),
      /** Who was rung and is not in it: until when it rings, or why not. */
      rung: z.array(
        z.object({ id: ParticipantId, name: z.string(), until: z.nullable(z.number()), why: z.nullable(OffWhy) }),
      ),
    }),
  ),
});
export type CallShown = z.infer<typeof CallShown>;
