import { RelayClient } from '../shared/client/relay-client.ts';
import type { Me } from '../shared/protocol/relay-api.ts';
import { readSettings, writeSettings } from './settings.ts';

/** What the agent may, and how the desk is called, is for the administrator to change: asked anew, and kept. */
export async function refreshAgent(): Promise<Me | undefined> {
  const { signIn } = await readSettings();
  if (!signIn) return undefined;
  const relay = new RelayClient(signIn.relay, signIn.token);
  const [me, { name: desk }] = await Promise.all([relay.me(), relay.desk()]);
  const now = (await readSettings()).signIn;
  if (now?.token !== signIn.token) return me;
  const next = { ...now, desk, agent: me.agent };
  if (JSON.stringify(next) !== JSON.stringify(now)) await writeSettings({ signIn: next });
  return me;
}
