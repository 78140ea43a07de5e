import { formatSessionNumber } from '../../../shared/protocol/session-number.ts';
import type { SessionView } from '../../../shared/session/view.ts';
import { Badge } from '../../../shared/ui/chip.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { customers, sessionTitle } from '../../../shared/ui/session-words.ts';
import { Duration } from '../../../shared/ui/time.tsx';

/** The sessions that run, each one click away. */
export function SessionList({
  sessions,
  onDashboard,
}: {
  sessions: readonly SessionView[];
  onDashboard(session: string): void;
}) {
  const t = useT();
  return (
    <section>
      <h2 class="popup-heading">{t('popup.sessions')}</h2>
      <ul class="plain-list card session-list">
        {sessions.map((session) => (
          <li key={session.id}>
            <button type="button" class="session-row" onClick={() => onDashboard(session.id)}>
              <span class={customers(session).length > 0 ? 'dot' : 'dot warn'} />
              <span class="grow">
                <bdi class="session-row-title ellipsis">{sessionTitle(t, session)}</bdi>
                <span class="meta number">{formatSessionNumber(session.number)}</span>
              </span>
              <Badge count={session.chat.unread + session.knocks.length} wanted />
              <Duration since={session.startedAt} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
