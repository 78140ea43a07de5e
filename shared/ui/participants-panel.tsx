import { may } from '../protocol/permissions.ts';
import type { Send, SessionView } from '../session/view.ts';
import { useT } from './i18n.ts';
import { ParticipantItem } from './participant-item.tsx';

/** Who is in the session, in which role, how well linked and how sure; the primary removes from here. */
export function ParticipantsPanel({ session, send }: { session: SessionView; send: Send }) {
  const t = useT();
  return (
    <div class="participants">
      <ul class="plain-list" aria-label={t('panel.participants')}>
        {session.participants.map((participant) => (
          <ParticipantItem key={participant.id} participant={participant} session={session} send={send} />
        ))}
      </ul>
      {session.participants.length === 1 && session.phase !== 'ended' && (
        <p class="soft participants-alone">
          {may(session.role, 'invite') ? t('participants.aloneInvite') : t('participants.alone')}
        </p>
      )}
    </div>
  );
}
