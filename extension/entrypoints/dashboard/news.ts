import type { SessionView, Snapshot } from '../../../shared/session/view.ts';

/** What came by others: somebody asks to be let in, is in, or has written; offers a session, or nobody took one's own. */
export interface News {
  session: string;
  what: 'knocks' | 'joins' | 'writes' | 'offers' | 'nobody took';
  name: string;
}

/** What is new in `now`, the newest of each session. What one did oneself is none. */
export function newsBetween(before: Snapshot, now: Snapshot): News[] {
  const inSessions = now.sessions.flatMap((session) => {
    const old = before.sessions.find(({ id }) => id === session.id);
    const news = newest(old, session);
    return news ? [{ session: session.id, ...news }] : [];
  });
  return [...inSessions, ...offered(before, now)];
}

function offered(before: Snapshot, now: Snapshot): News[] {
  return now.offers.flatMap<News>(({ id, session, mine, from, customers, state }) => {
    const old = before.offers.find((one) => one.id === id);
    if (!mine && !old && state.is === 'waiting') return { session, what: 'offers', name: from };
    if (mine && state.is === 'nobody' && old?.state.is !== 'nobody')
      return { session, what: 'nobody took', name: customers.join(', ') };
    return [];
  });
}

function newest(old: SessionView | undefined, now: SessionView): Omit<News, 'session'> | undefined {
  if (now.phase === 'ended') return undefined;
  const knock = now.knocks.findLast(({ id }) => !old?.knocks.some((one) => one.id === id));
  if (knock) return { what: 'knocks', name: knock.name };
  const here = now.participants.findLast(({ id }) => id !== now.you && !old?.participants.some((one) => one.id === id));
  if (here) return { what: 'joins', name: here.name };
  const lines = linesOfOthers(now);
  const last = lines.at(-1);
  const isNew = now.chat.unread > 0 && lines.length > (old ? linesOfOthers(old).length : 0);
  return isNew && last ? { what: 'writes', name: last.from } : undefined;
}

function linesOfOthers({ chat }: SessionView) {
  return chat.items.filter((item) => item.kind === 'line').filter(({ mine }) => !mine);
}
