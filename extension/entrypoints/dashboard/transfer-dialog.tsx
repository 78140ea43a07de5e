import { useEffect } from 'preact/hooks';
import { may } from '../../../shared/protocol/permissions.ts';
import type { Send, SessionView } from '../../../shared/session/view.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { SessionAbout } from '../../../shared/ui/session-about.tsx';
import { TransferControl } from '../../../shared/ui/transfer-control.tsx';
import { TransferSession } from '../../../shared/ui/transfer-session.tsx';
import type { Transfer } from './dashboard-view.tsx';

interface TransferDialogProps {
  what: Transfer;
  session: SessionView;
  send: Send;
  onInvite?: () => void; // where control is given, with nobody here to have it
  onDone(): void;
}

/** Control, or the whole session, to a colleague. It goes when the agent is not in charge any more. */
export function TransferDialog({ what, session, send, onInvite, onDone }: TransferDialogProps) {
  const t = useT();
  const inCharge = session.phase !== 'ended' && may(session.role, 'transfer');
  useEffect(() => {
    if (!inCharge) onDone();
  }, [inCharge]);
  if (!inCharge) return null;
  const about = { session, send, onDone };
  return (
    <Dialog title={what === 'control' ? t('transfer.control') : t('transfer.session')} onClose={onDone}>
      <SessionAbout session={session} />
      {what === 'session' ? (
        <TransferSession {...about} />
      ) : (
        <TransferControl
          {...about}
          onInvite={() => {
            onDone();
            onInvite?.();
          }}
        />
      )}
    </Dialog>
  );
}
