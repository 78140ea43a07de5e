import { useId } from 'preact/hooks';
import type { Send, SessionView } from '../session/view.ts';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import type { FileShown } from './file-item.tsx';
import { endingOf, plainName, sizeText } from './file-words.ts';
import { useT } from './i18n.ts';
import { Avatar, NAME_SLOT, WithName } from './person-name.tsx';
import { useSecondsLeft } from './time.tsx';
import { useAct } from './use-act.ts';

/** Somebody offers a file (SH4), wherever the agent is looking: what it is, and the answer, before the question lapses. */
export function OfferCard({ offer, session, send }: { offer: FileShown; session: SessionView; send: Send }) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const left = useSecondsLeft(offer.until ?? 0);
  const name = plainName(offer.name);
  const ending = endingOf(offer.name);
  const answer = (type: 'files.accept' | 'files.refuse') =>
    void act.run(() => send({ type, session: session.id, id: offer.id }));
  return (
    <section class="knock" aria-labelledby={id}>
      <div class="row">
        <Avatar name={offer.with} tone="warn" />
        <div class="grow">
          <h2 id={id} class="knock-who">
            <WithName text={t('files.offered', { name: NAME_SLOT })} name={offer.with} />
          </h2>
          <p class="meta ellipsis" title={name}>
            <bdi dir="ltr">{name}</bdi>
          </p>
          <p class="meta">
            {[sizeText(t, offer.size), ending && t('files.ends', { ending }), t('call.left', { seconds: left })]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </div>
      <Answers>
        <Button
          kind="primary"
          class="grow"
          aria-describedby={id}
          disabled={act.busy}
          onClick={() => answer('files.accept')}
        >
          {t('files.accept')}
        </Button>
        <Button class="grow" aria-describedby={id} disabled={act.busy} onClick={() => answer('files.refuse')}>
          {t('files.refuse')}
        </Button>
      </Answers>
    </section>
  );
}

/** All files that are offered to the agent, in any session, oldest first. */
export function offersOf(sessions: readonly SessionView[]): { offer: FileShown; session: SessionView }[] {
  return sessions.flatMap((session) =>
    session.activities.files.transfers
      .filter(({ state, mine }) => state === 'offered' && !mine)
      .map((offer) => ({ offer, session })),
  );
}
