import { readFileSync } from 'node:fs';
import { parseJson, z } from '../../shared/protocol/schema.ts';

export const KINDS = ['call', 'connect'] as const;
export type Offered = (typeof KINDS)[number];

const Payloads = z.object({
  connect: z.record(z.string(), z.unknown()),
  call: z.record(z.string(), z.unknown()),
});
const payloads = parseJson(Payloads, readFileSync(new URL('offers.json', import.meta.url), 'utf8'));

/**
 * An OFFER as the unmodified `peerjs` 1.5.5 sent it in Chromium 156: of `connect()`, a data channel alone, which is all
 * that pages of this product offer through a relay (720 bytes), or of `call()`, voice and camera, the other thing that
 * PeerJS dials (6.2 KB).
 */
export function offer(kind: Offered, from: string, to: string, nth: number): string {
  const connectionId = `dc_${from.slice(0, 8)}${nth}`;
  return JSON.stringify({ type: 'OFFER', payload: { ...payloads?.[kind], connectionId }, dst: to });
}
