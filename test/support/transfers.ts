import type { Page } from 'puppeteer';
import type { Agent } from './actors.ts';
import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** On the dashboard: the tab **Session** and its button **Transfer session**, or the menu **Session** beside the tabs of sessions. */
type Way = 'tab' | 'menu';

/** Opens **Transfer session ▸ Transfer session** on the dashboard. */
export const opensTransferSession = (agent: Agent, way?: Way): Promise<Screen> => opens(agent, 'Transfer session', way);

/** Opens **Transfer session ▸ Transfer control**, with the list of assistants, the same ways. */
export const opensTransferControl = (agent: Agent, way?: Way): Promise<Screen> => opens(agent, 'Transfer control', way);

async function opens(agent: Agent, what: string, way: Way = 'tab'): Promise<Screen> {
  const dashboard = await agent.looksAtDashboard();
  if (way === 'tab') await dashboard.press('tab', 'Session');
  await dashboard.press('button', way === 'tab' ? 'Transfer session' : 'Session');
  await dashboard.press('menuitem', what);
  return dashboard;
}

/** In the icon bar of `page`: **Session**, and the pointer rests on **Transfer control**, which opens. */
export async function restsOnTransferControl(agent: Agent, page: Page): Promise<Screen> {
  await page.bringToFront();
  const bar = await agent.bar(page);
  await bar.press('button', 'Session');
  const look = async () => {
    if (await bar.has('dialog', 'Transfer control')) return true;
    await agent.browser.restOn(await agent.browser.bar(page), '[role=menuitem][aria-haspopup]');
    return false;
  };
  await until('what opens below the pointer', look, { doing: true });
  return bar;
}
