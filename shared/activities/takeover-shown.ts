import { z } from '../protocol/schema.ts';
import { OffWhy } from './off-why.ts';
import { Id } from './wire.ts';

export const TakeoverShown = z.object({
  /** I am asked, until when; `name` wants to take over from `primary`. */
  asked: z.nullable(z.object({ id: Id, name: z.string(), primary: z.string(), until: z.number() })),
  /** I asked: whom, until when, or what came of it. */
  mine: z.nullable(
    z.object({
      of: z.array(z.object({ name: z.string(), until: z.nullable(z.number()), why: z.nullable(OffWhy) })),
    }),
  ),
});
export type TakeoverShown = z.infer<typeof TakeoverShown>;
