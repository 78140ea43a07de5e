import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import type { Mailer } from './mailer.ts';
import { localOutbox, type Outbox } from './outbox.ts';
import { smtpMailer } from './smtp.ts';

/** By SMTP where that is configured, as the desk is called when a mail is sent; else the outbox, read on this machine. */
export function openMailer(
  config: Pick<Config, 'smtp' | 'deskName'>,
  store: Store,
  clock: Clock,
): { mailer: Mailer; outbox: Outbox | undefined } {
  if (config.smtp) {
    const { url, from } = config.smtp;
    const sender = {
      get name() {
        return config.deskName;
      },
      address: from,
    };
    return { mailer: smtpMailer(url, sender), outbox: undefined };
  }
  const outbox = localOutbox(store, clock);
  return { mailer: outbox, outbox };
}
