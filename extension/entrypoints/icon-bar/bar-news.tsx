import { Button } from '../../../shared/ui/button.tsx';
import { Chip } from '../../../shared/ui/chip.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { KnockCard, knocksOf } from '../../../shared/ui/knock-card.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { OfferCard, offersOf } from '../../../shared/ui/offer-card.tsx';
import { SentOffer } from '../../../shared/ui/sent-offer.tsx';
import { offersToTake, SessionOffer } from '../../../shared/ui/session-offer.tsx';
import { endedText } from '../../../shared/ui/session-words.ts';
import { useNow } from '../../../shared/ui/time.tsx';
import { troubles } from '../../../shared/ui/trouble.ts';
import { TroubleLine } from '../../../shared/ui/trouble-line.tsx';
import type { BarProps } from './bar-view.tsx';

/** The one thing that matters now: who knocks, what file or session is offered, then what is wrong. */
export function BarNews({
  snapshot,
  session,
  send,
  onDashboard,
}: Pick<BarProps, 'snapshot' | 'session' | 'send' | 'onDashboard'>) {
  const t = useT();
  const now = useNow();
  const knocks = knocksOf(snapshot.sessions);
  const [first] = knocks;
  if (first)
    return (
      <div class="bar-news panel" key={first.knock.id}>
        <KnockCard knock={first.knock} session={first.session} send={send} />
        {knocks.length > 1 && (
          <p class="bar-more">
            <Chip tone="warn">{t('knock.more', { count: knocks.length - 1 })}</Chip>
          </p>
        )}
      </div>
    );
  const [offered] = offersOf(snapshot.sessions);
  if (offered)
    return (
      <div class="bar-news panel" key={offered.offer.id}>
        <OfferCard offer={offered.offer} session={offered.session} send={send} />
      </div>
    );
  const [toTake] = offersToTake(snapshot);
  if (toTake)
    return (
      <div class="bar-news panel" key={toTake.id}>
        <SessionOffer offer={toTake} send={send} />
      </div>
    );
  const notTaken = snapshot.offers.find(({ mine, state }) => mine && state.is === 'nobody');
  if (notTaken)
    return (
      <div class="bar-news panel" key={notTaken.id}>
        <SentOffer offer={notTaken} send={send} />
      </div>
    );
  const [trouble] = troubles(snapshot, session, now);
  if (trouble)
    return (
      <div class="bar-news panel flush">
        <TroubleLine trouble={trouble} onSignIn={onDashboard} />
      </div>
    );
  if (session.phase === 'ended')
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
  return null;
}
