import { useEffect } from 'preact/hooks';
import { may } from '../protocol/permissions.ts';
import type { Send, SessionView } from '../session/view.ts';
import { ChatEntry } from './chat-entry.tsx';
import { ChatLog } from './chat-log.tsx';
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
  const visible = usePageVisible();
  const unread = session.chat.unread;
  useEffect(() => {
    if (visible && unread > 0) void send({ type: 'seen', session: session.id });
  }, [visible, unread, session.id]);
  const others = session.participants.filter((one) => one.id !== session.you && one.state !== 'gone');
  return (
    <section class="chat" key={session.id}>
      <ChatLog items={session.chat.items} />
      {session.phase !== 'ended' && may(session.role, 'chat') && (
        <ChatEntry
          chat={session.chat}
          several={others.length > 1}
          autoFocus={autoFocus}
          onSay={(text, to) => send({ type: 'say', session: session.id, text, ...(to ? { to } : {}) })}
          onDraft={(text) => void send({ type: 'draft', session: session.id, text })}
        />
      )}
    </section>
  );
}
