import { type ErrorCode, HulplijnError } from '../shared/protocol/errors.ts';
import { CODE_ASKERS, type Limits } from '../shared/protocol/limits.ts';
import { hashed } from './secrets.ts';
import type { Store } from './store/store.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** SE3. Each method counts, and refuses with `retryAfter` in seconds. Addresses are kept only as hashes. */
export interface Quotas {
  /** An attempt on a number or a code, by the address it comes from. Links are exempt. */
  attempt(address: string): Promise<void>;
  /** A page asks for a seat, before anybody is asked who it is: each is a record that is kept a while. */
  seat(address: string): Promise<void>;
  /** Somebody asks for a sign-in code, by the address it comes from. */
  signIn(address: string): Promise<void>;
  /** An agent offers a session to others (TS5). What is taken back was offered, so this bounds both. */
  offer(agent: string): Promise<void>;
  /** An invitation's mail, before it is sent. */
  mail(agent: string, recipient: string): Promise<void>;
  /** An administrator's test mail: counted by itself, so that trying whether mail works shuts nobody out. */
  testMail(agent: string): Promise<void>;
  /**
   * A sign-in code's mail, by the network address that asks: counted by itself, so that neither invitations nor a stranger
   * elsewhere shut an agent out. For an address that is no agent's nothing is sent, so the site's day is not used up, but
   * the refusals are the same.
   */
  codeMail(asker: string, recipient: string, sent: boolean): Promise<void>;
}

/** Counted in windows on the store's own counters, so that limits hold over many relays and a restart. */
export function createQuotas(store: Store, limits: Limits): Quotas {
  async function consume(key: string, points: number, seconds: number, code: ErrorCode): Promise<void> {
    const { count, msLeft } = await store.increment(key, 1, seconds * 1000);
    if (count > points) throw new HulplijnError(code, { retryAfter: Math.ceil(msLeft / 1000) });
  }
  // Looked up each time: an administrator may change them.
  const perRecipient = (recipient: string) =>
    consume(`mail-recipient:${hashed(recipient.toLowerCase())}`, limits.mailPerRecipientHour, HOUR, 'mail-quota');
  const perSite = () => consume('mail', limits.mailPerSiteDay, DAY, 'mail-quota');

  return {
    async attempt(address) {
      const { attemptsPerAddress, attemptsInAll, attemptsWindow } = limits;
      // First the one that stops here: an address that is refused must not use up everybody's attempts.
      await consume(`attempts:${hashed(address)}`, attemptsPerAddress, attemptsWindow, 'too-many-attempts');
      await consume('attempts', attemptsInAll, attemptsWindow, 'too-many-attempts');
    },
    async seat(address) {
      await consume(`seats:${hashed(address)}`, limits.seatsPerAddress, limits.attemptsWindow, 'too-many-attempts');
    },
    async signIn(address) {
      await consume(
        `sign-in:${hashed(address)}`,
        limits.attemptsPerAddress,
        limits.attemptsWindow,
        'too-many-attempts',
      );
    },
    async offer(agent) {
      await consume(`offers:${agent}`, limits.offersPerAgent, limits.attemptsWindow, 'too-many-attempts');
    },
    async mail(agent, recipient) {
      await consume(`mail-agent:${agent}`, limits.mailPerAgentHour, HOUR, 'mail-quota');
      await perRecipient(recipient);
      await perSite();
    },
    async testMail(agent) {
      await consume(`mail-test:${agent}`, limits.mailPerRecipientHour, HOUR, 'mail-quota');
    },
    async codeMail(asker, recipient, sent) {
      const [from, to] = [hashed(asker), hashed(recipient.toLowerCase())];
      const most = limits.mailPerRecipientHour;
      await consume(`codes:${to}:${from}`, most, HOUR, 'mail-quota');
      await consume(`codes:${to}`, most * CODE_ASKERS, HOUR, 'mail-quota');
      if (sent) return perSite();
      const { count, msLeft } = await store.increment('mail', 0, DAY * 1000);
      if (count >= limits.mailPerSiteDay)
        throw new HulplijnError('mail-quota', { retryAfter: Math.ceil(msLeft / 1000) });
    },
  };
}
