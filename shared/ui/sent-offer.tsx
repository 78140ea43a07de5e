import { useId } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import type { Send } from '../session/view.ts';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { WithNames } from './names.tsx';
import { Avatar, NAME_SLOT } from './person-name.tsx';
import { Customer, type SessionOffered } from './session-offer.tsx';
import { useAct } from './use-act.ts';

/** To whoever offered a session (TS5): that it waits, who took it, or that nobody did and it can be taken back. */
export function SentOffer({ offer, send }: { offer: SessionOffered; send: Send }) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const { state, to } = offer;
  const open = isOpen(state);
  const { text, names } = said(t, offer);
  return (
    <section class="knock" aria-labelledby={id}>
      <div class="offer-head">
        <Avatar name={offer.customers[0] ?? ''} tone={state.is === 'nobody' ? 'warn' : 'calm'} />
        <div class="grow">
          <h2 id={id} class="knock-who">
            <WithNames t={t} text={text} names={names} cut />
          </h2>
          {open && <Customer offer={offer} />}
          {open && (
            <p class="meta wrap-anywhere">
              {to.is === 'queue' ? (
                t('offer.to', { to: to.name[t.language] })
              ) : (
                <WithNames t={t} text={t('offer.to', { to: NAME_SLOT })} names={to.names} cut />
              )}
            </p>
          )}
        </div>
      </div>
      {open && (
        <Answers>
          <Button
            class="grow"
            kind={state.is === 'nobody' ? 'primary' : 'plain'}
            aria-describedby={id}
            disabled={act.busy}
            onClick={() => void act.run(() => send({ type: 'take back', offer: offer.id }))}
          >
            {t('offer.takeBack')}
          </Button>
        </Answers>
      )}
      {(act.slow || act.problem) && (
        <p class={act.problem ? 'meta problem' : 'meta'} role="status">
          {act.problem || t('act.waitsForServer')}
        </p>
      )}
    </section>
  );
}

/** Nobody has it yet: it can be accepted, and taken back. */
export function isOpen({ is }: SessionOffered['state']): boolean {
  return is === 'waiting' || is === 'nobody';
}

function said(t: T, { state, customers }: SessionOffered): { text: string; names: readonly string[] } {
  switch (state.is) {
    case 'waiting':
      return { text: t('offer.sent'), names: [] };
    case 'nobody':
      return { text: t('offer.nobody'), names: [] };
    case 'taken':
      return { text: state.me ? t('offer.back') : t('offer.taken', { name: NAME_SLOT }), names: [state.by] };
    case 'over':
      return { text: t('offer.over', { name: NAME_SLOT }), names: customers };
  }
}
