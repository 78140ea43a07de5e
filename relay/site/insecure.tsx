import { useT } from '../../shared/ui/i18n.ts';
import { Screen } from './shell.tsx';

/** No secure context: nothing could be proven or connected here. `safe`: the same page where it works, when there is one. */
export function InsecurePage({ safe }: { safe: string | undefined }) {
  const t = useT();
  return (
    <Screen title={t('site.insecure.title')}>
      <p>{t('site.insecure.what')}</p>
      {safe ? (
        <a class="button primary big" href={safe}>
          {t('site.insecure.open')}
        </a>
      ) : (
        <p>{t('site.insecure.ask')}</p>
      )}
    </Screen>
  );
}

/** A browser without WebRTC: said before anybody joins. */
export function NoConnectionPage() {
  const t = useT();
  return (
    <Screen title={t('site.noWebrtc.title')}>
      <p>{t('site.noWebrtc.what')}</p>
    </Screen>
  );
}
