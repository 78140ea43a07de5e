import { useEffect } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import { may } from '../protocol/permissions.ts';
import type { Send, SessionView } from '../session/view.ts';
import { ChatEntry } from './chat-entry.tsx';
import { ChatLog } from './chat-log.tsx';
import { useT } from './i18n.ts';
import { clockText } from './time.tsx';
import { usePageVisible } from './visible.ts';

/**
 * The talk of one session, on every screen alike: what was said, in the order it came, and where to write. While it is
 * drawn in a visible page, what comes counts as seen (PA5).
 */
export function ChatPanel({
  session,
  send,
  autoFocus = false,
}: {
  session: SessionView;
  send: Send;
  autoFocus?: boolean;
}) {
  const t = useT();
  const visible = usePageVisible();
  const unread = session.chat.unread;
  useEffect(() => {
    if (visible && unread > 0) void send({ type: 'seen', session: session.id });
  }, [visible, unread, session.id]);
  const others = session.participants.filter((one) => one.id !== session.you && one.state !== 'gone');
  return (
    <section class="chat" key={session.id}>
      <ChatLog items={session.chat.items} />
      {session.phase !== 'ended' && may(session.role, 'chat') && !hasDiffered(session) && (
        <ChatEntry
          chat={session.chat}
          to={apart(t, session)}
          several={others.length > 1}
          autoFocus={autoFocus}
          onSay={(text, to) => send({ type: 'say', session: session.id, text, ...(to ? { to } : {}) })}
          onDraft={(text) => void send({ type: 'draft', session: session.id, text })}
        />
      )}
    </section>
  );
}

/** Whoever doubts the primary is linked with nobody any more (SE1): there is nobody to write to. */
function hasDiffered({ activities }: SessionView): boolean {
  return activities.compare.pairs.some(({ stage, first }) => stage === 'differs' && !first);
}

/** Two people may share one name (JO5): a private line must reach the right one. */
function apart(t: T, session: SessionView): { id: string; name: string; note: string }[] {
  return session.chat.to.map((one) => {
    const joinedAt = session.participants.find(({ id }) => id === one.id)?.joinedAt;
    const shared = session.chat.to.filter(({ name }) => name === one.name).length > 1;
    return { ...one, note: shared && joinedAt !== undefined ? ` · ${clockText(t, joinedAt)}` : '' };
  });
}
