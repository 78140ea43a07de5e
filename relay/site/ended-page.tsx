import type { T } from '../../shared/locales/messages.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { Screen } from './shell.tsx';
import type { Ended } from './visit.ts';

/** By whom it ended, what becomes of what was shared, and the way back (EN1). */
export function EndedPage({ ended, desk }: { ended: Ended; desk: string }) {
  const t = useT();
  return (
    <Screen title={t('site.ended.title')}>
      <p>{endedText(t, ended)}</p>
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

export function endedText(t: T, { why, by }: Ended): string {
  switch (why) {
    case 'ended':
      return by ? t('site.ended.by', { name: by }) : t('site.ended.unknown');
    case 'closed':
      return by ? t('site.ended.closed', { name: by }) : t('site.ended.unknown');
    case 'primary away':
      return t('site.ended.away');
    case 'idle':
    case 'unjoined':
      return t('site.ended.idle');
    case 'removed':
      return t('site.ended.removed');
    case 'left':
      return t('site.ended.left');
    case 'unknown':
      return t('site.ended.unknown');
  }
}
