import { AnyOffer } from '../../../shared/ui/any-offer.tsx';
import { Availability } from '../../../shared/ui/availability.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { KnockCard, knocksOf } from '../../../shared/ui/knock-card.tsx';
import { OfferCard, offersOf } from '../../../shared/ui/offer-card.tsx';
import { PersonName } from '../../../shared/ui/person-name.tsx';
import { QueuesOverview } from '../../../shared/ui/queues-overview.tsx';
import { sessionTitle } from '../../../shared/ui/session-words.ts';
import { StartSession } from '../../../shared/ui/start-session.tsx';
import { useSteadyOrder } from '../../../shared/ui/steady-order.ts';
import type { DashboardProps } from './dashboard-view.tsx';
import { SessionTabs } from './session-tabs.tsx';

interface LeftProps extends DashboardProps {
  selected: string | undefined;
  onSelect(session: string): void;
  onHelp(): void;
  panel: string;
}

/** The left side: who one is, the session tabs, Start session, the queues, and who wants something: knocks, what is offered. */
export function Left(props: LeftProps) {
  const { snapshot, send, selected, onSelect, panel } = props;
  const t = useT();
  return (
    <nav class="left" aria-label={t('dashboard.sessions')}>
      <header class="row left-head">
        <div class="grow">
          <b class="left-desk ellipsis" title={snapshot.desk}>
            {snapshot.desk}
          </b>
          <p class="meta">
            <PersonName name={snapshot.me} />
          </p>
        </div>
        {props.onAdministration && (
          <IconButton icon="users" label={t('admin.title')} onClick={props.onAdministration} />
        )}
        <IconButton icon="help" label={t('shortcuts.title')} onClick={props.onHelp} />
        <IconButton icon="settings" label={t('account.settings')} onClick={props.onSettings} />
      </header>
      {snapshot.availability && <Availability {...snapshot.availability} send={send} />}
      {snapshot.sessions.length > 0 && (
        <SessionTabs sessions={snapshot.sessions} selected={selected} onSelect={onSelect} panel={panel} />
      )}
      <StartSession {...props} modes={snapshot.modes} />
      {snapshot.availability && <QueuesOverview snapshot={snapshot} send={send} />}
      <Knocks snapshot={snapshot} send={send} />
    </nav>
  );
}

/** All that waits for an answer, in the order in which it came. */
function Knocks({ snapshot, send }: Pick<DashboardProps, 'snapshot' | 'send'>) {
  const t = useT();
  const several = snapshot.sessions.length > 1;
  const cards = [
    ...knocksOf(snapshot.sessions).map(({ knock, session }) => ({
      id: `knock ${knock.id}`,
      where: session,
      card: <KnockCard knock={knock} session={session} send={send} />,
    })),
    ...offersOf(snapshot.sessions).map(({ offer, session }) => ({
      id: `file ${offer.id}`,
      where: session,
      card: <OfferCard offer={offer} session={session} send={send} />,
    })),
    ...snapshot.offers.map((offer) => ({
      id: `offer ${offer.id}`,
      where: undefined,
      card: <AnyOffer offer={offer} send={send} />,
    })),
  ];
  return (
    <div class="knocks" aria-live="polite">
      {useSteadyOrder(cards).map(({ id, where, card }) => (
        <div class="card" key={id}>
          {several && where && <p class="meta ellipsis knock-where">{sessionTitle(t, where)}</p>}
          {card}
        </div>
      ))}
    </div>
  );
}
