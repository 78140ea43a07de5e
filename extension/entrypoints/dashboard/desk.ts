import type { ReadonlySignal } from '@preact/signals';
import { openConnections } from '../../../shared/client/connections.ts';
import { createPageClient } from '../../../shared/client/page-client.ts';
import { randomId } from '../../../shared/client/random-id.ts';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import type { SessionMedia } from '../../../shared/client/session-media.ts';
import FileWorker from '../../../shared/files/file.worker.ts?worker';
import ticker from '../../../shared/link/ticker.worker.ts?worker';
import type { Send, Snapshot } from '../../../shared/session/view.ts';
import type { SignIn } from '../../settings.ts';
import { invitationText } from './invitation-text.ts';

/** What holds an agent's sessions in this page. */
export interface Desk {
  snapshot: ReadonlySignal<Snapshot>;
  send: Send;
  media(session: string): SessionMedia | undefined;
  close(): void;
}

/** Connects this browser's sign-in: its sessions come back as they were. */
export async function openDesk(signIn: SignIn): Promise<Desk> {
  const relay = new RelayClient(signIn.relay, signIn.token);
  const page = randomId();
  const connections = await openConnections({ relay, id: signIn.device, page, ticker: new ticker() });
  connections.hub.expect(); // who signed in is let in
  const client = await createPageClient({
    relay,
    page,
    id: signIn.device,
    me: signIn.agent.name,
    desk: { name: signIn.desk, url: signIn.relay },
    modes: signIn.agent.modes,
    hub: connections.hub,
    signer: connections.signer,
    store: connections.store,
    invitationText,
    fileWorker: () => new FileWorker(),
  });
  return {
    snapshot: client.snapshot,
    send: client.send,
    media: client.media,
    close() {
      client.close();
      void connections.close();
    },
  };
}
