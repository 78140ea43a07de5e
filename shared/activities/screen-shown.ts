import { ParticipantId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { OffWhy } from './off-why.ts';
import { Id } from './wire.ts';

/** What the browser's own picker let be chosen (W3C Screen Capture, `displaySurface`). */
export const Surface = z.enum(['monitor', 'window', 'browser', 'unknown']);
export type Surface = z.infer<typeof Surface>;
const Person = z.object({ id: ParticipantId, name: z.string() });

export const ScreenShown = z.object({
  mayAsk: z.boolean(),
  mayShare: z.boolean(),
  mayPoint: z.boolean(),
  /** What is asked of me, and who would see it. */
  asked: z.nullable(
    z.object({
      id: Id,
      name: z.string(),
      until: z.number(),
      seers: z.array(z.object({ name: z.string(), customer: z.boolean() })),
    }),
  ),
  /** What I asked and what came of it, newest last, one for each person; `why` is `null` while it is open or on. */
  asks: z.array(z.object({ id: Id, of: Person, until: z.nullable(z.number()), why: z.nullable(OffWhy) })),
  mine: z.nullable(
    z.object({
      id: Id,
      since: z.number(),
      surface: Surface,
      motion: z.boolean(),
      seers: z.array(Person),
      /** Came later, or reloaded: see it only after a new OK. */
      newcomers: z.array(Person),
    }),
  ),
  others: z.array(
    z.object({ id: Id, by: Person, since: z.number(), surface: Surface, motion: z.boolean(), toMe: z.boolean() }),
  ),
});
export type ScreenShown = z.infer<typeof ScreenShown>;
