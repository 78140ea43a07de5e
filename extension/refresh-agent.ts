import { RelayClient } from '../shared/client/relay-client.ts';
import type { Me } from '../shared/protocol/relay-api.ts';
import { readSettings, writeSettings } from './settings.ts';

/** What the agent may is for the administrator to change: asked anew, and kept. */
export async function refreshAgent(): Promise<Me | undefined> {
  const { signIn } = await readSettings();
  if (!signIn) return undefined;
  const me = await new RelayClient(signIn.relay, signIn.token).me();
  const now = (await readSettings()).signIn;
  const same = JSON.stringify(me.agent) === JSON.stringify(now?.agent);
  if (now?.token === signIn.token && !same) await writeSettings({ signIn: { ...now, agent: me.agent } });
  return me;
}
