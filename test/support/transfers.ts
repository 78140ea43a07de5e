import type { Agent } from './actors.ts';
import type { Screen } from './screen.ts';

/** Opens **Transfer session ▸ Transfer session** on the dashboard's tab **Session**. */
export const opensTransferSession = (agent: Agent): Promise<Screen> => opens(agent, 'Transfer session');

/** Opens **Transfer session ▸ Transfer control**, with the list of assistants, the same way. */
export const opensTransferControl = (agent: Agent): Promise<Screen> => opens(agent, 'Transfer control');

async function opens(agent: Agent, what: string): Promise<Screen> {
  const dashboard = await agent.looksAtDashboard();
  await dashboard.press('tab', 'Session');
  await dashboard.press('button', 'Transfer session');
  await dashboard.press('menuitem', what);
  return dashboard;
}
