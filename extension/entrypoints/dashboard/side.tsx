import type { SessionMedia } from '../../../shared/client/session-media.ts';
import { may } from '../../../shared/protocol/permissions.ts';
import type { Guest } from '../../../shared/protocol/relay-api.ts';
import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';
import { ChatPanel } from '../../../shared/ui/chat-panel.tsx';
import { Badge } from '../../../shared/ui/chip.tsx';
import { FilesPanel } from '../../../shared/ui/files-panel.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { InvitePanel } from '../../../shared/ui/invite-panel.tsx';
import { ParticipantsPanel } from '../../../shared/ui/participants-panel.tsx';
import { SessionPanel } from '../../../shared/ui/session-panel.tsx';
import { Tabs, tabPanel } from '../../../shared/ui/tabs.tsx';
import type { DashboardTab, Transfer } from './dashboard-view.tsx';
import { Tools } from './tools.tsx';

interface SideProps {
  snapshot: Snapshot;
  session: SessionView;
  media: SessionMedia | undefined;
  send: Send;
  tab: DashboardTab;
  onTab(tab: DashboardTab): void;
  shown: boolean; // in a narrow window the panel is a sheet, open or not
  inviting: Guest | undefined; // Invite was asked for, for whom at first; otherwise it just stands here
  onMailto(url: string): void;
  onEnd(): void;
  onTransfer(what: Transfer): void;
}

const PANEL = 'side-panel';

/** The right side: Participants, Chat, Tools, Session. */
export function Side(props: SideProps) {
  const { snapshot, session, media, send, tab, onTab, shown, inviting, onMailto, onEnd, onTransfer } = props;
  const t = useT();
  const unread = session.chat.unread;
  const mayInvite = may(session.role, 'invite') && session.phase !== 'ended';
  return (
    <>
      <Tabs<DashboardTab>
        label={t('dashboard.about')}
        panel={PANEL}
        selected={tab}
        onSelect={onTab}
        items={[
          { id: 'participants', content: t('panel.participants') },
          {
            id: 'chat',
            label: t('panel.chat'),
            title: t('bar.unread', { count: unread }),
            content: (
              <>
                {t('panel.chat')}
                <Badge count={unread} wanted />
              </>
            ),
          },
          { id: 'tools', content: t('panel.tools') },
          { id: 'session', content: t('word.session') },
        ]}
      />
      <div class={shown ? `side-panel ${tab}` : 'side-panel shut'} {...tabPanel(PANEL, tab)} key={session.id}>
        {shown && tab === 'participants' && <ParticipantsPanel session={session} send={send} />}
        {shown && tab === 'chat' && <ChatPanel session={session} send={send} />}
        {shown && tab === 'tools' && (
          <>
            <Tools session={session} media={media} send={send} />
            {media && <FilesPanel session={session} parts={media.files} send={send} />}
            {mayInvite && <h2 class="bar-panel-title">{t('panel.invite')}</h2>}
            {mayInvite && (
              <InvitePanel
                key={inviting}
                session={session}
                site={snapshot.site}
                send={send}
                onMailto={onMailto}
                first={inviting}
                autoFocus={inviting !== undefined}
              />
            )}
          </>
        )}
        {shown && tab === 'session' && (
          <SessionPanel session={session} send={send} onEnd={onEnd} onTransfer={onTransfer} />
        )}
      </div>
    </>
  );
}
