import { useId } from 'preact/hooks';
import { may } from '../../../shared/protocol/permissions.ts';
import type { Guest } from '../../../shared/protocol/relay-api.ts';
import { IconButton } from '../../../shared/ui/button.tsx';
import { ChatPanel } from '../../../shared/ui/chat-panel.tsx';
import { EndConfirm, wayOut } from '../../../shared/ui/end-session.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { InvitePanel } from '../../../shared/ui/invite-panel.tsx';
import { MenuList } from '../../../shared/ui/menu.tsx';
import { ParticipantsPanel } from '../../../shared/ui/participants-panel.tsx';
import { SessionAbout } from '../../../shared/ui/session-about.tsx';
import { TransferControl } from '../../../shared/ui/transfer-control.tsx';
import type { BarProps } from './bar-view.tsx';

export type OpenPanel = 'invite' | 'participants' | 'chat' | 'session' | 'end' | 'transfer';

/** It only shows the session selected, whichever that is; the others ask about the one they were opened for, and close with it. */
export const follows = (panel: OpenPanel): boolean => panel === 'participants' || panel === 'chat';

interface BarPanelProps extends Pick<BarProps, 'snapshot' | 'session' | 'send' | 'onMailto' | 'onPress'> {
  open: OpenPanel;
  invites: Guest; // whom Invite has chosen at first
  onOpen(panel: OpenPanel, invites?: Guest): void;
  onClose(): void;
  /** What was asked for in that panel is done; another may be open by then. */
  onDone(panel: OpenPanel): void;
  onLeave(): void;
}

/** What a button of the bar opens, in flow below (or above) it. */
export function BarPanel(props: BarPanelProps) {
  const { open, invites, snapshot, session, send, onMailto, onPress, onOpen, onClose, onDone, onLeave } = props;
  const t = useT();
  const id = useId();
  if (open === 'session') {
    const item =
      wayOut(session.role) === 'end'
        ? { text: t('session.end'), stop: true, onChoose: () => onOpen('end') }
        : { text: t('session.leave'), onChoose: onLeave };
    const transfer = may(session.role, 'transfer')
      ? [{ text: t('transfer.control'), more: true, onChoose: () => onOpen('transfer') }]
      : [];
    // Its dialog is the dashboard's: not opened by resting on it, since that changes the tab.
    const giveUp = session.mayTransfer ? [{ text: t('transfer.session'), onChoose: () => onPress('transfer') }] : [];
    return (
      <div class="bar-menu">
        <MenuList label={t('word.session')} items={[...transfer, ...giveUp, item]} onClose={onClose} />
      </div>
    );
  }
  const titles = {
    invite: t('panel.invite'),
    participants: t('panel.participants'),
    chat: t('panel.chat'),
    end: t('end.ask'),
    transfer: t('transfer.control'),
  };
  return (
    <section class={`bar-panel panel ${open}`} role="dialog" aria-labelledby={id}>
      <header class="row bar-panel-head">
        <h2 id={id} class="grow bar-panel-title">
          {titles[open]}
        </h2>
        <IconButton icon="close" label={t('panel.close')} onClick={onClose} />
      </header>
      {(open === 'end' || open === 'transfer') && <SessionAbout session={session} />}
      {open === 'invite' && (
        <InvitePanel
          key={invites}
          session={session}
          site={snapshot.site}
          send={send}
          onMailto={onMailto}
          first={invites}
          autoFocus
        />
      )}
      {open === 'participants' && <ParticipantsPanel session={session} send={send} />}
      {open === 'chat' && <ChatPanel session={session} send={send} autoFocus />}
      {open === 'transfer' && (
        <TransferControl
          session={session}
          send={send}
          onInvite={() => onOpen('invite', 'representative')}
          onDone={() => onDone(open)}
        />
      )}
      {open === 'end' && <EndConfirm session={session} send={send} onDone={() => onDone(open)} />}
    </section>
  );
}
