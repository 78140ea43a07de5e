import type { ComponentChildren } from 'preact';
import type { RecordingShown } from '../activities/recording-shown.ts';
import { Button } from './button.tsx';
import { sizeText } from './file-words.ts';
import { useT } from './i18n.ts';
import { Icon } from './icon.tsx';
import { WithNames } from './names.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { durationText } from './time.tsx';
import type { Act } from './use-act.ts';

type Now = NonNullable<RecordingShown['now']>;

interface RecordingStripProps {
  now: Now;
  /** In the page that records: how much there is. */
  progress: { ms: number; bytes: number } | undefined;
  act: Act;
  onStop(): void;
  onAgain(): void;
}

/** The sign that all see while a recording is on or waits (SH7), and the one press that stops it. */
export function RecordingStrip({ now, progress, act, onStop, onAgain }: RecordingStripProps) {
  const t = useT();
  const silent = now.waits.some(({ until }) => until === null);
  return (
    <section class={`recording ${now.is}`} aria-label={t('recording.title')}>
      <div class="recording-what" role="status">
        <strong class="recording-sign">
          <Icon name="record" />
          {now.is === 'on' ? t('recording.on') : now.is === 'paused' ? t('recording.paused') : t('recording.asked')}
        </strong>
        <span>
          <Why now={now} />
        </span>
      </div>
      {progress && (
        <span class="number meta">
          {durationText(progress.ms)} · {sizeText(t, progress.bytes)}
        </span>
      )}
      <div class="row">
        {now.mine && silent && (
          <Button disabled={act.busy} onClick={onAgain}>
            {t('screen.askAgain')}
          </Button>
        )}
        <Button kind="stop" onClick={onStop}>
          {t('recording.stop')}
        </Button>
      </div>
      {act.problem && (
        <p class="problem" role="alert">
          {act.problem}
        </p>
      )}
    </section>
  );
}

/** Who records, or whom it waits for. */
function Why({ now: { is, by, mine, waits } }: { now: Now }): ComponentChildren {
  const t = useT();
  const named = (text: string, some: Now['waits']) => (
    <WithNames t={t} text={text} names={some.map(({ name }) => name)} cut />
  );
  if (is === 'on') {
    return mine ? t('recording.here') : <WithName text={t('recording.by', { name: NAME_SLOT })} name={by} />;
  }
  const open = waits.filter(({ until }) => until !== null);
  if (open.length > 0) return named(t('recording.waits', { names: NAME_SLOT }), open);
  return named(t('recording.silent', { names: NAME_SLOT }), waits);
}
