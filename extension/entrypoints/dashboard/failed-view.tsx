import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';

/** In place of the dashboard: the browser kept it from what it needs, its database as a rule. */
export function FailedView({ onAgain }: { onAgain(): void }) {
  const t = useT();
  return (
    <main class="elsewhere">
      <div class="next card" role="alert">
        <h1 class="title">{t('failed.title')}</h1>
        <p class="soft">{t('failed.what')}</p>
        <div class="row wrapping">
          <Button kind="primary" onClick={onAgain}>
            {t('act.again')}
          </Button>
        </div>
      </div>
    </main>
  );
}
