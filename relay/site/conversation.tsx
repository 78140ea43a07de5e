import { type Closing, type Connections, openConnections, rtcServers } from '../../shared/client/connections.ts';
import { createPageClient } from '../../shared/client/page-client.ts';
import { importInvitationKey } from '../../shared/link/invitation-key.ts';
import type { Send } from '../../shared/session/view.ts';
import { keepFocus } from '../../shared/ui/keep-focus.ts';
import type { Entering, Place, Prepared } from './parts.ts';
import { type ReceivedFile, ReceivedFiles } from './received-files.tsx';
import { SessionPage } from './session-page.tsx';
import { sweep } from './sweep.ts';
import { type Conversation, shownSession } from './visit.ts';
import { startFileWorker, startTicker } from './workers.ts';

// All that only a session needs, in one chunk: it comes while the form is being read.

/** One worker and one Trusted Types policy for a page, however often it prepares. */
let ticker: Worker | undefined;

/** Within this a link is there or takes longer anyway, ms. */
const FIRST_MOMENTS_MS = 600;

/** The last words ("left") and the relay's part of leaving get this long before the links close, ms. */
const LAST_WORDS_MS = 3_000;

/** Opens identity, stores and the signalling socket of `place`; dials nobody. */
export async function prepare(place: Place): Promise<Prepared> {
  if (!ticker) void sweep().catch(() => undefined); // tidying up must not keep anybody from joining
  ticker ??= startTicker();
  const { relay, id, page } = place;
  const connections = await openConnections({ relay, id, page, ticker });
  return {
    signingKey: connections.signer.signingKey,
    async pressed(invited) {
      connections.hub.expect();
      if (invited) await connections.store.putKey(invited.id, await importInvitationKey(invited.key));
    },
    enter: (entering) => enter(place, connections, entering),
    close: (options) => connections.close(options),
  };
}

async function enter(place: Place, connections: Connections, entering: Entering): Promise<Conversation> {
  keepFocus();
  const { relay, id, page } = place;
  const { name, desk, roster, ice, onElsewhere } = entering;
  if (roster) connections.hub.letIn(ice && rtcServers(ice));
  // The first moments are the link's: neither event stream nor drawing takes the machine from it.
  let isLinked = () => {};
  const quiet =
    roster &&
    new Promise<void>((resolve) => {
      isLinked = resolve;
      setTimeout(resolve, FIRST_MOMENTS_MS);
    });
  const client = await createPageClient({
    relay,
    id,
    page,
    me: name,
    desk,
    modes: [],
    hub: connections.hub,
    signer: connections.signer,
    store: connections.store,
    fileWorker: startFileWorker,
    quiet,
    // After whatever the last events still change: a seat that is gone is an end, not another tab.
    onreplaced: () => setTimeout(() => client.snapshot.value.relay.is !== 'signed out' && onElsewhere()),
  });
  if (roster) await client.takeRoster(roster);
  const unwatch = client.snapshot.subscribe((snapshot) => {
    if (shownSession(snapshot)?.participants.some(({ link }) => link.is === 'live')) isLinked();
  });
  await quiet;
  unwatch();

  const underWay = new Set<Promise<unknown>>();
  const send: Send = (command) => {
    const answer = client.send(command).finally(() => underWay.delete(answer));
    underWay.add(answer);
    return answer;
  };
  let closed: Promise<void> | undefined;
  const close = (options: Closing = {}) => {
    closed ??= (async () => {
      client.close();
      await connections.close(options);
    })();
    return closed;
  };
  const received = (): ReceivedFile[] => {
    const session = shownSession(client.snapshot.value);
    const moving = session && client.media(session.id)?.files.moving.value;
    return (session?.activities.files.transfers ?? []).flatMap(({ id, name, size }) => {
      const file = moving?.get(id)?.file;
      return file ? [{ id, name, size, file }] : [];
    });
  };
  return {
    snapshot: client.snapshot,
    send,
    close,
    drawReceived() {
      const files = received();
      return files.length > 0 && <ReceivedFiles files={files} />;
    },
    async finish() {
      await Promise.allSettled(underWay);
      await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
      await new Promise<void>((resolve) => {
        const unwatch = client.snapshot.subscribe((snapshot) => {
          if (shownSession(snapshot)?.waitingForRelay) return;
          resolve();
          queueMicrotask(() => unwatch());
        });
      });
      await close({ forget: true, butReceived: received().length > 0 });
    },
    draw({ desk: deskName, onLanguage }) {
      const session = shownSession(client.snapshot.value);
      if (!session) return null;
      const media = client.media(session.id);
      return <SessionPage session={session} media={media} desk={deskName} send={send} onLanguage={onLanguage} />;
    },
  };
}
