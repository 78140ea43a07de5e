import { createTransport } from 'nodemailer';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Mailer } from './mailer.ts';

const TIMEOUT = 10_000;

/** What nodemailer says of a failure. */
const Failure = z.object({ code: z.optional(z.string()), responseCode: z.optional(z.number()) });

/** `from.name` is the desk's, read anew for each mail. Addresses are given as objects, so nothing typed can become a header. */
export function smtpMailer(url: string, from: { name: string; address: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: 2 * TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html }) {
      try {
        const sent = { from: { ...from }, to: { name: '', address: to }, subject, text, html };
        return (await transport.sendMail(sent)).response;
      } catch (error) {
        throw judged(error);
      }
    },
    async ready() {
      try {
        await transport.verify();
      } catch (error) {
        throw new HulplijnError('mail-unreachable', { cause: error });
      }
    },
    close: () => transport.close(),
  };
}

/** A recipient the server refuses for good (5xx to RCPT) is the address's fault; all else is the server's. */
function judged(error: unknown): HulplijnError {
  const { code, responseCode } = z.safeParse(Failure, error).data ?? {};
  const refused = code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500;
  return new HulplijnError(refused ? 'mail-refused' : 'mail-unreachable', { cause: error });
}
