import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { Screen } from './shell.tsx';
import { TroubleNotice } from './trouble.tsx';
import type { Trouble } from './visit.ts';

// Pages with a sentence or two and at most one thing to press.

export function StartingPage({ trouble }: { trouble: Trouble | undefined }) {
  const t = useT();
  return (
    <main class="screen">
      <h1 class="starting">{t('site.starting')}</h1>
      <TroubleNotice trouble={trouble} />
    </main>
  );
}

/** The invitation is over, or the link was cut on its way here. */
export function OverPage({ why }: { why: 'bad link' | 'invitation over' }) {
  const t = useT();
  return (
    <Screen title={why === 'bad link' ? t('site.badLink.title') : t('site.over.title')}>
      <p>{why === 'bad link' ? t('site.badLink.what') : t('site.over.what')}</p>
      <a class="button big" href="/">
        {t('site.toNumber')}
      </a>
    </Screen>
  );
}

export function ReportedPage() {
  const t = useT();
  return (
    <Screen title={t('site.reported.title')}>
      <p>{t('site.reported.what')}</p>
      <p>{t('site.reported.close')}</p>
    </Screen>
  );
}

export function RefusedPage({ onAgain }: { onAgain(): void }) {
  const t = useT();
  return (
    <Screen title={t('site.refused.title')}>
      <p>{t('site.refused.what')}</p>
      <Button kind="primary" class="big" onClick={onAgain}>
        {t('site.refused.again')}
      </Button>
    </Screen>
  );
}

export function ElsewherePage({ asking, onUseHere }: { asking: boolean; onUseHere(): void }) {
  const t = useT();
  return (
    <Screen title={t('site.elsewhere.title')}>
      <p>{t('site.elsewhere.what')}</p>
      <Button kind="primary" class="big" aria-disabled={asking} onClick={() => !asking && onUseHere()}>
        {asking ? t('site.elsewhere.asking') : t('site.elsewhere.here')}
      </Button>
    </Screen>
  );
}
