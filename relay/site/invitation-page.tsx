import type { Invitation } from '../../shared/protocol/relay-api.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { Avatar, PersonName } from '../../shared/ui/person-name.tsx';
import { AskedNotice } from './asked-notice.tsx';
import type { Device } from './device.ts';
import { DeviceNote } from './device-note.tsx';
import { JoinForm } from './join-form.tsx';
import { Report } from './report.tsx';
import type { Joining, Reporting } from './visit.ts';

/** A join link, before anybody has joined (JO1). */
export function InvitationPage({
  invitation,
  device,
  name,
  onName,
  joining,
  onJoin,
  reporting,
  onReporting,
  onReport,
}: {
  invitation: Invitation;
  device: Device;
  name: string;
  onName(name: string): void;
  joining: Joining;
  onJoin(): void;
  reporting: Reporting;
  onReporting(reporting: Reporting): void;
  onReport(): void;
}) {
  const t = useT();
  const { agent, desk } = invitation;
  return (
    <main class="screen">
      <div class="inviter">
        <Avatar name={agent ?? desk} />
        <div>
          <p class="soft">{agent ? t('site.invitation.by') : t('site.invitation.waits')}</p>
          <h1>
            <PersonName name={agent ?? desk} />
          </h1>
          {agent && (
            <p class="soft">
              <PersonName name={desk} />
            </p>
          )}
        </div>
      </div>
      <AskedNotice desk={desk} />
      {!agent && <Notice tone="info">{t('site.invitation.noAgent')}</Notice>}
      {invitation.others && <Notice tone="info">{t('site.invitation.others')}</Notice>}
      {invitation.state === 'used' && <Notice tone="warn">{t('site.invitation.used', { desk })}</Notice>}
      <JoinForm name={name} onName={onName} joining={joining} onJoin={onJoin} />
      <DeviceNote device={device} who={agent} />
      <hr />
      <Report reporting={reporting} onReporting={onReporting} onReport={onReport} />
    </main>
  );
}
