import { z } from '../protocol/schema.ts';

const Stripe = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const Sdp = z.string().check(z.maxLength(16 * 1024));

/** What two ends say to each other, over their proven link, to open a further connection (stripes.ts). */
export const StripeWord = z.discriminatedUnion('t', [
  z.object({ t: z.literal('offer'), stripe: Stripe, sdp: Sdp }),
  z.object({ t: z.literal('answer'), stripe: Stripe, sdp: Sdp }),
  z.object({
    t: z.literal('ice'),
    stripe: Stripe,
    candidate: z.object({
      candidate: z.string().check(z.maxLength(1024)),
      sdpMid: z.nullable(z.string().check(z.maxLength(64))),
      sdpMLineIndex: z.nullable(z.int().check(z.gte(0))),
      usernameFragment: z.nullable(z.string().check(z.maxLength(256))),
    }),
  }),
]);
export type StripeWord = z.infer<typeof StripeWord>;
