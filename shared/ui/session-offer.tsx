import { useId } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import type { Send, Snapshot } from '../session/view.ts';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { WithNames } from './names.tsx';
import { Avatar, NAME_SLOT, WithName } from './person-name.tsx';
import { durationText, useNow } from './time.tsx';
import { useAct } from './use-act.ts';

export type SessionOffered = Snapshot['offers'][number];

/** A session that a colleague offers (TS5): from whom, with which customer, since when, and the two answers. */
export function SessionOffer({
  offer,
  send,
  onAccepted,
}: {
  offer: SessionOffered;
  send: Send;
  onAccepted?: () => void;
}) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const { state } = offer;
  if (state.is === 'taken' || state.is === 'over')
    return (
      <p class="meta">
        {state.is === 'over' && (
          <WithNames t={t} text={t('offer.over', { name: NAME_SLOT })} names={offer.customers} cut />
        )}
        {state.is === 'taken' && state.me && t('offer.mine')}
        {state.is === 'taken' && !state.me && <WithName text={takenText(t, offer, state.by)} name={state.by} />}
      </p>
    );
  const accept = async () => {
    const answer = await act.run(() => send({ type: 'accept offer', offer: offer.id }));
    if (answer?.ok) onAccepted?.();
  };
  return (
    <section class="knock" aria-labelledby={id}>
      <div class="offer-head">
        <Avatar name={offer.customers[0] ?? ''} tone="warn" />
        <div class="grow">
          {offer.to.is === 'queue' && (
            <p class="meta ellipsis">{t('offer.queue', { queue: offer.to.name[t.language] })}</p>
          )}
          <h2 id={id} class="knock-who">
            <WithName text={t('offer.offers', { name: NAME_SLOT })} name={offer.from} />
          </h2>
          <Customer offer={offer} />
        </div>
      </div>
      {offer.message !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one scrolls, also by the keyboard
        <blockquote class="offer-message" dir="auto" tabIndex={0}>
          {offer.message}
        </blockquote>
      )}
      <Answers>
        <Button kind="primary" class="grow" aria-describedby={id} disabled={act.busy} onClick={() => void accept()}>
          {t('offer.accept')}
        </Button>
        <Button
          class="grow"
          aria-describedby={id}
          disabled={act.busy}
          onClick={() => void act.run(() => send({ type: 'decline offer', offer: offer.id }))}
        >
          {t('offer.decline')}
        </Button>
      </Answers>
      {(act.slow || act.problem) && (
        <p class={act.problem ? 'meta problem' : 'meta'} role="status">
          {act.problem || t('act.waitsForServer')}
        </p>
      )}
    </section>
  );
}

/** To everybody but whoever took it. */
function takenText(t: T, { from }: SessionOffered, by: string): string {
  return by === from ? t('offer.takenBack', { name: NAME_SLOT }) : t('offer.taken', { name: NAME_SLOT });
}

/** Who waits, and how long already. */
export function Customer({ offer }: { offer: SessionOffered }) {
  const t = useT();
  const now = useNow();
  return (
    <p class="row offer-customer">
      <span class="grow">
        <WithNames t={t} text={NAME_SLOT} names={offer.customers} cut />
      </span>
      <span class="meta offer-waits" role="timer">
        {t('offer.waits', { time: durationText(now - offer.at) })}
      </span>
    </p>
  );
}

/** What the agent may take: what waits longest comes first. */
export function offersToTake({ offers }: Pick<Snapshot, 'offers'>): SessionOffered[] {
  return offers.filter(({ mine, state }) => !mine && state.is === 'waiting');
}
