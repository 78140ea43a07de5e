import { defineBackground } from 'wxt/utils/define-background';
import { z } from '../../shared/protocol/schema.ts';
import type { Answer } from '../../shared/session/answer.ts';
import { Errand } from '../bridge/errand.ts';
import { browser } from '../browser.ts';
import { openPage, reachDashboard } from '../dashboard-tab.ts';
import { injectBar, syncBarEverywhere } from '../inject.ts';
import { keepSettingsToOurselves } from '../settings.ts';

/** Opens, injects, routes; remembers nothing, so it may be stopped at any moment. */
async function run({ command, tab }: Errand): Promise<Answer> {
  const bridge = await reachDashboard();
  if (!bridge) return { ok: false, error: 'server-error' };
  try {
    const answer = await bridge.send(command);
    const begins = command.type === 'start' || command.type === 'assist';
    if (answer.ok && begins && (tab === undefined || !(await injectBar(tab)))) {
      bridge.tell({ type: 'show', notice: 'no-bar' });
    }
    return answer;
  } finally {
    bridge.close();
  }
}

export default defineBackground(() => {
  keepSettingsToOurselves();
  browser.runtime.onMessage.addListener((data: unknown) => {
    const errand = z.safeParse(Errand, data);
    return errand.success ? run(errand.data) : undefined;
  });
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void openPage('welcome.html');
    else void syncBarEverywhere();
  });
  browser.permissions.onAdded.addListener(() => void syncBarEverywhere());
  browser.permissions.onRemoved.addListener(() => void syncBarEverywhere());
});
