import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { durationText, useNow } from '../../shared/ui/time.tsx';
import { Screen } from './shell.tsx';
import { TroubleNotice } from './trouble.tsx';
import type { Trouble } from './visit.ts';

/** After a knock, until it is answered (JO4). Names the desk alone. */
export function WaitingPage({
  desk,
  since,
  trouble,
  onLeave,
}: {
  desk: string;
  since: number;
  trouble: Trouble | undefined;
  onLeave(): void;
}) {
  const t = useT();
  const now = useNow();
  return (
    <Screen title={desk ? t('site.waiting.title', { desk }) : t('site.waiting.titleNoDesk')}>
      <p>{t('site.waiting.what')}</p>
      <p class="waited">
        <span class="pulse" aria-hidden="true" />
        {t('site.waiting.since', { time: durationText(now - since) })}
      </p>
      <TroubleNotice trouble={trouble} />
      <Button class="big" onClick={onLeave}>
        {t('site.waiting.leave')}
      </Button>
      <p class="device-note soft">{t('site.waiting.reload')}</p>
    </Screen>
  );
}
