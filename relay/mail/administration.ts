import type { T } from '../../shared/locales/messages.ts';
import type { MailTested } from '../../shared/protocol/administration-api.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { z } from '../../shared/protocol/schema.ts';
import { letter, type Part } from './invitation.tsx';
import type { Mail, Mailer } from './mailer.ts';

/** Who becomes an agent (PA1): what Hulplijn is, and how to sign in. In both languages: nobody knows theirs yet. */
export function agentMail(
  words: readonly T[], // the site's language first
  about: { to: string; name: string; desk: string; by: string | undefined; site: string },
): Mail {
  const { to, name, desk, by, site } = about;
  const parts = words.flatMap((t): Part[] => {
    const { language } = t;
    const intro = by ? t('mail.agent.introBy', { name, by, desk }) : t('mail.agent.intro', { name, desk });
    return [
      { is: 'text', text: intro, language },
      { is: 'text', text: t('mail.agent.what', { desk }), language },
      { is: 'text', text: t('mail.agent.how', { email: to }), language },
      { is: 'link', label: t('mail.agent.site'), url: site, language },
      { is: 'small', text: t('mail.agent.nothing'), language },
    ];
  });
  const [first] = words;
  const subject = words.map((t) => t('mail.agent.subject', { desk })).join(' / ');
  return letter(to, subject, parts, first?.language ?? 'en');
}

/** What an administrator sends to themselves to see whether mail works. */
function testMail(t: T, about: { to: string; desk: string; site: string }): Mail {
  const { to, desk, site } = about;
  const parts: Part[] = [
    { is: 'text', text: t('mail.test.text', { desk }) },
    { is: 'small', text: site },
  ];
  return letter(to, t('mail.test.subject', { desk }), parts, t.language);
}

/** nodemailer's names for what went wrong. */
const Failure = z.object({ code: z.optional(z.string()), response: z.optional(z.string()), message: z.string() });

/** Sends one mail, and says what the mail server said of it. */
export async function tryMail(
  { mailer, isOutbox, t }: { mailer: Mailer; isOutbox: boolean; t: T },
  about: { to: string; desk: string; site: string },
): Promise<MailTested> {
  const { to } = about;
  try {
    const said = await mailer.send(testMail(t, about));
    return { to, result: isOutbox ? 'outbox' : 'sent', said };
  } catch (error) {
    if (!(error instanceof HulplijnError)) throw error;
    const failure = z.safeParse(Failure, error.cause).data;
    return { to, result: judged(failure?.code, failure?.message), said: failure?.response ?? failure?.message ?? '' };
  }
}

function judged(code = '', message = ''): MailTested['result'] {
  if (code === 'EAUTH') return 'sign-in refused';
  if (code === 'ETLS' || /certificate|SSL|TLS/i.test(message)) return 'not secure';
  if (['ECONNECTION', 'ECONNREFUSED', 'EDNS', 'ESOCKET', 'ETIMEDOUT'].includes(code)) return 'no answer';
  return ['EENVELOPE', 'EMESSAGE'].includes(code) ? 'refused' : 'failed';
}
