import { useEffect, useRef } from 'preact/hooks';
import { may, type Role } from '../protocol/permissions.ts';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { useAct } from './use-act.ts';

/** How this person gets out of the session: the primary ends it, others leave it (table "Who may what"). */
export function wayOut(role: Role): 'end' | 'leave' {
  return may(role, 'end') ? 'end' : 'leave';
}

/** Asks once before it ends for everybody. Mounted is asked; the focus is on going back. */
export function EndConfirm({ session, send, onDone }: { session: SessionView; send: Send; onDone(): void }) {
  const t = useT();
  const act = useAct();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  const end = async () => {
    const answer = await act.run(() => send({ type: 'end', session: session.id }));
    if (answer?.ok) onDone();
  };
  return (
    <div class="column">
      <p>{t('end.what')}</p>
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
      <div class="row wrapping">
        <Button buttonRef={cancel} onClick={onDone}>
          {t('act.cancel')}
        </Button>
        <Button kind="stop" disabled={act.busy} onClick={() => void end()}>
          {t('end.session')}
        </Button>
      </div>
    </div>
  );
}
