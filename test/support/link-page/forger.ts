/**
 * A participant who obeys no rule: in the session with the product's own parts and a real seat, and then asking the
 * relay, and posting to the others, whatever a test likes.
 */
import { openConnections } from '../../../shared/client/connections.ts';
import { createPageClient } from '../../../shared/client/page-client.ts';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import { importInvitationKey } from '../../../shared/link/invitation-key.ts';
import type { Hub, SessionLinks } from '../../../shared/link/link.ts';
import { type Control, controlBytes } from '../../../shared/protocol/control.ts';
import { readJoinPath } from '../../../shared/protocol/entry.ts';
import { HulplijnError } from '../../../shared/protocol/errors.ts';
import { hex } from '../../../shared/protocol/ids.ts';
import { parseJson } from '../../../shared/protocol/schema.ts';
import { ForgerSetup } from './forger-setup.ts';

async function begin(setup: ForgerSetup) {
  const open = new RelayClient(setup.relay);
  const seat = setup.as === 'customer' ? await open.seat() : { id: setup.device, token: setup.token };
  const relay = open.withToken(seat.token);
  const place = { relay, id: seat.id, page: hex(crypto.getRandomValues(new Uint8Array(16))) };
  const ticker = new Worker(new URL('../../../shared/link/ticker.worker.ts', import.meta.url), { type: 'module' });
  const connections = await openConnections({ ...place, ticker });
  const made: SessionLinks[] = [];
  const { hub } = connections;
  const opened: Hub = {
    get signalling() {
      return hub.signalling;
    },
    session(session, events) {
      const links = hub.session(session, events);
      made.push(links);
      return links;
    },
    expect: () => hub.expect(),
    letIn: (servers) => hub.letIn(servers),
    close: () => hub.close(),
  };
  const desk = await open.desk();
  const client = await createPageClient({
    fileWorker: () => {
      throw new Error('moves no files');
    },
    ...place,
    ...connections,
    hub: opened,
    me: setup.name,
    desk,
    modes: [],
  });

  if (setup.as === 'customer') {
    const link = new URL(setup.link);
    const { invitation = '', key } = readJoinPath(link.pathname, link.hash) ?? {};
    if (key) await connections.store.putKey(invitation, await importInvitationKey(key));
    const joined = await relay.join(invitation, setup.name, connections.signer.signingKey);
    hub.letIn();
    if (joined.state === 'present') await client.takeRoster(joined.roster);
  } else await client.send({ type: 'assist', entry: setup.number });

  const session = () => {
    const [found] = client.snapshot.value.sessions;
    if (!found) throw new Error('not in a session');
    return found;
  };
  return {
    me: seat.id,
    session: () => session().id,
    /** By name, whom there is a proven or unproven line to. */
    people: () => Object.fromEntries(session().participants.map(({ name, id }) => [name, id])),
    live: () => session().participants.flatMap(({ name, link }) => (link.is === 'live' ? [name] : [])),
    /** By name, how the line to them stands: for whoever looks for a fault. */
    links: () => session().participants.map(({ name, link, assurance, state }) => ({ name, link, assurance, state })),
    text: () => session().chat.items.flatMap((item) => (item.kind === 'line' ? [item.text] : [])),
    post: async (text: string, to: string[]) => void (await made[0]?.post(text, to)),
    say: (text: string) => client.send({ type: 'say', session: session().id, text }),
    transfer: (to: string) => client.send({ type: 'transfer control', session: session().id, to }),
    /** That record, of who is in charge (this participant, if nothing is said), with their own signature whoever `by` is. */
    async sign(record: Pick<Control, 'epoch' | 'why' | 'by'> & Partial<Pick<Control, 'to' | 'key'>>): Promise<Control> {
      const control = { to: seat.id, key: connections.signer.signingKey, ...record };
      return { ...control, signature: await connections.signer.sign(controlBytes(session().id, control)) };
    },
    /** Straight to the relay with this participant's own token: the refusal's code, or `done`. */
    async ask(act: 'invite' | 'admit' | 'decline' | 'remove' | 'end', about: string): Promise<string> {
      const acts = {
        invite: () => relay.invite(session().id, { guest: 'customer', language: 'en', epoch: 1 }),
        admit: () => relay.admit(session().id, about, 1),
        decline: () => relay.decline(session().id, about, 1),
        remove: () => relay.remove(session().id, about, 1),
        end: () => relay.end(session().id, 1),
      };
      try {
        await acts[act]();
        return 'done';
      } catch (error) {
        return error instanceof HulplijnError ? error.code : String(error);
      }
    },
  };
}

declare global {
  interface Window {
    forger: Awaited<ReturnType<typeof begin>> | undefined;
  }
}

const setup = parseJson(ForgerSetup, decodeURIComponent(location.hash.slice(1)));
if (!setup) throw new Error('no setup in the address');
window.forger = await begin(setup);
