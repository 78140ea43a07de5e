import { describe, expect, test } from 'vitest';
import { invitationMail, signInMail } from '../../relay/mail/invitation.tsx';
import { loadT } from '../../shared/locales/load.ts';

const about = {
  to: 'mia@example.org',
  desk: 'Acme & Co',
  agent: 'Anna <b>de Vries</b>',
  number: '1234567890',
  url: 'https://help.example.org/j/0123456789abcdef0123456789abcdef',
  site: 'https://help.example.org',
};

describe.each(['en', 'nl'] as const)('mails in %s', (language) => {
  test('IN5 JO3 a customer’s holds the link, without a key and without the number', async () => {
    const mail = invitationMail(await loadT(language), { ...about, guest: 'customer' });
    for (const form of [mail.text, mail.html]) {
      expect(form).toContain(about.url);
      expect(form).not.toContain(`${about.url}#`);
      expect(form).not.toMatch(/123.?456.?7890/);
    }
    expect(mail.text).toContain(about.agent);
    expect(mail.html).toContain('Anna &lt;b>de Vries&lt;/b>');
    expect(mail.html).toContain(`lang="${language}"`);
    expect(mail.subject).toContain('Acme & Co');
    expect(mail.to).toBe(about.to);
  });

  test('IN5 a representative’s says how to assist, and holds number and link', async () => {
    const t = await loadT(language);
    const mail = invitationMail(t, { ...about, guest: 'representative' });
    for (const form of [mail.text, mail.html]) {
      expect(form).toContain('123 456 7890');
      expect(form).toContain(about.url);
    }
    expect(mail.text).toContain(t('mail.representative.how'));
    expect(mail.text).toContain(language === 'nl' ? 'Assisteren bij sessie' : 'Assist session');
  });

  test('ST1 the code stands on a line of its own', async () => {
    const mail = signInMail(await loadT(language), { to: about.to, desk: about.desk, code: '012345', minutes: 10 });
    expect(mail.text).toMatch(/^012345$/m);
    expect(mail.text).toContain('10');
    expect(mail.html).toContain('012345');
  });

  test('a name with line breaks makes no second header', async () => {
    const desk = 'Acme\r\nBcc: all@example.org';
    const mail = invitationMail(await loadT(language), { ...about, desk, guest: 'customer' });
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});
