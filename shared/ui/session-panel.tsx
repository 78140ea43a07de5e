import { may } from '../protocol/permissions.ts';
import { formatSessionNumber } from '../protocol/session-number.ts';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { wayOut } from './end-session.tsx';
import { useT } from './i18n.ts';
import { MenuButton } from './menu.tsx';
import { SessionNotes } from './session-notes.tsx';
import { endedText, roleWord } from './session-words.ts';
import { ClockTime, Duration } from './time.tsx';
import { useAct } from './use-act.ts';

interface SessionPanelProps {
  session: SessionView;
  send: Send;
  onEnd(): void;
  onTransfer(what: 'control' | 'session'): void;
}

/** The session itself: its number, how long it has run, to whom it may go, the way out, and what is noted about it. */
export function SessionPanel({ session, send, onEnd, onTransfer }: SessionPanelProps) {
  const t = useT();
  const act = useAct();
  const transfers = [{ text: t('transfer.control'), onChoose: () => onTransfer('control') }];
  if (session.mayTransfer) transfers.push({ text: t('transfer.session'), onChoose: () => onTransfer('session') });
  const grouped = formatSessionNumber(session.number);
  return (
    <div class="column session-panel">
      <div>
        <h3 class="label">{t('word.sessionNumber')}</h3>
        <div class="row">
          <span class="number session-number">{grouped}</span>
          <CopyButton small text={grouped} label={t('number.copy')} />
        </div>
      </div>
      <dl class="facts">
        <dt>{t('session.started')}</dt>
        <dd>
          <ClockTime at={session.startedAt} />
        </dd>
        <dt>{session.ended ? t('session.lasted') : t('session.duration')}</dt>
        <dd>
          <Duration since={session.startedAt} until={session.ended?.at} />
        </dd>
        <dt>{t('session.mode')}</dt>
        <dd>{session.mode === 'multi' ? t('mode.multi') : t('mode.single')}</dd>
        {!session.ended && (
          <>
            <dt>{t('session.yourPart')}</dt>
            <dd>{roleWord(t, session.role)}</dd>
          </>
        )}
      </dl>
      {session.phase === 'ended' ? (
        <p>{endedText(t, session)}</p>
      ) : (
        may(session.role, 'transfer') && <MenuButton label={t('transfer.session')} items={transfers} />
      )}
      {session.phase !== 'ended' &&
        (wayOut(session.role) === 'end' ? (
          <Button kind="stop" onClick={onEnd}>
            {t('session.end')}
          </Button>
        ) : (
          <Button
            icon="leave"
            disabled={act.busy}
            onClick={() => void act.run(() => send({ type: 'leave', session: session.id }))}
          >
            {t('session.leave')}
          </Button>
        ))}
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
      <SessionNotes session={session} send={send} />
    </div>
  );
}
