import { useLayoutEffect } from 'preact/hooks';
import { formatSessionNumber } from '../../../shared/protocol/session-number.ts';
import type { ChatItem, SessionView } from '../../../shared/session/view.ts';
import { Badge } from '../../../shared/ui/chip.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { Icon, type IconName } from '../../../shared/ui/icon.tsx';
import { customers, sessionTitle } from '../../../shared/ui/session-words.ts';
import { Tabs } from '../../../shared/ui/tabs.tsx';
import { Duration } from '../../../shared/ui/time.tsx';

interface SessionTabsProps {
  sessions: readonly SessionView[];
  selected: string | undefined;
  onSelect(session: string): void;
  panel: string;
}

/** One tab a session: whom it helps, how long, what was last said, what is unread (PA4, PA5). */
export function SessionTabs({ sessions, selected, onSelect, panel }: SessionTabsProps) {
  const t = useT();
  useLayoutEffect(() => {
    // A session just started stands last, where the list may be cut off.
    const tab = document.querySelector('.session-tabs [aria-selected=true]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  return (
    <Tabs
      class="session-tabs"
      orientation="vertical"
      label={t('dashboard.sessions')}
      panel={panel}
      selected={selected}
      onSelect={onSelect}
      items={sessions.map((session) => ({
        id: session.id,
        title: sessionTitle(t, session),
        content: <SessionTab session={session} />,
      }))}
    />
  );
}

function SessionTab({ session }: { session: SessionView }) {
  const t = useT();
  const { unread, items } = session.chat;
  const news = unread + session.knocks.length;
  const last = items.findLast((item): item is Extract<ChatItem, { kind: 'line' }> => item.kind === 'line');
  const talking = customers(session).some((one) => one.state === 'present');
  const dot = session.phase === 'ended' ? 'dot off' : talking ? 'dot' : 'dot warn';
  return (
    <>
      <span class="row">
        <span class={dot} />
        <bdi class="session-tab-title grow ellipsis">{sessionTitle(t, session)}</bdi>
        <Duration since={session.startedAt} until={session.ended?.at} />
      </span>
      <span class="row session-tab-line">
        <span class="meta grow ellipsis" dir="auto">
          {session.phase === 'ended'
            ? t('dashboard.ended')
            : (last?.text ?? <span class="number">{formatSessionNumber(session.number)}</span>)}
        </span>
        {session.phase !== 'ended' && <GoingOn session={session} />}
        <Badge count={news} wanted />
        {news > 0 && <span class="visually-hidden">{t('dashboard.new', { count: news })}</span>}
      </span>
    </>
  );
}

/** What is shared there, also while the tab is not chosen (PA4). */
function GoingOn({ session: { activities } }: { session: SessionView }) {
  const t = useT();
  const { screen, call, recording } = activities;
  return (
    <>
      {(screen.mine !== null || screen.others.length > 0) && <Sign icon="screen" words={t('dashboard.shared')} />}
      {recording.now?.is === 'on' && <Sign icon="record" words={t('recording.on')} />}
      {call.now !== null && <Sign icon="phone" words={t('dashboard.calling')} />}
    </>
  );
}

function Sign({ icon, words }: { icon: IconName; words: string }) {
  return (
    <span class="session-tab-sign" title={words}>
      <Icon name={icon} size={14} />
      <span class="visually-hidden">{words}</span>
    </span>
  );
}
