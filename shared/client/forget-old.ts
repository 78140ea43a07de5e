import type { LinkStore } from '../link/store.ts';
import type { PageStore } from './page-store.ts';
import { forgetReceived } from './received-files.ts';

/**
 * Deletes what nobody has touched for as long as an agent may read it back (RE1), and what another version left that this
 * one cannot read: such a session begins anew here, as on a side that lost its store. Returns how many of those.
 */
export async function forgetOld(
  place: string,
  store: Pick<PageStore, 'ids' | 'sessions' | 'forgetSession'>,
  links: Pick<LinkStore, 'forget'>,
): Promise<number> {
  const sessions = await store.sessions();
  const unreadable = (await store.ids()).filter((kept) => !sessions.some(({ id }) => id === kept));
  const old = sessions.filter(({ touchedAt, roster }) => Date.now() - touchedAt >= roster.limits.agentKeeps * 1000);
  for (const id of [...unreadable, ...old.map((one) => one.id)]) {
    await links.forget(id);
    await store.forgetSession(id);
  }
  // Nothing waits for it: the next opening finds what this one does not get to.
  const left = sessions.filter((one) => !old.includes(one) && !one.dismissed).map(({ id }) => id);
  forgetReceived(place, left).catch(() => undefined);
  return unreadable.length;
}
