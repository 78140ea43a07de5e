import { useId, useState } from 'preact/hooks';
import type { Answer } from '../session/answer.ts';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { useSecondsLeft } from './time.tsx';
import { useAct } from './use-act.ts';

interface RecordingAskProps {
  name: string; // who asks
  until: number; // no answer by then (ms) is a no
  onYes(): Promise<Answer>;
  onNo(): void;
}

/** May this be recorded (SH7): who asks, what, where it is kept. No is the default, and the end of the time (SH2). */
export function RecordingAsk({ name, until, onYes, onNo }: RecordingAskProps) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const left = useSecondsLeft(until);
  const [whole] = useState(left);
  return (
    <Dialog
      title={<WithName text={t('recording.ask.title', { name: NAME_SLOT })} name={name} />}
      onClose={onNo}
      describedBy={id}
    >
      <div id={id} class="screen-ask">
        <p>{t('recording.ask.what')}</p>
        <p>
          <WithName text={t('recording.ask.where', { name: NAME_SLOT })} name={name} />
        </p>
        <p class="soft">{t('recording.ask.stop')}</p>
      </div>
      <div class="screen-ask-time">
        <div class="screen-ask-bar" aria-hidden="true">
          <div style={{ width: `${(100 * left) / Math.max(1, whole)}%` }} />
        </div>
        <p class="meta" role="timer">
          {t('screen.ask.left', { seconds: left })}
        </p>
      </div>
      {act.problem && (
        <p class="problem" role="alert">
          {act.problem}
        </p>
      )}
      <Answers class="screen-ask-answers">
        <Button onClick={onNo}>{t('screen.ask.no')}</Button>
        <Button kind="primary" icon="record" disabled={act.busy} onClick={() => void act.run(onYes)}>
          {t('recording.ask.yes')}
        </Button>
      </Answers>
    </Dialog>
  );
}
