import { once } from 'node:events';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { z } from '../../shared/protocol/schema.ts';

export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  received: { mail: ParsedMail; from: string; to: string[] }[];
  /** Resolves when so many mails have come. */
  wait(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server on a free port; refuses every recipient that begins with `refused`. */
export async function startMailServer(): Promise<MailServer> {
  const received: MailServer['received'] = [];
  let wake = () => {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('refused') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      simpleParser(stream).then((mail) => {
        received.push({ mail, from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) });
        wake();
        done();
      }, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = z.parse(z.object({ port: z.number() }), server.server.address());
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    async wait(count) {
      while (received.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
