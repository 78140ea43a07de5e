import { z } from '../../../shared/protocol/schema.ts';

/** What stands in the address of the forger's page. */
export const ForgerSetup = z.discriminatedUnion('as', [
  z.object({ as: z.literal('customer'), relay: z.string(), name: z.string(), link: z.string() }),
  z.object({
    as: z.literal('assistant'),
    relay: z.string(),
    name: z.string(),
    token: z.string(),
    device: z.string(),
    number: z.string(),
  }),
]);
export type ForgerSetup = z.infer<typeof ForgerSetup>;
