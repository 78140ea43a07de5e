import { useId } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import type { Way } from '../protocol/relay-api.ts';
import type { KnockView, Send, SessionView } from '../session/view.ts';
import { Answers } from './answers.tsx';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { Avatar, NAME_SLOT, WithName } from './person-name.tsx';
import { ClockTime } from './time.tsx';
import { useAct } from './use-act.ts';

/** Somebody at the door (JO4): who says so, by which way, since when; the primary lets in or declines. */
export function KnockCard({ knock, session, send }: { knock: KnockView; session: SessionView; send: Send }) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const answer = (type: 'admit' | 'decline') =>
    void act.run(() => send({ type, session: session.id, participant: knock.id }));
  return (
    <section class="knock" aria-labelledby={id}>
      <div class="row">
        <Avatar name={knock.name} tone="warn" />
        <div class="grow">
          <h2 id={id} class="knock-who">
            <WithName text={t('knock.wants', { name: NAME_SLOT })} name={knock.name} />
          </h2>
          <p class="meta">
            {wayText(t, knock.way)} · <ClockTime at={knock.at} />
          </p>
        </div>
      </div>
      <Answers>
        <Button kind="primary" class="grow" aria-describedby={id} disabled={act.busy} onClick={() => answer('admit')}>
          {t('knock.admit')}
        </Button>
        <Button class="grow" aria-describedby={id} disabled={act.busy} onClick={() => answer('decline')}>
          {t('knock.decline')}
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

function wayText(t: T, way: Way): string {
  switch (way) {
    case 'started':
      return t('way.started');
    case 'link':
      return t('way.link');
    case 'used link':
      return t('way.usedLink');
    case 'number':
      return t('way.number');
    case 'offer':
      return t('way.offer');
  }
}

/** All who knock at sessions the agent leads, oldest first. */
export function knocksOf(sessions: readonly SessionView[]): { knock: KnockView; session: SessionView }[] {
  return sessions
    .flatMap((session) => session.knocks.map((knock) => ({ knock, session })))
    .sort((a, b) => a.knock.at - b.knock.at);
}
