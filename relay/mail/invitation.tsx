/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { render } from 'preact-render-to-string';
import type { T } from '../../shared/locales/messages.ts';
import type { Guest, Language } from '../../shared/protocol/relay-api.ts';
import { formatSessionNumber } from '../../shared/protocol/session-number.ts';
import type { Mail } from './mailer.ts';

/** A mail is a few paragraphs; each is a sentence, or something to press or to read out. */
export type Part = ({ is: 'text' | 'small' | 'big'; text: string } | { is: 'link'; label: string; url: string }) & {
  language?: Language; // where it is another than the letter's
};

const STYLE = {
  body: { fontFamily: 'system-ui, sans-serif', fontSize: '16px', lineHeight: 1.5, color: '#1b2628', margin: '24px' },
  big: { fontSize: '28px', fontWeight: 600, letterSpacing: '1px' },
  small: { fontSize: '14px', color: '#4c5b5e' },
  button: {
    display: 'inline-block',
    padding: '12px 20px',
    borderRadius: '8px',
    background: '#0b6e74',
    color: '#ffffff',
    textDecoration: 'none',
    fontWeight: 600,
  },
} as const;

function Letter({ parts, language }: { parts: readonly Part[]; language: string }) {
  return (
    <html lang={language}>
      <body style={STYLE.body}>
        {parts.map((part) =>
          part.is === 'link' ? (
            <p key={part.label} lang={part.language}>
              <a href={part.url} style={STYLE.button}>
                {part.label}
              </a>
              <br />
              <span style={STYLE.small}>{part.url}</span>
            </p>
          ) : (
            <p key={part.text} lang={part.language} style={part.is === 'text' ? {} : STYLE[part.is]}>
              {part.text}
            </p>
          ),
        )}
      </body>
    </html>
  );
}

/** Both forms of a mail from the same parts, so that they always say the same. */
export function letter(to: string, subject: string, parts: readonly Part[], language: string): Mail {
  const text = parts.map((part) => (part.is === 'link' ? `${part.label}:\n${part.url}` : part.text)).join('\n\n');
  const html = `<!doctype html>${render(<Letter parts={parts} language={language} />)}`;
  return { to, subject: oneLine(subject), text: `${text}\n`, html };
}

/** Names come from people: a subject stays one line. */
function oneLine(subject: string): string {
  return subject.replace(/\s+/gu, ' ').trim();
}

/** A customer gets a link without its key (JO3); a representative also how to assist, and the number (IN5). */
export function invitationMail(
  t: T,
  about: { to: string; guest: Guest; desk: string; agent: string; number: string; url: string; site: string },
): Mail {
  const { to, guest, desk, agent, url, site } = about;
  const names = { desk, agent };
  if (guest === 'customer') {
    const parts: Part[] = [
      { is: 'text', text: t('mail.customer.intro', names) },
      { is: 'link', label: t('mail.customer.open'), url },
      { is: 'text', text: t('mail.customer.warning') },
      { is: 'small', text: t('mail.customer.nothing', { ...names, site }) },
    ];
    return letter(to, t('mail.customer.subject', names), parts, t.language);
  }
  const parts: Part[] = [
    { is: 'text', text: t('mail.representative.intro', names) },
    { is: 'text', text: t('mail.representative.how') },
    { is: 'big', text: formatSessionNumber(about.number) },
    { is: 'link', label: t('mail.representative.open'), url },
    { is: 'small', text: t('mail.representative.nothing', names) },
  ];
  return letter(to, t('mail.representative.subject', names), parts, t.language);
}

/** ST1: the one-time code. `minutes` is how long it counts. */
export function signInMail(t: T, about: { to: string; desk: string; code: string; minutes: number }): Mail {
  const { to, desk, code, minutes } = about;
  const parts: Part[] = [
    { is: 'text', text: t('mail.signIn.intro', { desk }) },
    { is: 'big', text: code },
    { is: 'text', text: t('mail.signIn.life', { minutes }) },
    { is: 'small', text: t('mail.signIn.nothing') },
  ];
  return letter(to, t('mail.signIn.subject', { desk, code }), parts, t.language);
}
