import type { ParticipantView, Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { useCompareReminder } from './compare-reminder.tsx';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { useAct } from './use-act.ts';

/** Asks a customer for their screen (SH1); absent while they are asked, or show it, or are not here. */
export function RequestScreen({
  session,
  participant,
  send,
  named = false,
}: {
  session: SessionView;
  participant: ParticipantView;
  send: Send;
  named?: boolean; // the button says whose, where it does not stand beside the name
}) {
  const t = useT();
  const act = useAct();
  const { before, reminder } = useCompareReminder(session, send);
  const { screen } = session.activities;
  const asked = screen.asks.some(({ of, until }) => of.id === participant.id && until !== null);
  const shown = screen.others.some(({ by }) => by.id === participant.id);
  if (participant.assurance === 'mismatch') return null;
  if (!screen.mayAsk || participant.role !== 'customer' || participant.state === 'gone' || asked || shown) return null;
  const unknown = participant.assurance === 'pending'; // not linked yet: whether to remind is not known either
  const ask = () =>
    before(
      participant,
      () => void act.run(() => send({ type: 'screen.ask', session: session.id, of: participant.id })),
    );
  return (
    <>
      <Button icon="screen" disabled={act.busy || unknown} onClick={ask}>
        {named ? (
          <WithName text={t('share.requestOf', { name: NAME_SLOT })} name={participant.name} />
        ) : (
          t('share.request')
        )}
      </Button>
      {reminder}
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
    </>
  );
}
