import type { ReadonlySignal } from '@preact/signals';
import { answerTo } from '../../../shared/client/answer.ts';
import { openConnections } from '../../../shared/client/connections.ts';
import { createPageClient } from '../../../shared/client/page-client.ts';
import { randomId } from '../../../shared/client/random-id.ts';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import type { SessionMedia } from '../../../shared/client/session-media.ts';
import FileWorker from '../../../shared/files/file.worker.ts?worker';
import ticker from '../../../shared/link/ticker.worker.ts?worker';
import type { Mode } from '../../../shared/protocol/relay-api.ts';
import DiskWorker from '../../../shared/recording/disk.worker.ts?worker';
import { Recordings } from '../../../shared/recording/recordings.ts';
import SeekableWorker from '../../../shared/recording/seekable.worker.ts?worker';
import type { Send, Snapshot } from '../../../shared/session/view.ts';
import type { RecordingsShown } from '../../../shared/ui/recordings-kept.tsx';
import { refreshAgent } from '../../refresh-agent.ts';
import type { SignIn } from '../../settings.ts';
import { invitationText } from './invitation-text.ts';

/** What holds an agent's sessions in this page. */
export interface Desk {
  snapshot: ReadonlySignal<Snapshot>;
  send: Send;
  media(session: string): SessionMedia | undefined;
  recordings: RecordingsShown;
  /** How many sessions were kept that this version cannot read. */
  unreadable: number;
  close(): void;
}

/** Connects this browser's sign-in: its sessions come back as they were. `modes`: what the agent may start by now. */
export async function openDesk(signIn: SignIn, modes: () => Mode[]): Promise<Desk> {
  const relay = new RelayClient(signIn.relay, signIn.token);
  const page = randomId();
  const connections = await openConnections({ relay, id: signIn.device, page, ticker: new ticker() });
  connections.hub.expect(); // who signed in is let in
  const recordings = new Recordings({ disk: () => new DiskWorker(), seekable: () => new SeekableWorker() });
  const client = await createPageClient({
    relay,
    page,
    id: signIn.device,
    me: signIn.agent.name,
    desk: { name: signIn.desk, url: signIn.relay },
    get modes() {
      return modes();
    },
    hub: connections.hub,
    signer: connections.signer,
    store: connections.store,
    invitationText,
    fileWorker: () => new FileWorker(),
    recordings,
  });
  return {
    snapshot: client.snapshot,
    async send(command) {
      const answer = await client.send(command);
      // The administrator has changed it meanwhile: the next press starts what may be started (ST3).
      if (!answer.ok && answer.error === 'mode-not-allowed') void refreshAgent().catch(() => undefined);
      return answer;
    },
    media: client.media,
    unreadable: connections.unreadable,
    recordings: {
      kept: recordings.kept,
      saving: recordings.saving,
      downloaded: recordings.downloaded,
      save: (id, name) => answerTo(() => recordings.save(id, name)),
      delete: (id) => answerTo(() => recordings.delete(id)),
    },
    close() {
      client.close();
      void connections.close();
    },
  };
}
