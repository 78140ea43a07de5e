import { effect, type Signal, signal } from '@preact/signals';
import { z } from '../../../shared/protocol/schema.ts';
import type { DashboardTab } from './dashboard-view.tsx';
import type { Desk } from './desk.ts';

const KEY = 'tab';
const SESSION = 'session';
const Tab = z.catch(
  z.enum(['participants', 'chat', 'tools', 'session']),
  'participants',
) satisfies z.ZodMiniType<DashboardTab>;

/** Which tab of the right side is open; a reload comes back to it. */
export function keptTab(): Signal<DashboardTab> {
  const tab = signal<DashboardTab>(z.parse(Tab, sessionStorage.getItem(KEY)));
  effect(() => sessionStorage.setItem(KEY, tab.value));
  return tab;
}

/**
 * Which session is chosen: a reload, or another tab that is the dashboard from now on, comes back to it. In another
 * customer's session one would write what is not for them. Returns the undo.
 */
export async function keepSelected({ snapshot, send }: Pick<Desk, 'snapshot' | 'send'>): Promise<() => void> {
  const session = localStorage.getItem(SESSION);
  if (snapshot.peek().sessions.some(({ id }) => id === session)) await send({ type: 'select', session: session ?? '' });
  return effect(() => localStorage.setItem(SESSION, snapshot.value.selected ?? ''));
}
