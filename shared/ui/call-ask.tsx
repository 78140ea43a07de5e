import { useId } from 'preact/hooks';
import type { Answer } from '../session/answer.ts';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { useSecondsLeft } from './time.tsx';
import { useAct } from './use-act.ts';

interface CallAskProps {
  name: string; // who calls
  until: number; // no answer by then (ms) is a no
  /** In the press, as the browser's own question wants it. */
  onAnswer(video: boolean): Promise<Answer>;
  onNo(): void;
}

/** Somebody calls (SH5): the one question, with No at first and an end to it (SH2). */
export function CallAsk({ name, until, onAnswer, onNo }: CallAskProps) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const left = useSecondsLeft(until);
  const answer = (video: boolean) => void act.run(() => onAnswer(video));
  return (
    <Dialog title={<WithName text={t('call.asks', { name: NAME_SLOT })} name={name} />} onClose={onNo} describedBy={id}>
      <p id={id}>{t('call.asksWhat')}</p>
      <p class="meta" role="timer">
        {t('call.left', { seconds: left })}
      </p>
      {act.problem && (
        <p class="problem" role="alert">
          {act.problem}
        </p>
      )}
      <Answers class="screen-ask-answers">
        <Button onClick={onNo}>{t('call.no')}</Button>
        <Button icon="camera" disabled={act.busy} onClick={() => answer(true)}>
          {t('call.answerVideo')}
        </Button>
        <Button kind="primary" icon="phone" disabled={act.busy} onClick={() => answer(false)}>
          {t('call.answer')}
        </Button>
      </Answers>
    </Dialog>
  );
}
