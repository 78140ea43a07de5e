import type { SessionMedia } from '../../../shared/client/session-media.ts';
import { may } from '../../../shared/protocol/permissions.ts';
import { formatSessionNumber } from '../../../shared/protocol/session-number.ts';
import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { CopyButton } from '../../../shared/ui/copy-button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { Avatar, NAME_SLOT, WithName } from '../../../shared/ui/person-name.tsx';
import { isOpen } from '../../../shared/ui/sent-offer.tsx';
import { customers, endedText } from '../../../shared/ui/session-words.ts';
import { Duration } from '../../../shared/ui/time.tsx';
import { StageScreens, somethingShown } from './stage-screens.tsx';

interface StageMiddleProps {
  snapshot: Snapshot;
  session: SessionView;
  media: SessionMedia | undefined;
  send: Send;
}

/** What to do next: invite, wait, talk, or close what is over. */
export function StageMiddle({ snapshot, session, media, send }: StageMiddleProps) {
  const t = useT();
  if (session.phase === 'ended') {
    const isOffered = snapshot.offers.some(
      ({ mine, state, session: of }) => mine && of === session.id && isOpen(state),
    );
    return (
      <div class="next">
        <h2 class="title">{isOffered ? t('stage.offered') : t('stage.over')}</h2>
        <p class="soft">{isOffered ? t('stage.offeredWhat') : endedText(t, session)}</p>
        <p class="soft">{t('stage.overKept')}</p>
        <Button kind="primary" onClick={() => void send({ type: 'dismiss', session: session.id })}>
          {t('stage.closeTab')}
        </Button>
      </div>
    );
  }
  if (media && somethingShown(session)) return <StageScreens session={session} media={media} send={send} />;
  const [first] = customers(session).filter((one) => one.state !== 'gone');
  if (first)
    return (
      <div class="next">
        <Avatar name={first.name} />
        <h2 class="title">
          <WithName
            text={
              may(session.role, 'invite')
                ? t('stage.helping', { name: NAME_SLOT })
                : t('stage.watching', { name: NAME_SLOT })
            }
            name={first.name}
          />
        </h2>
        <p class="soft">
          <Duration since={first.joinedAt} />
        </p>
        <p class="soft">{first.state === 'away' ? t('stage.away') : t('stage.talk')}</p>
      </div>
    );
  if (!may(session.role, 'invite'))
    return (
      <div class="next">
        <h2 class="title">{t('session.waiting')}</h2>
        <p class="soft">{t('stage.assistantWaits')}</p>
      </div>
    );
  return <Inviting snapshot={snapshot} session={session} />;
}

function Inviting({ snapshot, session }: { snapshot: Snapshot; session: SessionView }) {
  const t = useT();
  const number = formatSessionNumber(session.number);
  return (
    <div class="next">
      <h2 class="title">{t('session.waiting')}</h2>
      <p class="soft">{session.mode === 'multi' ? t('stage.inviteHere') : t('stage.inviteTools')}</p>
      <dl class="read-out">
        <dt class="meta">{t('website.address')}</dt>
        <dd class="read-out-address">{snapshot.site.replace(/^https?:\/\//, '')}</dd>
        <dt class="meta">{t('word.sessionNumber')}</dt>
        <dd class="read-out-number number">{number}</dd>
      </dl>
      <CopyButton text={number} label={t('number.copy')} />
      <p class="soft">
        {t('stage.waitingFor')} <Duration since={session.startedAt} />
      </p>
    </div>
  );
}
