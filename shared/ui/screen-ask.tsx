import { useEffect, useId, useState } from 'preact/hooks';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useT } from './i18n.ts';
import { WithNames } from './names.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { secondsLeft, useNow } from './time.tsx';

export interface ScreenQuestion {
  id: string;
  name: string; // who asks
  until: number; // no answer by then (ms, this machine's clock) is a no
}

export interface ScreenAskProps {
  /** `null` while nothing is asked: a question that ran out is then still told, until that has been read. */
  asked: ScreenQuestion | null;
  /** All who would see it, whoever asks among them. */
  seers: readonly { name: string; customer: boolean }[];
  /** Whether this device can show a screen at all (SH8). */
  canShare: boolean;
  /** Called within the press, as the browser's picker wants; `false`: nothing was chosen, and the question stands. */
  onShow(): Promise<boolean>;
  onNo(why: 'refused' | 'cannot'): void;
  /** Why the last try showed nothing, in words: said in the question, which covers the page. */
  problem?: string;
}

/** The customer's one question (SH2): who asks, who will see it, what comes next. No is the default, and the end of the time. */
export function ScreenAsk({ asked, seers, canShare, onShow, onNo, problem = '' }: ScreenAskProps) {
  const now = useNow();
  const [last, setLast] = useState(asked);
  const [done, setDone] = useState('');
  const [choosing, setChoosing] = useState(false);
  if (asked && asked.id !== last?.id) setLast(asked);
  useEffect(() => {
    // Gone before its time: answered, or taken back.
    return () => {
      if (asked && Date.now() < asked.until) setDone(asked.id);
    };
  }, [asked?.id]);
  const shown = asked ?? last;
  if (!shown || shown.id === done) return null;
  if (now >= shown.until && !choosing) return <Lapsed name={shown.name} onClose={() => setDone(shown.id)} />;
  if (!asked) return null;
  const show = async () => {
    setChoosing(true);
    try {
      if (await onShow()) setDone(asked.id);
    } finally {
      setChoosing(false);
    }
  };
  const no = () => {
    setDone(asked.id);
    onNo(canShare ? 'refused' : 'cannot');
  };
  const left = secondsLeft(asked.until);
  return <Question key={asked.id} {...{ asked, seers, canShare, choosing, left, show, no, problem }} />;
}

interface QuestionProps extends Pick<ScreenAskProps, 'seers' | 'canShare'> {
  asked: ScreenQuestion;
  problem: string;
  choosing: boolean;
  left: number; // seconds
  show(): void;
  no(): void;
}

function Question({ asked, seers, canShare, choosing, left, show, no, problem }: QuestionProps) {
  const t = useT();
  const id = useId();
  const [whole] = useState(left);
  const names = (customer: boolean) => seers.filter((one) => one.customer === customer).map(({ name }) => name);
  const others = names(true);
  return (
    <Dialog
      title={<WithName text={t('screen.ask.title', { name: NAME_SLOT })} name={asked.name} />}
      onClose={no}
      describedBy={id}
    >
      <div id={id} class="screen-ask">
        {canShare ? (
          <>
            <p>
              {t('screen.ask.choose')} {t('screen.ask.next')}
            </p>
            <p>
              <WithNames t={t} text={t('screen.ask.seers', { names: NAME_SLOT })} names={names(false)} cut={false} />
            </p>
            {others.length > 0 && (
              <p>
                <WithNames
                  t={t}
                  text={t('screen.ask.others', { count: others.length, names: NAME_SLOT })}
                  names={others}
                  cut={false}
                />
              </p>
            )}
            <p class="soft">{t('screen.ask.stop')}</p>
          </>
        ) : (
          <p>{t('screen.ask.cannot')}</p>
        )}
      </div>
      <div class="screen-ask-time">
        <div class="screen-ask-bar" aria-hidden="true">
          <div style={{ width: `${choosing ? 0 : (100 * left) / Math.max(1, whole)}%` }} />
        </div>
        <p class="meta" role="timer">
          {choosing ? t('screen.ask.choosing') : t('screen.ask.left', { seconds: left })}
        </p>
      </div>
      {problem && !choosing && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <Answers class="screen-ask-answers">
        <Button onClick={no}>{t('screen.ask.no')}</Button>
        {canShare && (
          <Button kind="primary" disabled={choosing} onClick={show}>
            {t('screen.ask.show')}
          </Button>
        )}
      </Answers>
    </Dialog>
  );
}

function Lapsed({ name, onClose }: { name: string; onClose(): void }) {
  const t = useT();
  return (
    <Dialog title={<WithName text={t('screen.ask.lapsedTitle', { name: NAME_SLOT })} name={name} />} onClose={onClose}>
      <p>
        <WithName text={t('screen.ask.lapsed', { name: NAME_SLOT })} name={name} />
      </p>
      <div class="screen-ask-answers">
        <Button onClick={onClose}>{t('screen.ask.close')}</Button>
      </div>
    </Dialog>
  );
}
