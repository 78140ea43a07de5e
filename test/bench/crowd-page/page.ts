/// <reference types="vite/client" />
/** Many customers in one page, with our own links and nothing on the screen: each writes a line a second when told to. */
import { openConnections, rtcServers } from '../../../shared/client/connections.ts';
import { createPageClient } from '../../../shared/client/page-client.ts';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import { importInvitationKey } from '../../../shared/link/invitation-key.ts';
import tickerUrl from '../../../shared/link/ticker.worker.ts?worker&url';
import { readEntry } from '../../../shared/protocol/entry.ts';
import { hex } from '../../../shared/protocol/ids.ts';
import { z } from '../../../shared/protocol/schema.ts';

const TALK_MS = 1_000;

const connections = new Set<RTCPeerConnection>();
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.add(this);
  }
};
const Picture = z.object({
  type: z.literal('inbound-rtp'),
  kind: z.literal('video'),
  lastPacketReceivedTimestamp: z.number(),
});

let customers = 0;
let talking: string | undefined;

const crowd = {
  /** One more, of those who talk with `agent`; resolves when the link is live. */
  async join(link: string, agent: string): Promise<void> {
    const entry = readEntry(link);
    if (entry.is !== 'link' || entry.key === undefined) throw new Error('not a link with a key');
    const name = `Mia ${++customers}`;
    // A host of its own: a browser opens six connections to one, and each customer's stream of events takes one.
    const { protocol, port } = new URL(link);
    const nobody = new RelayClient(`${protocol}//c${customers}.localhost:${port}`);
    const { id, token } = await nobody.seat();
    const relay = nobody.withToken(token);
    const place = { relay, id, page: hex(crypto.getRandomValues(new Uint8Array(16))) };
    const opened = await openConnections({ ...place, ticker: new Worker(tickerUrl, { type: 'module' }) });
    opened.hub.expect();
    await opened.store.putKey(entry.invitation, await importInvitationKey(entry.key));
    const joined = await relay.join(entry.invitation, name, opened.signer.signingKey);
    if (joined.state !== 'present') throw new Error('not let in');
    opened.hub.letIn(rtcServers(joined.ice));
    const client = await createPageClient({
      ...place,
      ...opened,
      fileWorker: () => {
        throw new Error('moves no files');
      },
      me: name,
      desk: await relay.desk(),
      modes: [],
    });
    await client.takeRoster(joined.roster);
    const session = joined.roster.id;
    await new Promise<void>((resolve) => {
      client.snapshot.subscribe(({ sessions }) => {
        if (sessions.some(({ participants }) => participants.some(({ link: to }) => to.is === 'live'))) resolve();
      });
    });
    let lines = 0;
    setInterval(() => {
      if (talking === agent) void client.send({ type: 'say', session, text: `Line ${++lines} of mine` });
    }, TALK_MS);
  },

  /** From now on only those who talk with `agent` do so. */
  talk(agent: string | undefined): void {
    talking = agent;
  },

  /** When the last packet of a picture came, ms since 1970; 0: none has. */
  async lastPicture(): Promise<number> {
    const open = [...connections].filter(({ connectionState }) => connectionState === 'connected');
    const entries = (await Promise.all(open.map((one) => one.getStats()))).flatMap((report) => [...report.values()]);
    const came = entries.map((entry) => z.safeParse(Picture, entry).data?.lastPacketReceivedTimestamp ?? 0);
    return Math.max(0, ...came);
  },
};

declare global {
  interface Window {
    crowd: typeof crowd;
  }
}
window.crowd = crowd;
