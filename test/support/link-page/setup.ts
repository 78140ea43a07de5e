import { z } from '../../../shared/protocol/schema.ts';

const Identity = z.object({ signingKey: z.string(), fingerprints: z.readonly(z.array(z.string())) });
const TrustSetup = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invitation'), key: z.string(), required: z.boolean() }),
  z.object({ kind: z.literal('introduced'), identity: Identity, proven: z.boolean() }),
  z.object({ kind: z.literal('none') }),
]);
export type TrustSetup = z.infer<typeof TrustSetup>;

/** What stands in a test page's address. */
export const Setup = z.object({
  id: z.string(),
  session: z.string(),
  relay: z.string(),
  peers: z.array(z.object({ peer: z.string(), trust: TrustSetup })),
});
export type ActorSetup = z.infer<typeof Setup>;
