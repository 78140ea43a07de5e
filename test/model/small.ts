import { openOffer } from '../../relay/offer-record.ts';
import { changed, replaced } from '../../relay/session-change.ts';
import * as offers from '../../relay/session-offer.ts';
import { hold } from '../../relay/session-presence.ts';
import { type SessionRecord, startSession } from '../../relay/session-record.ts';
import * as rules from '../../relay/sessions.ts';
import { checkControls } from '../../shared/client/check-controls.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import { type Control, controlBytes } from '../../shared/protocol/control.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import type { Roster } from '../../shared/protocol/relay-api.ts';
import type { Message } from '../../shared/session/message.ts';
import {
  anchorOf,
  applyRoster,
  openSession,
  permits,
  reachable,
  reduce,
  roleOf,
  type SessionState,
} from '../../shared/session/session.ts';
import { LIMITS, rosterOf } from './relay.ts';
import { Notary } from './signer.ts';
import { Broken } from './watch.ts';

/** Two agents and a customer, and all that can come of it in so many steps: the rules alone, on values, no page. */
const [A, B, M] = ['a', 'b', '1'].map((letter) => letter.repeat(32)) as [string, string, string];
const PEOPLE = [A, B, M];
const NAMES: Record<string, string> = { [A]: 'A', [B]: 'B', [M]: 'M' };
/** Long enough that whoever is away has been for longer than any limit. */
const NOW = 10_000_000;
const LAST_EPOCH = 5;

const notary = new Notary();
const signers = new Map(PEOPLE.map((id) => [id, notary.signer(id)]));

interface Page {
  state: SessionState;
  /** Whom it talks with, as far as it knows. */
  live: readonly string[];
  journal: readonly { from: string; message: Message }[];
}

interface Request {
  from: string;
  what: Control | 'accept' | 'take back';
}

/** All there is at one moment. */
interface Small {
  record: SessionRecord;
  /** By epoch, from 1: who was put in charge. */
  ledger: readonly (string | undefined)[];
  pages: Readonly<Record<string, Page>>;
  /** `from>to`: under way, in order. */
  links: Readonly<Record<string, readonly Message[]>>;
  requests: readonly Request[];
  /** How often something that can always happen still may. */
  left: Readonly<Record<'reload' | 'cut' | 'away' | 'manage', number>>;
}

type Next = [step: string, state: () => Promise<Small>];

export interface Searched {
  states: number;
  steps: number;
  depth: number;
}

/** Every state that so many steps lead to after those `first`, each once. What must not be is thrown, with the way there. */
export async function search(depth: number, first: readonly string[] = []): Promise<Searched> {
  const seen = new Set<string>();
  let steps = 0;
  let state = begin();
  for (const step of first) {
    const found = nexts(state).find(([name]) => name === step);
    if (!found) throw new Error(`${step} is not possible`);
    state = await found[1]();
  }
  let front: { state: Small; way: readonly string[] }[] = [{ state, way: first }];
  for (let at = 1; at <= depth; at += 1) {
    const next: typeof front = [];
    for (const { state, way } of front) {
      for (const [step, then] of nexts(state)) {
        steps += 1;
        try {
          const after = await then();
          const key = keyOf(after);
          if (seen.has(key)) continue;
          seen.add(key);
          check(after);
          next.push({ state: after, way: [...way, step] });
        } catch (error) {
          throw new Broken(`${[...way, step].join('; ')}: ${error}`);
        }
      }
    }
    front = next;
  }
  return { states: seen.size, steps, depth };
}

const signingKeyOf = (id: string) => signers.get(id)?.signingKey ?? '';

/** A is in charge, B assists, M is helped; all are linked and know each other's keys. */
function begin(): Small {
  const start = {
    id: 'e'.repeat(32),
    number: '4182057730',
    mode: 'single',
    device: A,
    agent: A,
    name: 'A',
    signingKey: signingKeyOf(A),
  } as const;
  let record = startSession(start, 0);
  record = rules.assist(record, { id: B, name: 'B', agent: B, signingKey: signingKeyOf(B) }, 0, LIMITS);
  record = rules.seat(
    record,
    { id: M, name: 'M', role: 'customer', way: 'number', signingKey: signingKeyOf(M) },
    0,
    LIMITS,
  );
  for (const id of PEOPLE) record = hold(record, id, { run: 'run', stream: id, page: id }, 0);
  const pages = Object.fromEntries(
    PEOPLE.map((id) => {
      const state = openSession(rosterOf(record, id, NOW), id);
      return [id, { state, live: PEOPLE.filter((one) => one !== id), journal: [] }];
    }),
  );
  return {
    record,
    ledger: [undefined, A],
    pages,
    links: {},
    requests: [],
    left: { reload: 1, cut: 1, away: 1, manage: 2 },
  };
}

/** All that can happen now. */
function nexts(small: Small): Next[] {
  const { record, links, requests, left } = small;
  const list: Next[] = [];
  const can = (step: string, then: () => Promise<Small> | Small) => list.push([step, async () => then()]);
  requests.forEach((request, at) => {
    const others = requests.filter((one) => one !== request);
    can(`arrive ${at}`, () => answered({ ...small, requests: others }, request, true));
    can(`arrive ${at}, answer lost`, () => answered({ ...small, requests: others }, request, false));
    can(`lose ${at}`, () => ({ ...small, requests: others }));
  });
  for (const [line, [first, ...rest]] of Object.entries(links)) {
    const [from = '', to = ''] = line.split('>');
    if (first)
      can(`link ${NAMES[to]}<${NAMES[from]}`, () =>
        heard({ ...small, links: { ...links, [line]: rest } }, to, from, first),
      );
  }
  for (const id of PEOPLE) {
    const { state, live } = page(small, id);
    const name = NAMES[id];
    if (state.roster.version < record.version) can(`hear ${name}`, () => told(small, id, rosterOf(record, id, NOW)));
    if (left.reload > 0) can(`reload ${name}`, () => reloaded(spend(small, 'reload'), id));
    const role = roleOf(state, id);
    const others = PEOPLE.filter((one) => one !== id && roleOf(state, one) === 'assistant');
    if (state.epoch < LAST_EPOCH && requests.length < 2 && !requests.some(({ from }) => from === id)) {
      if (role === 'primary') {
        for (const to of others) can(`transfer ${name} ${NAMES[to]}`, () => asks(small, id, 'handed over', to));
        can(`offer ${name}`, () => asks(small, id, 'offered', M));
      }
      if (role === 'customer') {
        if (state.primary !== undefined && !live.includes(state.primary))
          for (const to of others) can(`let ${NAMES[to]} take over`, () => asks(small, id, 'primary lost', to));
        const acceptor = state.roster.offer?.acceptor;
        if (state.keeper === id && acceptor !== undefined && live.includes(acceptor))
          can(`sign ${NAMES[acceptor]}`, () => asks(small, id, 'accepted', acceptor));
      }
      const open = openOffer(record);
      if (role !== 'customer' && open) {
        const what = open.by.id === id ? 'take back' : 'accept';
        can(`${what} ${name}`, () => ({ ...small, requests: [...requests, { from: id, what }] }));
      }
    }
    if (left.manage > 0 && role === 'primary')
      can(`manage ${name}`, () =>
        said(spend(small, 'manage'), id, { v: 1, type: 'helping', epoch: state.epoch, who: M }),
      );
    const seat = record.participants.find((one) => one.id === id);
    if (left.away > 0 && role !== 'customer' && seat?.state === 'present')
      can(`away ${name}`, () => ({
        ...spend(small, 'away'),
        record: changed(record, { participants: replaced(record, { ...seat, state: 'away', since: 0 }) }),
      }));
    if (seat?.state === 'away')
      can(`back ${name}`, () => ({
        ...small,
        record: changed(record, { participants: replaced(record, { ...seat, state: 'present', since: NOW }) }),
      }));
    for (const peer of PEOPLE.filter((one) => one !== id)) {
      if (left.cut > 0 && live.includes(peer))
        can(`${name} loses ${NAMES[peer]}`, () =>
          withPage(spend(small, 'cut'), id, { live: live.filter((one) => one !== peer) }),
        );
      if (!live.includes(peer))
        can(`${name} finds ${NAMES[peer]}`, () => withPage(small, id, { live: [...live, peer] }));
    }
  }
  return list;
}

// --- what a page does, as session-client.ts and session-control.ts ----------------------------------------------------

function page({ pages }: Small, id: string): Page {
  const found = pages[id];
  if (!found) throw new Error('nobody');
  return found;
}

function withPage(small: Small, id: string, change: Partial<Page>): Small {
  return { ...small, pages: { ...small.pages, [id]: { ...page(small, id), ...change } } };
}

function spend(small: Small, what: keyof Small['left']): Small {
  return { ...small, left: { ...small.left, [what]: small.left[what] - 1 } };
}

function known(small: Small, id: string) {
  const links = new Map<string, LinkStatus>();
  const { live } = page(small, id);
  for (const [peer, them] of signers) {
    if (peer !== id)
      links.set(peer, { state: live.includes(peer) ? 'live' : 'lost', since: 0, assurance: 'proven', them });
  }
  const signer = signers.get(id);
  if (!signer) throw new Error('nobody');
  return { links, kept: {}, signer };
}

/** Posts, with what it means here. */
function said(small: Small, id: string, message: Message, to?: readonly string[]): Small {
  const { state, journal } = page(small, id);
  const links = { ...small.links };
  for (const peer of to ?? reachable(state)) links[`${id}>${peer}`] = [...(links[`${id}>${peer}`] ?? []), message];
  const after = withPage(small, id, {
    state: reduce(state, id, message, NOW),
    journal: [...journal, { from: id, message }],
  });
  return { ...after, links };
}

async function told(small: Small, id: string, roster: Roster): Promise<Small> {
  const next = withPage(small, id, { state: applyRoster(page(small, id).state, roster, NOW) });
  const { state } = page(next, id);
  const last = (await checkControls(state, known(next, id), roster.controls)).at(-1);
  if (!last) return next;
  const controls = roster.controls.filter(({ epoch }) => epoch <= last.epoch);
  return said(next, id, { v: 1, type: 'control', controls }, last.to === id || last.by === id ? undefined : []);
}

async function heard(small: Small, id: string, from: string, message: Message): Promise<Small> {
  const { state, journal } = page(small, id);
  let counts = permits(state, from, message);
  if (counts && message.type === 'control') {
    const held = await checkControls(state, known(small, id), message.controls);
    counts = held.length === message.controls.filter(({ epoch }) => epoch > state.epoch).length;
  }
  if (counts && message.type === 'helping' && (message.epoch < state.epoch || small.ledger[state.epoch] !== from))
    throw new Broken(`${NAMES[id]}, at epoch ${state.epoch}, obeys ${NAMES[from]} of ${message.epoch}`);
  if (!counts) return small;
  const next = withPage(small, id, {
    state: reduce(state, from, message, NOW),
    journal: [...journal, { from, message }],
  });
  if (message.type !== 'control' || message.controls.at(-1)?.to !== id) return next;
  return said(next, id, message);
}

/** The page is loaded anew: only the journal is left, and the roster it had. */
function reloaded(small: Small, id: string): Small {
  const { state, journal } = page(small, id);
  let again = openSession(state.roster, id, { ...anchorOf(state.roster), epoch: 1, primary: A, keeper: undefined });
  for (const { from, message } of journal) again = reduce(again, from, message, NOW);
  if (again.epoch !== state.epoch || again.primary !== state.primary || again.keeper !== state.keeper)
    throw new Broken(`${NAMES[id]} is not where it was`);
  return withPage(small, id, { state: again, live: [] });
}

// --- the relay --------------------------------------------------------------------------------------------------------

async function asks(small: Small, by: string, why: Control['why'], to: string): Promise<Small> {
  const { state } = page(small, by);
  const control = { epoch: state.epoch + 1, why, by, to, key: signingKeyOf(to) };
  const signature = (await signers.get(by)?.sign(controlBytes(state.roster.id, control))) ?? '';
  return { ...small, requests: [...small.requests, { from: by, what: { ...control, signature } }] };
}

/** The relay's compare-and-set, and, if it arrives, what the page does with the answer. */
async function answered(small: Small, { from, what }: Request, arrives: boolean): Promise<Small> {
  let { record } = small;
  const taker = { id: from, agent: from, name: NAMES[from] ?? '' };
  const taking = { ...taker, signingKey: signingKeyOf(from) };
  try {
    if (what === 'accept') record = offers.accept(record, openOffer(record)?.id ?? '', taking, [from], NOW, LIMITS);
    else if (what === 'take back') record = offers.takeBack(record, openOffer(record)?.id ?? '', taking, NOW, LIMITS);
    else if (what.why !== 'offered') record = rules.control(record, from, notary.checked(record, what), NOW, LIMITS);
    else {
      const to = { is: 'agents' as const, agents: [A, B].map((id) => ({ id, name: '' })) };
      record = offers.offer(
        record,
        {
          id: String(what.epoch).padStart(32, '0'),
          by: taker,
          to,
          message: undefined,
          notes: undefined,
          checked: notary.checked(record, what),
        },
        NOW,
        LIMITS,
      );
    }
  } catch (error) {
    if (error instanceof HulplijnError) return small;
    throw error;
  }
  for (const { id, state } of record.participants)
    if (state === 'away' && id === from)
      record = hold(record, id, { run: 'run', stream: `${id} again`, page: id }, NOW);
  const ledger = [...small.ledger];
  if (record.epoch > small.record.epoch)
    ledger[record.epoch] = record.participants.find(({ role }) => role === 'primary')?.id;
  const next = { ...small, record, ledger };
  if (!arrives) return next;
  if (typeof what === 'string' || what.why !== 'offered') return told(next, from, rosterOf(record, from, NOW));
  return said(next, from, { v: 1, type: 'control', controls: record.controls });
}

// --- what must be -----------------------------------------------------------------------------------------------------

function check({ pages, ledger, record }: Small): void {
  for (const [id, { state }] of Object.entries(pages)) {
    const inCharge = state.roster.participants.filter(({ role }) => role === 'primary').map((one) => one.id);
    const should = ledger[state.epoch];
    if (state.epoch > record.epoch) throw new Broken(`${NAMES[id]} is ahead of the relay`);
    if (state.primary !== should || inCharge.some((one) => one !== should))
      throw new Broken(
        `${NAMES[id]}, at epoch ${state.epoch}, sees ${inCharge.map((one) => NAMES[one])} in charge, not ${NAMES[should ?? ''] ?? 'nobody'}`,
      );
  }
}

/** What two states may differ in and still be one. */
function keyOf({ pages, links, requests, record, left }: Small): string {
  const control = ({ epoch, why, by, to }: Control) => [epoch, why, by, to];
  const messages = (list: readonly Message[]) =>
    list.map((one) => (one.type === 'control' ? one.controls.map(control) : [one.type, 'epoch' in one && one.epoch]));
  return JSON.stringify([
    Object.values(pages).map(({ state, live }) => [
      state.epoch,
      state.primary,
      state.keeper,
      state.helping?.who,
      [...live].sort(),
      state.roster.version === record.version
        ? 0
        : state.roster.participants.map(({ id, role, state: is }) => [id, role, is]),
      state.roster.offer?.acceptor,
      state.roster.controls.length,
    ]),
    Object.entries(links).map(([line, list]) => [line, messages(list)]),
    requests.map(({ from, what }) => [from, typeof what === 'string' ? what : control(what)]),
    [
      record.epoch,
      record.participants.map(({ id, role, state }) => [id, role, state]),
      record.offer?.state.is,
      record.controls.map(control),
    ],
    left,
  ]);
}
