import { ParticipantId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { Id } from './wire.ts';

export const ComparesShown = z.object({
  pairs: z.array(
    z.object({
      with: ParticipantId,
      id: Id,
      /** Reads the first half of the code aloud. */
      first: z.boolean(),
      /** `again`: the primary asks once more, and this person has to press; `waiting`: for the other's **Matches**. */
      stage: z.enum(['under way', 'again', 'shown', 'waiting', 'over', 'compared', 'differs']),
      code: z.nullable(z.string()),
    }),
  ),
  reminded: z.array(ParticipantId),
});
export type ComparesShown = z.infer<typeof ComparesShown>;
