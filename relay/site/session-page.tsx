import { useEffect, useState } from 'preact/hooks';
import type { SessionMedia } from '../../shared/client/session-media.ts';
import type { Language } from '../../shared/protocol/relay-api.ts';
import type { Send, SessionView } from '../../shared/session/view.ts';
import { Button } from '../../shared/ui/button.tsx';
import { ChatPanel } from '../../shared/ui/chat-panel.tsx';
import { errorText } from '../../shared/ui/error-text.ts';
import { FilesPanel } from '../../shared/ui/files-panel.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { Avatar, NAME_SLOT, WithName } from '../../shared/ui/person-name.tsx';
import { CallSounds, SessionCall } from '../../shared/ui/session-call.tsx';
import { SessionRecording } from '../../shared/ui/session-recording.tsx';
import { CompareQuestion } from './compare-question.tsx';
import { helperAwaySince, primaryOf } from './concern.ts';
import { ConcernNotice } from './concern-notice.tsx';
import { HandedNotice } from './handed-notice.tsx';
import { useLasting } from './lasting.ts';
import { OfferedNotice } from './offered-notice.tsx';
import { People } from './people.tsx';
import { OthersScreens, OwnScreen } from './screens.tsx';
import { LanguageButton } from './shell.tsx';
import { TakeoverQuestion } from './takeover-question.tsx';

/** The customer's Remote Support page (JO2): who helps, what they can see, the talk, the way out. */
export function SessionPage({
  session,
  media,
  desk,
  send,
  onLanguage,
}: {
  session: SessionView;
  media: SessionMedia | undefined;
  desk: string;
  send: Send;
  onLanguage(language: Language): void;
}) {
  const t = useT();
  const helper = primaryOf(session);
  const [problem, setProblem] = useState('');
  const [leaving, setLeaving] = useState(false);
  const isAway = useLasting(helperAwaySince(session));
  const helps = (name: string) => {
    if (helper) return isAway ? t('site.session.helperAway', { name }) : t('site.session.helps', { name });
    return session.offered ? t('site.offered.helps', { desk }) : t('site.session.nobodyHelps');
  };
  const { screen, call, recording } = session.activities;
  const asked = screen.asked
    ? t('screen.ask.title', { name: screen.asked.name })
    : call.now?.ringing
      ? t('call.asks', { name: call.now.by })
      : recording.now?.asked && t('recording.ask.title', { name: recording.now.by });
  useTitle(
    session.chat.unread,
    asked || (helper ? helps(helper.name) : session.offered ? t('site.offered.title') : desk),
  );
  const other = session.participants.find(({ id }) => id === session.helped && id !== session.you);
  const leave = async () => {
    if (leaving) return;
    setLeaving(true);
    const answer = await send({ type: 'leave', session: session.id });
    setLeaving(false);
    if (!answer.ok) setProblem(errorText(t, answer));
  };
  return (
    <div class="session">
      <header class="top-bar">
        <Avatar name={helper?.name ?? desk} />
        <div class="grow">
          <h1 class="helper">
            <WithName text={helps(NAME_SLOT)} name={helper?.name ?? ''} />
          </h1>
          {other && !session.offered && (
            <p class="soft">
              <WithName text={t('site.session.othersTurn', { name: NAME_SLOT })} name={other.name} />
            </p>
          )}
          {!session.activities.screen.mine && <p class="seen-by soft">{t('site.session.nobodySees')}</p>}
        </div>
        <Button onClick={leave} aria-disabled={leaving}>
          {t('site.session.leave')}
        </Button>
      </header>
      {media && <OwnScreen session={session} media={media} send={send} />}
      <SessionRecording session={session} media={media} send={send} />
      {media && <SessionCall session={session} media={media} send={send} />}
      {media && <CallSounds session={session} media={media} />}
      <main>
        {media && <OthersScreens session={session} media={media} />}
        <div class="below-bar">
          <People session={session} />
          <LanguageButton onLanguage={onLanguage} />
        </div>
        {problem && (
          <Notice tone="warn" urgent>
            {problem}
          </Notice>
        )}
        <HandedNotice session={session} />
        <OfferedNotice session={session} desk={desk} />
        <ConcernNotice session={session} desk={desk} />
        <TakeoverQuestion session={session} send={send} />
        <CompareQuestion session={session} send={send} />
        {media && <FilesPanel session={session} parts={media.files} send={send} />}
        <ChatPanel session={session} send={send} autoFocus={matchMedia('(pointer: fine)').matches} />
      </main>
    </div>
  );
}

/** The tab says what waits in it. */
function useTitle(unread: number, title: string): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }, [unread, title]);
}
