import type { ComponentChild } from 'preact';
import { useT } from '../../shared/ui/i18n.ts';
import { endedText } from '../../shared/ui/session-words.ts';
import { Screen } from './shell.tsx';
import type { Ended } from './visit.ts';

/** By whom it ended, what can still be saved, what becomes of what was shared, and the way back (EN1). */
export function EndedPage({ ended, received, desk }: { ended: Ended; received?: ComponentChild; desk: string }) {
  const t = useT();
  return (
    <Screen title={t('site.ended.title')}>
      <p>{ended.why === 'unknown' ? t('site.ended.unknown') : endedText(t, { ended })}</p>
      {received}
      <section class="card kept" aria-labelledby="kept-title">
        <h2 id="kept-title">{t('site.ended.keptTitle')}</h2>
        <ul>
          <li>{t('site.ended.screen')}</li>
          <li>{t('site.ended.here')}</li>
          <li>{t('site.ended.there')}</li>
        </ul>
      </section>
      <a class="button big" href="/">
        {desk ? t('site.ended.back', { desk }) : t('site.ended.backNoDesk')}
      </a>
    </Screen>
  );
}
