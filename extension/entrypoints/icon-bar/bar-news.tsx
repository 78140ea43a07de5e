import { AnyOffer } from '../../../shared/ui/any-offer.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Chip } from '../../../shared/ui/chip.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { KnockCard } from '../../../shared/ui/knock-card.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { OfferCard } from '../../../shared/ui/offer-card.tsx';
import { OfferedNotice } from '../../../shared/ui/offered-notice.tsx';
import { endedText } from '../../../shared/ui/session-words.ts';
import { TakeoverNotice } from '../../../shared/ui/takeover-notice.tsx';
import { TroubleLine } from '../../../shared/ui/trouble-line.tsx';
import type { BarProps } from './bar-view.tsx';
import { useMatter } from './matter.ts';

/** The one thing that matters now, and what to do about it. */
export function BarNews({
  snapshot,
  session,
  send,
  onDashboard,
}: Pick<BarProps, 'snapshot' | 'session' | 'send' | 'onDashboard'>) {
  const t = useT();
  const matter = useMatter(snapshot, session);
  switch (matter?.is) {
    case undefined:
      return null;
    case 'knock':
      return (
        <div class="bar-news panel" key={matter.knock.id}>
          <KnockCard knock={matter.knock} session={matter.session} send={send} />
          {matter.more > 0 && (
            <p class="bar-more">
              <Chip tone="warn">{t('knock.more', { count: matter.more })}</Chip>
            </p>
          )}
        </div>
      );
    case 'file':
      return (
        <div class="bar-news panel" key={matter.offer.id}>
          <OfferCard offer={matter.offer} session={matter.session} send={send} />
        </div>
      );
    case 'offer':
    case 'outcome':
      return (
        <div class="bar-news panel" key={matter.offer.id} aria-live="polite">
          <AnyOffer offer={matter.offer} send={send} />
        </div>
      );
    case 'primary lost':
      return (
        <div class="bar-news panel flush" key={session.id}>
          <TakeoverNotice session={session} send={send} />
        </div>
      );
    case 'trouble':
      return (
        <div class="bar-news panel flush">
          <TroubleLine trouble={matter.trouble} onSignIn={onDashboard} />
        </div>
      );
    case 'waits':
      return (
        <div class="bar-news panel flush">
          <OfferedNotice session={session} />
        </div>
      );
    case 'ended':
      return (
        <div class="bar-news panel flush">
          <Notice
            tone="info"
            action={
              <Button onClick={() => void send({ type: 'dismiss', session: session.id })}>{t('panel.close')}</Button>
            }
          >
            {endedText(t, session)}
          </Notice>
        </div>
      );
  }
}
