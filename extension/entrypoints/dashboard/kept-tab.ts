import { effect, type Signal, signal } from '@preact/signals';
import { z } from '../../../shared/protocol/schema.ts';
import type { DashboardTab } from './dashboard-view.tsx';

const KEY = 'tab';
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
