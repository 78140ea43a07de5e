import { useId } from 'preact/hooks';
import type { Send, SessionView } from '../../shared/session/view.ts';
import { Answers } from '../../shared/ui/answers.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { NAME_SLOT, WithName } from '../../shared/ui/person-name.tsx';
import { customers } from '../../shared/ui/session-words.ts';
import { secondsLeft, useNow } from '../../shared/ui/time.tsx';
import { useAct } from '../../shared/ui/use-act.ts';
import { primaryOf } from './concern.ts';

/** Whoever helped is lost, and a colleague asks to go on (EN3). No is what silence means too. */
export function TakeoverQuestion({ session, send }: { session: SessionView; send: Send }) {
  const now = useNow();
  const { asked } = session.activities.takeover;
  // Whoever still talks with the primary does not believe that they are lost.
  const { primaryAway } = session;
  if (!asked || primaryOf(session)?.link.is === 'live' || (primaryAway && now < primaryAway.lostAt)) return null;
  return <Question key={asked.id} asked={asked} session={session} send={send} />;
}

type Asked = NonNullable<SessionView['activities']['takeover']['asked']>;

/** One colleague's: another one's is a question of its own. */
function Question({ asked, session, send }: { asked: Asked; session: SessionView; send: Send }) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const about = { session: session.id, id: asked.id };
  const isAlone = customers(session).filter(({ state }) => state !== 'gone').length === 1;
  return (
    <section class="card matter" aria-labelledby={id}>
      <div role="alert">
        <h2 id={id}>
          <WithName text={t('site.takeover.title', { name: NAME_SLOT })} name={asked.name} />
        </h2>
        <p>
          <WithName
            text={t(isAlone ? 'site.takeover.whatAlone' : 'site.takeover.what', { primary: NAME_SLOT })}
            name={asked.primary}
          />
        </p>
      </div>
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
      <Answers class="row wrapping">
        <Button disabled={act.busy} onClick={() => void act.run(() => send({ type: 'takeover.refuse', ...about }))}>
          {t('site.takeover.no')}
        </Button>
        <Button
          kind="primary"
          disabled={act.busy}
          onClick={() => void act.run(() => send({ type: 'take over', ...about }))}
        >
          {t('site.takeover.yes')}
        </Button>
        <span class="meta" role="timer">
          {t('screen.seconds', { seconds: secondsLeft(asked.until) })}
        </span>
      </Answers>
    </section>
  );
}
