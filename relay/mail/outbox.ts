import { z } from '../../shared/protocol/schema.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../secrets.ts';
import { Records } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Mailer } from './mailer.ts';

const KEPT = 24 * 3_600_000;

export const KeptMail = z.object({
  id: z.string(),
  at: z.int(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
export type KeptMail = z.infer<typeof KeptMail>;

/** Where mails go when no SMTP server is configured: kept for a day, readable on this machine alone. */
export interface Outbox extends Mailer {
  /** Newest first. */
  read(): Promise<KeptMail[]>;
}

export function localOutbox(store: Store, clock: Clock): Outbox {
  const mails = new Records(store, 'outbox', KeptMail, ({ at }) => ({ expiresAt: at + KEPT }));
  let last = 0;
  return {
    async send(mail) {
      const at = clock.now();
      // Two mails of the same millisecond keep their order.
      last = Math.max(last + 1, at * 1000);
      const id = newId();
      await mails.create(`${String(last).padStart(20, '0')}:${id}`, { id, at, ...mail });
      return '';
    },
    ready: async () => {},
    close: () => {},
    read: async () => (await mails.list('')).map(({ value }) => value).reverse(),
  };
}
