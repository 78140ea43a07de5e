import type { ScreenShown } from '../activities/screen-shown.ts';
import type { T } from '../locales/messages.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { secondsLeft, useNow } from './time.tsx';

type Ask = ScreenShown['asks'][number];

export interface ScreenAskedProps {
  ask: Ask;
  onCancel(): void;
  /** Absent where nobody may ask now. */
  onAgain?: (() => void) | undefined;
}

/** What came of asking to see a screen (SH1, SH2): one line for whoever asked, none while it is shown. */
export function ScreenAsked({ ask, onCancel, onAgain }: ScreenAskedProps) {
  const t = useT();
  useNow();
  const text = asked(t, ask);
  if (!text) return null;
  const waiting = ask.until !== null;
  return (
    <div class="screen-asked">
      <p class="grow">
        <span role="status">
          <WithName text={text} name={ask.of.name} />
        </span>
        {ask.until !== null && (
          <span class="meta" role="timer">
            {' '}
            ({t('screen.seconds', { seconds: secondsLeft(ask.until) })})
          </span>
        )}
      </p>
      {waiting && <Button onClick={onCancel}>{t('screen.cancel')}</Button>}
      {!waiting && onAgain && ask.why !== 'gone' && <Button onClick={onAgain}>{t('screen.askAgain')}</Button>}
    </div>
  );
}

function asked(t: T, { until, why }: Ask): string | undefined {
  if (until !== null) return t('screen.asked.waiting', { name: NAME_SLOT });
  switch (why) {
    case 'refused':
      return t('screen.asked.refused', { name: NAME_SLOT });
    case 'lapsed':
      return t('screen.asked.lapsed', { name: NAME_SLOT });
    case 'cannot':
      return t('screen.asked.cannot', { name: NAME_SLOT });
    case 'stopped':
      return t('screen.asked.stopped', { name: NAME_SLOT });
    case 'reloaded':
      return t('screen.asked.reloaded', { name: NAME_SLOT });
    case 'gone':
      return t('screen.asked.gone', { name: NAME_SLOT });
    case 'lost':
      return t('screen.asked.lost', { name: NAME_SLOT });
    case 'withdrawn': // what this person did themselves
    case 'moved':
    case 'handed over':
    case null:
      return undefined;
    default:
      return why satisfies never;
  }
}
