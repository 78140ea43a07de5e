import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';

/** In place of the dashboard: this browser has one open already (held by a Web Lock), or it let go to a newer one. */
export interface ElsewhereProps {
  onGoThere(): void;
  onUseHere(): void;
}

export function ElsewhereView({ onGoThere, onUseHere }: ElsewhereProps) {
  const t = useT();
  return (
    <main class="elsewhere">
      <div class="next card">
        <h1 class="title">{t('elsewhere.title')}</h1>
        <p class="soft">{t('elsewhere.what')}</p>
        <div class="row wrapping">
          <Button kind="primary" onClick={onGoThere}>
            {t('elsewhere.goThere')}
          </Button>
          <Button onClick={onUseHere}>{t('elsewhere.useHere')}</Button>
        </div>
      </div>
    </main>
  );
}
