import { CopyButton } from './copy-button.tsx';
import { useT } from './i18n.ts';
import { Icon } from './icon.tsx';

export type InviteOutcome =
  | { is: 'sent'; address: string }
  | { is: 'mailto'; address: string; subject: string; body: string };

/** That it went; for the own program also its text, for where nothing takes the `mailto:` (IN4). */
export function InviteSaid({ outcome }: { outcome: InviteOutcome }) {
  const t = useT();
  if (outcome.is === 'sent')
    return (
      <p class="notice good" role="status">
        <Icon name="check" />
        <span class="grow wrap-anywhere">{t('invite.sent', { address: outcome.address })}</span>
      </p>
    );
  const text = `${outcome.subject}\n\n${outcome.body}`;
  return (
    <div class="invite-said column">
      <p role="status">{t('invite.opened')}</p>
      <textarea class="field" readOnly rows={6} aria-label={t('invite.text')} value={text} />
      <div>
        <CopyButton text={text} label={t('invite.copyText')} />
      </div>
    </div>
  );
}
