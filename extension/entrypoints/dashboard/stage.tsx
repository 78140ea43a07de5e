import { useRef } from 'preact/hooks';
import type { SessionMedia } from '../../../shared/client/session-media.ts';
import { may } from '../../../shared/protocol/permissions.ts';
import type { Guest } from '../../../shared/protocol/relay-api.ts';
import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { CompareLook } from '../../../shared/ui/compare-look.tsx';
import { wayOut } from '../../../shared/ui/end-session.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { InvitePanel } from '../../../shared/ui/invite-panel.tsx';
import { MenuButton } from '../../../shared/ui/menu.tsx';
import { OfferedNotice } from '../../../shared/ui/offered-notice.tsx';
import { PersonName } from '../../../shared/ui/person-name.tsx';
import { SessionCall } from '../../../shared/ui/session-call.tsx';
import { sessionTitle } from '../../../shared/ui/session-words.ts';
import { TakeoverNotice } from '../../../shared/ui/takeover-notice.tsx';
import { useNow } from '../../../shared/ui/time.tsx';
import { troubles } from '../../../shared/ui/trouble.ts';
import { TroubleLine } from '../../../shared/ui/trouble-line.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Transfer } from './dashboard-view.tsx';
import { StageMiddle } from './stage-middle.tsx';

interface StageProps {
  snapshot: Snapshot;
  session: SessionView;
  media: SessionMedia | undefined;
  send: Send;
  inviting: Guest | undefined; // Invite is open here (multi-session mode), for whom at first
  onInviting(guest: Guest | undefined): void;
  onMailto(url: string): void;
  onSignIn(): void;
  onEnd(): void;
  onTransfer(what: Transfer): void;
}

/** The middle: the session's name, its acts in multi-session mode (IN1), what is wrong, and what to do next. */
export function Stage({
  snapshot,
  session,
  media,
  send,
  inviting,
  onInviting,
  onMailto,
  onSignIn,
  onEnd,
  onTransfer,
}: StageProps) {
  const t = useT();
  const now = useNow();
  const [trouble] = troubles(snapshot, session, now);
  const running = session.phase !== 'ended';
  const inviteButton = useRef<HTMLButtonElement>(null);
  const leaving = useAct();
  const leave = () => leaving.run(() => send({ type: 'leave', session: session.id }));
  const closeInvite = () => {
    onInviting(undefined);
    inviteButton.current?.focus();
  };
  const way =
    wayOut(session.role) === 'end'
      ? { text: t('session.end'), stop: true, onChoose: onEnd }
      : { text: t('session.leave'), onChoose: () => void leave() };
  const transfer = may(session.role, 'transfer')
    ? [{ text: t('transfer.control'), more: true, onChoose: () => onTransfer('control') }]
    : [];
  if (session.mayTransfer)
    transfer.push({ text: t('transfer.session'), more: true, onChoose: () => onTransfer('session') });
  return (
    <>
      <header class="stage-head">
        <h1 class="stage-title grow">
          <PersonName name={sessionTitle(t, session)} />
        </h1>
        {session.mode === 'multi' && running && (
          <>
            {may(session.role, 'invite') && (
              <Button
                icon="invite"
                buttonRef={inviteButton}
                aria-expanded={inviting !== undefined}
                onClick={() => onInviting(inviting ? undefined : 'customer')}
              >
                {t('panel.invite')}
              </Button>
            )}
            {!leaving.busy && <MenuButton label={t('word.session')} items={[...transfer, way]} />}
          </>
        )}
        {inviting && (
          <section
            class="stage-invite panel"
            role="dialog"
            aria-label={t('panel.invite')}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              closeInvite();
            }}
          >
            <div class="row">
              <h2 class="grow bar-panel-title">{t('panel.invite')}</h2>
              <IconButton icon="close" label={t('panel.close')} onClick={closeInvite} />
            </div>
            <InvitePanel
              key={inviting}
              session={session}
              site={snapshot.site}
              send={send}
              onMailto={onMailto}
              first={inviting}
              autoFocus
            />
          </section>
        )}
      </header>
      <div class="stage-trouble">
        {trouble && <TroubleLine trouble={trouble} onSignIn={onSignIn} />}
        <TakeoverNotice session={session} send={send} />
        {running && <OfferedNotice session={session} />}
        {running && <CompareLook session={session} />}
        {leaving.problem && (
          <p class="problem" role="status">
            {leaving.problem}
          </p>
        )}
      </div>
      {media && <SessionCall session={session} media={media} send={send} />}
      <div class="stage-middle">
        <StageMiddle snapshot={snapshot} session={session} media={media} send={send} />
      </div>
    </>
  );
}
