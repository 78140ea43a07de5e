import { type ErrorCode, HulplijnError } from '../shared/protocol/errors.ts';
import type { Limits } from '../shared/protocol/limits.ts';
import { hashed } from './secrets.ts';
import type { Store } from './store/store.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** SE3. Each method counts, and refuses with `retryAfter` in seconds. Addresses are kept only as hashes. */
export interface Quotas {
  /** An attempt on a number or a code, by the address it comes from. Links are exempt. */
  attempt(address: string): Promise<void>;
  /** A mail, before it is sent. `agent` is who asks for it; the sign-in code has none. */
  mail(agent: string | undefined, recipient: string): Promise<void>;
}

/** Counted in windows on the store's own counters, so that limits hold over many relays and a restart. */
export function createQuotas(store: Store, limits: Limits): Quotas {
  async function consume(key: string, points: number, seconds: number, code: ErrorCode): Promise<void> {
    const { count, msLeft } = await store.increment(key, 1, seconds * 1000);
    if (count > points) throw new HulplijnError(code, { retryAfter: Math.ceil(msLeft / 1000) });
  }
  const { attemptsPerAddress, attemptsInAll, attemptsWindow } = limits;
  const { mailPerAgentHour, mailPerRecipientHour, mailPerSiteDay } = limits;

  return {
    async attempt(address) {
      // First the one that stops here: an address that is refused must not use up everybody's attempts.
      await consume(`attempts:${hashed(address)}`, attemptsPerAddress, attemptsWindow, 'too-many-attempts');
      await consume('attempts', attemptsInAll, attemptsWindow, 'too-many-attempts');
    },
    async mail(agent, recipient) {
      if (agent) await consume(`mail-agent:${agent}`, mailPerAgentHour, HOUR, 'mail-quota');
      await consume(`mail-recipient:${hashed(recipient.toLowerCase())}`, mailPerRecipientHour, HOUR, 'mail-quota');
      await consume('mail', mailPerSiteDay, DAY, 'mail-quota');
    },
  };
}
