import type { SessionMedia } from '../../../shared/client/session-media.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';

/**
 * What was asked for in the icon bar and needs a press in the page that captures: one focused button. `onDone` when it is
 * done or not wanted, so that the tab from before can come back.
 */
export function SharePress({ media, onDone }: { media: SessionMedia; onDone(): void }) {
  const t = useT();
  const act = useAct();
  const share = async () => {
    const answer = await act.run(() => media.screen.share());
    if (answer?.ok) onDone();
  };
  return (
    <Dialog title={t('share.title')} onClose={onDone}>
      <p>{t('share.what')}</p>
      <div class="row wrapping">
        <Button
          kind="primary"
          icon="screen"
          buttonRef={(button) => button?.focus()}
          disabled={act.busy}
          onClick={share}
        >
          {t('share.choose')}
        </Button>
        <Button onClick={onDone}>{t('act.cancel')}</Button>
      </div>
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
    </Dialog>
  );
}
