import type { T } from '../locales/messages.ts';
import { Button } from './button.tsx';
import { differsText } from './compare-code.tsx';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import type { Trouble } from './trouble.ts';

/** One trouble in one line: what it is, and what the person can do. */
export function TroubleLine({ trouble, onSignIn }: { trouble: Trouble; onSignIn?: () => void }) {
  const t = useT();
  const { text, tone } = words(t, trouble);
  const name = 'who' in trouble ? trouble.who.name : '';
  return (
    <Notice
      tone={tone}
      urgent={tone === 'stop'}
      action={trouble.is === 'signed out' && onSignIn && <Button onClick={onSignIn}>{t('account.signIn')}</Button>}
    >
      <WithName text={text} name={name} />
    </Notice>
  );
}

function words(t: T, trouble: Trouble): { text: string; tone: 'warn' | 'stop' } {
  switch (trouble.is) {
    case 'signed out':
      return { text: t('trouble.signedOut'), tone: 'stop' };
    case 'mismatch':
      return { text: t('trouble.mismatch', { name: NAME_SLOT }), tone: 'stop' };
    case 'differs':
      return { text: differsText(t, trouble.guest), tone: 'stop' };
    case 'lost':
      return { text: t('trouble.lost', { name: NAME_SLOT }), tone: 'warn' };
    case 'reported':
      return { text: t('trouble.reported'), tone: 'warn' };
    case 'unsaved act':
      return { text: t('trouble.unsavedAct'), tone: 'warn' };
    case 'relay':
      return { text: t('trouble.relay'), tone: 'warn' };
  }
}
