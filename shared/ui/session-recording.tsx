import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { RecordingShown } from '../activities/recording-shown.ts';
import type { T } from '../locales/messages.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { Send, SessionView } from '../session/view.ts';
import { IconButton } from './button.tsx';
import { errorText } from './error-text.ts';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { RecordingAsk } from './recording-ask.tsx';
import { RecordingStrip } from './recording-strip.tsx';
import { useAct } from './use-act.ts';

/** What the page that records knows. */
export interface RecordingMedia {
  readonly recording: {
    readonly progress: ReadonlySignal<{ ms: number; bytes: number }> | undefined;
    readonly trouble: ReadonlySignal<ErrorCode | undefined>;
  };
}

interface SessionRecordingProps {
  session: SessionView;
  media: RecordingMedia | undefined;
  send: Send;
}

/** The recording of a session, where there is one: the question, the sign, and how it ended (SH7). */
export function SessionRecording({ session, media, send }: SessionRecordingProps) {
  const t = useT();
  const act = useAct();
  const { now, last } = session.activities.recording;
  const trouble = media?.recording.trouble.value;
  if (session.phase === 'ended') return null;
  if (!now) {
    const text = trouble ? errorText(t, { ok: false, error: trouble }) : last && overText(t, last);
    return text ? <Over key={text} text={text} name={last?.name ?? ''} /> : null;
  }
  const about = { session: session.id, id: now.id };
  const stop = () => void act.run(() => send({ type: 'recording.stop', ...about }));
  return (
    <>
      <RecordingStrip
        now={now}
        progress={media?.recording.progress?.value}
        act={act}
        onStop={stop}
        onAgain={() => void act.run(() => send({ type: 'recording.again', ...about }))}
      />
      {now.asked !== null && (
        <RecordingAsk
          name={now.by}
          until={now.asked}
          onYes={() => send({ type: 'recording.agree', ...about })}
          onNo={stop}
        />
      )}
    </>
  );
}

/** Until it has been read. */
function Over({ text, name }: { text: string; name: string }) {
  const t = useT();
  const [read, setRead] = useState(false);
  if (read) return null;
  return (
    <Notice tone="info" action={<IconButton icon="close" label={t('recording.close')} onClick={() => setRead(true)} />}>
      <WithName text={text} name={name} />
    </Notice>
  );
}

function overText(t: T, { why, you }: NonNullable<RecordingShown['last']>): string {
  if (why === 'lapsed') return you ? t('recording.over.youLapsed') : t('recording.over.lapsed', { name: NAME_SLOT });
  if (you) return why === 'refused' ? t('recording.over.no') : t('recording.over.ended');
  if (why === 'refused') return t('recording.over.refused', { name: NAME_SLOT });
  if (why === 'stopped') return t('recording.over.stopped', { name: NAME_SLOT });
  return t('recording.over.ended');
}
