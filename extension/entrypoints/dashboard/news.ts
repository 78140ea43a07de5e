import type { SessionView, Snapshot } from '../../../shared/session/view.ts';

/** What came to a session by others: somebody asks to be let in, is in, or has written. */
export interface News {
  session: string;
  what: 'knocks' | 'joins' | 'writes';
  name: string;
}

/** What is new in `now`, the newest of each session. What one did oneself is none. */
export function newsBetween(before: Snapshot, now: Snapshot): News[] {
  return now.sessions.flatMap((session) => {
    const old = before.sessions.find(({ id }) => id === session.id);
    const news = newest(old, session);
    return news ? [{ session: session.id, ...news }] : [];
  });
}

function newest(old: SessionView | undefined, now: SessionView): Omit<News, 'session'> | undefined {
  if (now.phase === 'ended') return undefined;
  const knock = now.knocks.findLast(({ id }) => !old?.knocks.some((one) => one.id === id));
  if (knock) return { what: 'knocks', name: knock.name };
  const here = now.participants.findLast(
    ({ id, joinedAt }) =>
      id !== now.you && !old?.participants.some((one) => one.id === id && one.joinedAt === joinedAt),
  );
  if (here) return { what: 'joins', name: here.name };
  if (now.chat.unread <= (old?.chat.unread ?? 0)) return undefined;
  const line = now.chat.items.findLast((item) => item.kind === 'line' && !item.mine);
  return line?.kind === 'line' ? { what: 'writes', name: line.from } : undefined;
}
