import { useState } from 'preact/hooks';
import type { T } from '../../../shared/locales/messages.ts';
import type { MailTested } from '../../../shared/protocol/administration-api.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { Notice } from '../../../shared/ui/notice.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { problemText } from './problem-text.ts';

/** Whether mail works: one to oneself. */
export function MailSection({ relay }: { relay: Administering }) {
  const t = useT();
  const act = useAct(problemText);
  const [tested, setTested] = useState<MailTested>();
  const test = () =>
    act.run(async () => {
      setTested(undefined);
      const found = await relay.testMail();
      if (found.is === 'refused') return { ok: false, error: found.error };
      setTested(found.value);
      return { ok: true };
    });
  return (
    <section class="card">
      <h2>{t('admin.mail')}</h2>
      <p class="soft">{t('admin.mailWhat')}</p>
      <div class="row wrapping">
        <Button kind="primary" icon="mail" aria-busy={act.busy} onClick={() => void test()}>
          {t('admin.mailTest')}
        </Button>
        <span class={act.problem ? 'problem' : 'soft'} role="status">
          {act.problem || (act.slow ? t('admin.mailSlow') : '')}
        </span>
      </div>
      {tested && (
        <Notice tone={tested.result === 'sent' ? 'info' : 'warn'}>
          <p>{resultText(t, tested)}</p>
          {tested.said && (
            <p class="wrap-anywhere">
              {t('admin.mailSaid')} <code lang="en">{tested.said}</code>
            </p>
          )}
        </Notice>
      )}
    </section>
  );
}

function resultText(t: T, { result, to }: MailTested): string {
  switch (result) {
    case 'sent':
      return t('admin.mailSent', { to });
    case 'outbox':
      return t('admin.mailOutbox', { to });
    case 'no answer':
      return t('admin.mailNoAnswer');
    case 'sign-in refused':
      return t('admin.mailSignIn');
    case 'not secure':
      return t('admin.mailNotSecure');
    case 'refused':
      return t('admin.mailRefused');
    case 'failed':
      return t('admin.mailFailed');
  }
}
