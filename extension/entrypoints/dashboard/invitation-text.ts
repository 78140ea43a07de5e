import type { InvitationFacts } from '../../../shared/client/page-client.ts';
import { loadT } from '../../../shared/locales/load.ts';
import type { Language } from '../../../shared/protocol/relay-api.ts';
import { formatSessionNumber } from '../../../shared/protocol/session-number.ts';

/** The invitation as the agent's own mail program shows it, to edit and send (IN4): the relay's own words, as text. */
export async function invitationText(
  language: Language,
  { guest, desk, agent, number, link, site }: InvitationFacts,
): Promise<{ subject: string; body: string }> {
  const t = await loadT(language);
  const names = { desk, agent };
  if (guest === 'customer') {
    const body = [
      t('mail.customer.intro', names),
      `${t('mail.customer.open')}:\n${link}`,
      t('mail.customer.warning'),
      t('mail.customer.nothing', { ...names, site }),
    ];
    return { subject: t('mail.customer.subject', names), body: body.join('\n\n') };
  }
  const body = [
    t('mail.representative.intro', names),
    t('mail.representative.how'),
    formatSessionNumber(number),
    `${t('mail.representative.open')}:\n${link}`,
  ];
  return { subject: t('mail.representative.subject', names), body: body.join('\n\n') };
}
