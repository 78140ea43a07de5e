/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { Hono } from 'hono';
import { render } from 'preact-render-to-string';
import type { T } from '../../shared/locales/messages.ts';
import { isLoopback } from '../config.ts';
import type { KeptMail, Outbox } from '../mail/outbox.ts';
import { connectionAddress } from './address.ts';
import type { App, Call, Env } from './kit.ts';

/**
 * The mails that no SMTP server took, for whoever sits at this machine. Mounted only where the site itself is this
 * machine's: a proxy in front may say nothing of whom it passes on. The connection itself must come from it, not be
 * passed on by a proxy, and ask for it by a name of this machine (or a web page could read it by rebinding its own name).
 */
export function outboxRoutes(outbox: Outbox, t: T): App {
  const app = new Hono<Env>();
  app.get('/outbox.json', async (c) => (atThisMachine(c) ? c.json(await outbox.read()) : c.notFound()));
  app.get('/outbox', async (c) => {
    if (!atThisMachine(c)) return c.notFound();
    const page = <OutboxPage mails={await outbox.read()} t={t} />;
    return c.html(`<!doctype html>${render(page)}`);
  });
  return app;
}

function atThisMachine(c: Call): boolean {
  if (c.req.header('X-Forwarded-For') || c.req.header('Forwarded')) return false;
  const host = new URL(c.req.url).hostname.replace(/^\[|\]$/g, '');
  return isLoopback(connectionAddress(c) ?? '') && isLoopback(host);
}

function OutboxPage({ mails, t }: { mails: KeptMail[]; t: T }) {
  const title = t('mail.outbox.title');
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{title}</title>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {mails.length === 0 && <p>{t('mail.outbox.empty')}</p>}
          {mails.map((mail) => (
            <article key={mail.id}>
              <h2>{mail.subject}</h2>
              <p>
                {mail.to} · <time>{new Date(mail.at).toISOString()}</time>
              </p>
              {mail.text.split(/\n\n+/).map((paragraph) => (
                <p key={paragraph}>{linked(paragraph)}</p>
              ))}
            </article>
          ))}
        </main>
      </body>
    </html>
  );
}

function linked(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part) =>
    /^https?:\/\//.test(part) ? (
      <a key={part} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
