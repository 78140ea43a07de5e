import type { CheckedControl } from '../../relay/checked-control.ts';
import { customerNames } from '../../relay/keeper.ts';
import { offerFor, type Taker } from '../../relay/offer-record.ts';
import * as offers from '../../relay/session-offer.ts';
import type { SessionRecord } from '../../relay/session-record.ts';
import * as rules from '../../relay/sessions.ts';
import { createPageClient, type PageClient } from '../../shared/client/page-client.ts';
import type { PageStore, PendingAct, StoredSession } from '../../shared/client/page-store.ts';
import { RelayClient } from '../../shared/client/relay-client.ts';
import type { Signer } from '../../shared/client/trust.ts';
import type { Hub, JournalEntry } from '../../shared/link/link.ts';
import { memoryStore } from '../../shared/link/memory-store.ts';
import type { LinkStore } from '../../shared/link/store.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import type { OfferRequest, RelayEvent, Roster } from '../../shared/protocol/relay-api.ts';
import type { Command, SessionView } from '../../shared/session/view.ts';
import { type Network, PageLinks } from './network.ts';
import { type Ask, LIMITS, type Relay } from './relay.ts';
import { settled } from './time.ts';

export interface Surroundings {
  relay: Relay;
  network: Network;
  signerOf(id: string): Signer;
  /** By the relay, of a record as it arrives there. */
  checked(record: SessionRecord, control: Control): CheckedControl;
  /** The key of every invitation here: what it is does not matter to a model. */
  key: CryptoKey;
  /** Stored, and on its way: from now on it must not be lost. */
  posted(from: string, text: string, to: readonly string[]): void;
  /** What its page had kept of the session is deleted. */
  forgot(id: string): void;
}

/** All whom it is offered to are in a queue. */
const named = ({ offer }: SessionRecord) => (offer?.to.is === 'agents' ? offer.to.agents.map(({ id }) => id) : []);
const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** Somebody's browser: what it keeps, and the page that is open in it, if one is. */
export class Browser {
  readonly id: string;
  readonly name: string;
  readonly #around: Surroundings;
  readonly #links: LinkStore = memoryStore();
  readonly #sessions = new Map<string, StoredSession>();
  readonly #acts = new Map<number, PendingAct>();
  #page: Page | undefined;
  #loads = 0;
  #actsMade = 0;

  constructor(id: string, name: string, around: Surroundings) {
    this.id = id;
    this.name = name;
    this.#around = around;
  }

  get page(): Page | undefined {
    return this.#page;
  }

  get stored(): StoredSession | undefined {
    return this.#sessions.get(this.#around.relay.record.id);
  }

  /** Loads the page. Of the one before, if there is one, nothing is heard any more. */
  async open(): Promise<void> {
    this.crash();
    this.#loads += 1;
    const page = new Page(this, this.#around, this.id.slice(0, 28) + String(this.#loads).padStart(4, '0'));
    this.#page = page;
    await page.begin(page.reaches(this.#links), this.#store(page));
  }

  /** Without a word, at any moment. */
  crash(): void {
    this.#page?.die();
    this.#page = undefined;
  }

  /** The page is closed or left, and says so. */
  close(): void {
    this.#page?.client?.close();
    this.crash();
  }

  #store(page: Page): PageStore {
    const store: PageStore = {
      ids: async () => [...this.#sessions.keys()],
      sessions: async () => [...this.#sessions.values()].map(copied),
      putSession: async (session) => void this.#sessions.set(session.id, copied(session)),
      forgetSession: async (id) => void this.#sessions.delete(id),
      key: async () => this.#around.key,
      putKey: async () => undefined,
      acts: async () => [...this.#acts].map(([key, act]) => ({ key, act })),
      addAct: async (act) => {
        this.#actsMade += 1;
        this.#acts.set(this.#actsMade, act);
        return this.#actsMade;
      },
      dropAct: async (key) => void this.#acts.delete(key),
      clear: async () => undefined,
      close: () => undefined,
    };
    return page.reaches(store);
  }
}

/** What is put is what was given then. */
function copied(session: StoredSession): StoredSession {
  const { refused, waiting, keys } = session;
  return { ...session, refused: [...refused], waiting: [...waiting], keys: { ...keys } };
}

/** One load of it: the real client of a page, over links, a disk and a relay that do what the model says. */
export class Page {
  readonly #browser: Browser;
  readonly #around: Surroundings;
  readonly id: string;
  client: PageClient | undefined;
  links: PageLinks | undefined;
  dead = false;
  /** The number, in its journal, of what a link brought last. */
  received = 0;
  /** It dies at so many writes from now. */
  fuse: number | undefined;

  constructor(browser: Browser, around: Surroundings, id: string) {
    this.#browser = browser;
    this.#around = around;
    this.id = id;
  }

  get name(): string {
    return this.#browser.name;
  }

  get view(): SessionView | undefined {
    return this.client?.snapshot.value.sessions[0];
  }

  async begin(store: LinkStore, kept: PageStore): Promise<void> {
    const { id: me, name } = this.#browser;
    const { network, signerOf } = this.#around;
    const hub: Hub = {
      signalling: 'open',
      session: (session, events) => {
        const identityOf = (peer: string) => signerOf(peer);
        const received = (entry: JournalEntry) => {
          this.received = entry.seq;
          events.received(entry);
        };
        const place = { me, store: this.#watched(store), network, identityOf };
        this.links = new PageLinks(place, session, { ...events, received });
        return this.links;
      },
      expect() {},
      letIn() {},
      close: () => this.die(),
    };
    const made = createPageClient({
      relay: new ModelRelay(this, this.#around, me),
      page: this.id,
      id: me,
      me: name,
      desk: { name: 'Acme', url: 'https://acme.example' },
      modes: ['single'],
      hub,
      signer: signerOf(me),
      store: kept,
      fileWorker: () => {
        throw new Error('no files here');
      },
    });
    void made.then((client) => {
      this.client = client;
    });
    await settled();
  }

  die(): void {
    this.dead = true;
    if (this.links) this.#around.network.detach(this.links);
    this.#around.relay.closed(this.id);
  }

  /** A command of a view. It may wait for the relay. */
  does(command: Command): void {
    void this.client?.send(command);
  }

  /** A dead page reads and writes nothing any more, and one whose fuse burns dies at a write. */
  reaches<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]): unknown => {
          if (this.dead) return never();
          const writes = /^(put|post|receive|acknowledge|meet|trust|add|drop|forget)/.test(String(name));
          if (!writes || this.fuse === undefined) return method.apply(target, given);
          this.fuse -= 1;
          if (this.fuse > 0) return method.apply(target, given);
          this.die();
          return never();
        };
      },
    });
  }

  #watched(store: LinkStore): LinkStore {
    return {
      ...{ open: store.open, receive: store.receive, acknowledge: store.acknowledge, meet: store.meet },
      ...{ trust: store.trust, forgetOlder: store.forgetOlder },
      forget: async (session) => {
        await store.forget(session);
        this.#around.forgot(this.#browser.id);
      },
      post: async (session, from, text, to) => {
        const posted = await store.post(session, from, text, to);
        this.#around.posted(from, text, to);
        return posted;
      },
    };
  }
}

/** The relay's HTTP interface for one page of a model: each call a request under way, answered by the pure rules. */
class ModelRelay extends RelayClient {
  readonly #page: Page;
  readonly #around: Surroundings;
  readonly #relay: Relay;
  readonly #me: string;

  constructor(page: Page, around: Surroundings, me: string) {
    super('model');
    this.#page = page;
    this.#around = around;
    this.#relay = around.relay;
    this.#me = me;
  }

  #ask(ask: Ask): Promise<Roster> {
    return this.#answered(ask, (record) => this.#relay.rosterFor(record, this.#me));
  }

  async #answered<T>(ask: Ask, answer: (record: SessionRecord) => T): Promise<T> {
    if (this.#page.dead) return never();
    const value = await this.#relay.ask(this.#me, ask, answer);
    return this.#page.dead ? never() : value;
  }

  get #taker(): Taker {
    return { id: this.#me, agent: this.#me, name: this.#page.name };
  }

  override assist = (_: unknown, signingKey: string) =>
    this.#ask((record, now) => rules.assist(record, { ...this.#taker, signingKey }, now, LIMITS));
  override control = (_: string, control: Control) =>
    this.#ask((record, now) => rules.control(record, this.#me, this.#around.checked(record, control), now, LIMITS));
  override leave = (_: string) => this.#ask((record, now) => rules.leave(record, this.#me, now, LIMITS));
  override end = (_: string, epoch: number) =>
    this.#ask((record, now) => rules.end(record, { id: this.#me, epoch }, now));
  override remove = (_: string, who: string, epoch: number) =>
    this.#ask((record) => rules.remove(record, { id: this.#me, epoch }, who));
  override offer = (_: string, { control, to, message, notes }: OfferRequest) =>
    this.#answered(
      (record, now) => {
        const agents = to.is === 'agents' ? to.agents.map((id) => ({ id, name: id })) : [];
        const given = { id: this.#relay.offerId(), by: this.#taker, to: { is: 'agents' as const, agents } };
        const checked = this.#around.checked(record, control);
        return offers.offer(record, { ...given, checked, message, notes }, now, LIMITS);
      },
      (record) => {
        if (!record.offer) throw new HulplijnError('conflict');
        const customers = customerNames(record);
        return offerFor(record.offer, { session: record.id, customers, agent: this.#me });
      },
    );
  override accept = (offer: string, signingKey: string) =>
    this.#ask((record, now) =>
      offers.accept(record, offer, { ...this.#taker, signingKey }, named(record), now, LIMITS),
    );
  override takeBack = (offer: string, signingKey: string) =>
    this.#ask((record, now) => offers.takeBack(record, offer, { ...this.#taker, signingKey }, now, LIMITS));
  override declineOffer = (offer: string) =>
    this.#ask((record, now) =>
      offers.decline(record, offer, this.#me, { all: named(record), available: [] }, now, LIMITS),
    );

  override gone(page: string): void {
    this.#relay.gone(this.#me, page);
  }

  override async *events(page: string, signal: AbortSignal): AsyncGenerator<RelayEvent> {
    if (this.#page.dead) await never();
    const stream = this.#relay.open(this.#me, page);
    while (!signal.aborted) yield await this.#relay.next(stream);
  }
}
