/**
 * One participant's page, with the real link: who and against what comes in the address, so that a reload is the same
 * again. `window.actor` is what the test drives it by.
 */
import { createHub } from '../../../shared/link/hub.ts';
import { idbStore } from '../../../shared/link/idb-store.ts';
import { loadIdentity } from '../../../shared/link/identity.ts';
import { importInvitationKey } from '../../../shared/link/invitation-key.ts';
import type { JournalEntry, LinkStatus, PeerIdentity, Trust } from '../../../shared/link/link.ts';
import { hex } from '../../../shared/protocol/ids.ts';
import { parseJson } from '../../../shared/protocol/schema.ts';
import { answerFalsely } from './false-answer.ts';
import { pageMedia } from './media.ts';
import { type ActorSetup, Setup, type TrustSetup } from './setup.ts';

// The connections there are, so that a test can break them as a network would.
const connections = new Set<RTCPeerConnection>();
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.add(this);
  }
};

async function trustOf(setup: TrustSetup): Promise<Trust> {
  if (setup.kind === 'invitation') {
    return { kind: 'invitation', key: await importInvitationKey(setup.key), required: setup.required };
  }
  return setup;
}

async function begin(setup: ActorSetup) {
  const identity = await loadIdentity(setup.id);
  const ask = async (path: string) => {
    const answer = await fetch(`${setup.relay}${path}`);
    if (!answer.ok) throw new Error(`relay: ${answer.status}`);
    return answer.text();
  };
  const store = idbStore(`link-${setup.id}`);
  const hub = createHub({
    id: setup.id,
    page: hex(crypto.getRandomValues(new Uint8Array(16))),
    identity,
    signalling: new URL(setup.relay),
    ticket: () => ask(`/ticket?id=${setup.id}`),
    ice: async () => [],
    ticker: new Worker(new URL('../../../shared/link/ticker.worker.ts', import.meta.url), { type: 'module' }),
    store,
  });

  const heard: JournalEntry[] = [];
  const passed: { peer: string; text: string }[] = [];
  const acknowledged: { peer: string; seq: number }[] = [];
  const lostStores: string[] = [];
  const statuses: (LinkStatus & { peer: string })[] = [];
  const media = pageMedia();
  const links = hub.session(setup.session, {
    received: (entry) => void heard.push(entry),
    passed: (peer, text) => void passed.push({ peer, text }),
    status: (peer, status) => void statuses.push({ peer, ...status }),
    acknowledged: (peer, seq) => void acknowledged.push({ peer, seq }),
    lostStore: (peer) => void lostStores.push(peer),
    ...media.events,
  });
  const { entries } = await links.journal();
  const before = entries.length;
  let own = entries.filter((entry) => entry.from === setup.id).length;
  const heardBefore = (peer: string) => entries.filter((entry) => entry.from === peer).length;
  for (const { peer, trust } of setup.peers) links.want(peer, await trustOf(trust));

  return {
    identity: (): PeerIdentity => identity.public,
    signalling: () => hub.signalling,
    status: (peer: string) => statuses.findLast((status) => status.peer === peer),
    statuses: () => statuses,
    passed: () => passed,
    acknowledged: () => acknowledged,
    lostStores: () => lostStores,
    /** How many connections are not closed. */
    connections: () => [...connections].filter((pc) => pc.signalingState !== 'closed').length,
    made: () => connections.size,
    async want(peer: string, trust: TrustSetup) {
      links.want(peer, await trustOf(trust));
    },
    wake: (peer: string) => links.wake(peer),
    drop: (peer: string) => links.drop(peer),
    pass: (peer: string, text: string) => links.pass(peer, text),
    post: async (text: string, to: string[]) => (await links.post(text, to)).seq,
    /** Posts lines whose text is their number, until there are `target` of one's own. Called again it goes on. */
    async countTo(target: number, to: string[]) {
      while (own < target) {
        own += 1;
        await links.post(String(own), to);
      }
    },
    heardFrom: (peer: string) => heardBefore(peer) + heard.filter((entry) => entry.from === peer).length,
    journal: () => links.journal(),
    ...media.acts(links),
    /** What was told since this page loaded, and what the journal says of the same time: must be equal. */
    async told() {
      const { entries } = await links.journal();
      const stored = entries.slice(before).filter((entry) => entry.from !== setup.id);
      return { stored: stored.map((entry) => entry.seq), heard: heard.map((entry) => entry.seq) };
    },
    relayAnswers: (peer: string) => answerFalsely(connections, peer),
    signalingStates: () => [...connections].map((pc) => pc.signalingState),
    /** Breaks every connection of this side. */
    cut() {
      for (const pc of connections) pc.close();
    },
    /** The store is gone, as when a person cleared the browser's data; the page should be reloaded. */
    forget: () => links.close({ forget: true }),
    close: () => links.close(),
    closeHub: () => hub.close(),
  };
}

declare global {
  interface Window {
    actor: Awaited<ReturnType<typeof begin>> | undefined;
  }
}

const setup = parseJson(Setup, decodeURIComponent(location.hash.slice(1)));
if (!setup) throw new Error('no setup in the address');
window.actor = await begin(setup);
