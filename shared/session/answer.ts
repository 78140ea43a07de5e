import { ErrorCode } from '../protocol/errors.ts';
import { LimitPair } from '../protocol/limits.ts';
import { z } from '../protocol/schema.ts';

/** The answer to a command. A refusal's words are looked up by code. */
export const Answer = z.union([
  z.object({ ok: z.literal(true), value: z.optional(z.unknown()) }),
  z.object({
    ok: z.literal(false),
    error: ErrorCode,
    retryAfter: z.optional(z.number()),
    pairs: z.optional(z.array(LimitPair)), // of `limits-contradict`
  }),
]);
export type Answer = z.infer<typeof Answer>;
