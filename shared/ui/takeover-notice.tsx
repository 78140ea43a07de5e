import type { ParticipantView, Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { customers } from './session-words.ts';
import { clockText, secondsLeft, useNow } from './time.tsx';
import { useAct } from './use-act.ts';

/** To an assistant, while the primary is lost (EN3): since when, asking to take control, and what came of it. */
export function TakeoverNotice({ session, send }: { session: SessionView; send: Send }) {
  const t = useT();
  const now = useNow();
  const act = useAct();
  const lost = primaryLost(session, now);
  if (!lost) return null;
  const asked = session.activities.takeover.mine?.of ?? [];
  const waiting = asked.filter(({ until }) => until !== null);
  const until = Math.max(0, ...waiting.map((one) => one.until ?? 0));
  const somebody = customers(session).some(({ state }) => state !== 'gone');
  const ask = () => act.run(() => send({ type: 'takeover.ask', session: session.id }));
  const said = () => {
    if (waiting.length > 0) {
      return t('takeover.waiting', { seconds: secondsLeft(until) });
    }
    if (!somebody) return t('takeover.nobody');
    return asked.length > 0 ? t('takeover.refused') : '';
  };
  return (
    <Notice
      tone="warn"
      action={
        waiting.length === 0 &&
        somebody && (
          <Button disabled={act.busy} onClick={() => void ask()}>
            {asked.length > 0 ? t('takeover.again') : t('takeover.ask')}
          </Button>
        )
      }
    >
      <WithName
        text={t('takeover.lost', { name: NAME_SLOT, time: clockText(t, lost.since) })}
        name={lost.primary.name}
      />{' '}
      {act.problem || said()}
    </Notice>
  );
}

/** Whom an assistant may follow as the primary by now, away since when; `undefined`: nobody is lost, or it is not for them. */
export function primaryLost(
  { phase, role, participants, primaryAway }: SessionView,
  now: number,
): { primary: ParticipantView; since: number } | undefined {
  if (!primaryAway || phase === 'ended' || role !== 'assistant' || now < primaryAway.lostAt) return undefined;
  const primary = participants.find((one) => one.role === 'primary');
  return primary && { primary, since: primaryAway.since };
}
