import { openOffer } from '../../relay/offer-record.ts';
import { participantIn, primaryOf } from '../../relay/session-change.ts';
import { startSession } from '../../relay/session-record.ts';
import * as rules from '../../relay/sessions.ts';
import { controlBytes } from '../../shared/client/check-controls.ts';
import type { Signer } from '../../shared/client/trust.ts';
import type { Command, SessionView } from '../../shared/session/view.ts';
import type { Seeded } from '../support/random.ts';
import { Network } from './network.ts';
import { Browser, type Surroundings } from './page.ts';
import { LIMITS, Relay } from './relay.ts';
import { Notary } from './signer.ts';
import { settled, Time } from './time.ts';
import { Watch } from './watch.ts';

const SESSION = 'e'.repeat(32);
const NUMBER = '4182057730';
/** Ids are hexadecimal: `A` is a…, `M` is 1…, `N` is 2…. */
const idOf = (letter: string) =>
  (letter < 'M' ? letter.toLowerCase() : String(letter.charCodeAt(0) - 'L'.charCodeAt(0))).repeat(32);

/** Who there is: agents `A`… of whom `A` starts, customers `M`… of whom `M` has joined. */
export interface Cast {
  agents: string[];
  customers: string[];
}

/** One step, as text: `hear A`, `link M<A`, `transfer A B`. Steps that are not possible (any more) do nothing. */
export type Step = string;

/** A session with all its pages, its relay and what is between them; changed by steps alone. */
export class World {
  readonly time: Time;
  readonly relay: Relay;
  readonly network = new Network();
  readonly browsers = new Map<string, Browser>();
  readonly watch: Watch;
  readonly #notary = new Notary();
  readonly #signers = new Map<string, Signer>();
  readonly #uninstall: () => void;

  private constructor(cast: Cast, key: CryptoKey, chance: Seeded) {
    this.time = new Time(chance);
    this.#uninstall = this.time.install();
    const [first = 'A'] = cast.agents;
    const start = {
      id: SESSION,
      number: NUMBER,
      mode: 'single',
      device: idOf(first),
      agent: first,
      name: first,
    } as const;
    this.relay = new Relay(startSession(start, this.time.now));
    this.watch = new Watch(this);
    const around: Surroundings = {
      relay: this.relay,
      network: this.network,
      key,
      signerOf: (id) => this.signerOf(id),
      posted: (from, text, to) => this.watch.posted(from, text, to),
      forgot: (id) => this.watch.forgot(this.nameOf(id)),
    };
    for (const letter of [...cast.agents, ...cast.customers]) {
      this.browsers.set(letter, new Browser(idOf(letter), letter, around));
    }
  }

  /** The first agent and the first customer are in, and linked; the others are still to come. */
  static async open(cast: Cast, key: CryptoKey, chance: Seeded): Promise<World> {
    const world = new World(cast, key, chance);
    await world.do(`open ${cast.agents[0]}`);
    await world.do(`join ${cast.customers[0]}`);
    await world.calm();
    return world;
  }

  /** What its pages still do as they go, they do in its own time, and not in that of the next. */
  async close(): Promise<void> {
    for (const one of this.browsers.values()) one.crash();
    await settled();
    this.#uninstall();
  }

  browser(letter: string): Browser {
    const found = this.browsers.get(letter);
    if (!found) throw new Error(`nobody is called ${letter}`);
    return found;
  }

  nameOf(id: string): string {
    return [...this.browsers].find(([, one]) => one.id === id)?.[0] ?? id;
  }

  signerOf(id: string): Signer {
    const found = this.#signers.get(id) ?? this.#notary.signer(id);
    this.#signers.set(id, found);
    return found;
  }

  isCustomer(letter: string): boolean {
    return letter >= 'M';
  }

  isIn(letter: string): boolean {
    return participantIn(this.relay.record, this.browser(letter).id) !== undefined;
  }

  get offered(): boolean {
    return openOffer(this.relay.record) !== undefined;
  }

  viewOf(letter: string): SessionView | undefined {
    return this.browser(letter).page?.view;
  }

  // --- steps ----------------------------------------------------------------------------------------------------------

  async do(step: Step): Promise<void> {
    const [verb = '', one = '', other = ''] = step.split(/[ <]/);
    this.watch.before(step);
    this.time.now += 1;
    await this.#do(verb, one, other);
    await settled();
    this.#burn();
    this.watch.after(step);
  }

  /** Everything under way arrives, and everybody is linked, until nothing is left. */
  async calm(): Promise<void> {
    for (let rounds = 0; rounds < 2_000; rounds += 1) {
      const [next] = this.due();
      if (!next) return;
      await this.do(next);
    }
    throw new Error(`it never comes to rest: ${this.due().join(', ')}`);
  }

  /** What is under way, each by the step that brings it on, and what there is to connect. */
  due(): Step[] {
    const { relay, network } = this;
    const pages = [...this.browsers];
    return [
      ...relay.requests.map(({ answer }, at) => (answer ? `answer ${at}` : `arrive ${at}`)),
      ...relay.streams.flatMap((one) => (one.broken ? [`miss ${this.nameOf(one.id)}`] : [])),
      ...relay.streams.flatMap((one) => (relay.news(one) ? [`hear ${this.nameOf(one.id)}`] : [])),
      ...pages.flatMap(([letter, { page }]) =>
        (page?.links?.senders ?? []).map((id) => `link ${letter}<${this.nameOf(id)}`),
      ),
      ...network.pairs(false).map(([a, b]) => `connect ${this.nameOf(a)} ${this.nameOf(b)}`),
    ];
  }

  async #do(verb: string, one: string, other: string): Promise<void> {
    const { relay, network } = this;
    const about = this.browsers.get(one);
    const id = (letter: string) => this.browser(letter).id;
    switch (verb) {
      case 'open':
        return about?.page ? undefined : about?.open();
      case 'crash':
        return about?.crash();
      case 'close':
        return about?.close();
      case 'fuse':
        if (about?.page) about.page.fuse = Number(other);
        return;
      case 'join':
        return this.#join(one);
      case 'link':
        return void about?.page?.links?.arrive(id(other)); // a page that dies on it never comes back
      case 'connect':
        return network.connect(id(one), id(other));
      case 'cut':
        return network.cut(id(one), id(other));
      case 'time':
        await this.time.pass(Number(one) * 1000);
        return relay.sweep();
      case 'relay':
        if (one === 'dies' && relay.up) return relay.dies();
        if (one === 'begins' && !relay.up) return relay.begins();
        return;
      case 'hear':
      case 'snap':
      case 'break':
      case 'miss':
        return this.#stream(verb, id(one));
      case 'arrive':
      case 'again':
      case 'lose':
      case 'answer':
        return this.#request(verb, Number(one));
      case 'forge':
        return this.#forge(one, other);
      default: {
        const command = this.#command(verb, one, other);
        if (command) about?.page?.does(command);
      }
    }
  }

  async #join(letter: string): Promise<void> {
    const browser = this.browser(letter);
    if (!this.relay.up || this.isIn(letter) || this.relay.record.phase === 'ended') return;
    if (browser.stored) this.watch.returned.add(letter);
    if (this.isCustomer(letter)) {
      const { epoch } = this.relay.record;
      const by = primaryOf(this.relay.record)?.id;
      if (!by) return; // nobody is there to invite
      const invitation = `${browser.id.slice(0, 28)}${String(this.watch.steps).padStart(4, '0').slice(-4)}`;
      this.relay.change((record) => rules.invite(record, { id: by, epoch }, { id: invitation, guest: 'customer' }));
      const use = { invitation, id: browser.id, name: letter, elsewhere: SESSION };
      this.relay.change((record, now) => rules.useInvitation(record, use, now, LIMITS));
      this.relay.settle(browser.id);
    }
    if (!browser.page) await browser.open();
    const { view } = browser.page ?? {};
    if (view && !view.ended) return; // it is in, as far as it knows
    if (!this.isCustomer(letter)) browser.page?.does({ type: 'assist', entry: NUMBER });
  }

  #stream(verb: 'hear' | 'snap' | 'break' | 'miss', id: string): void {
    const { relay } = this;
    const stream = relay.streams.find((one) => one.id === id);
    if (!stream) return;
    if (verb === 'hear' && relay.news(stream)) relay.tell(stream);
    if (verb === 'snap' && !stream.broken) relay.snap(stream);
    if (verb === 'break') relay.breaks(stream);
    if (verb === 'miss' && stream.broken) relay.miss(stream);
  }

  #request(verb: 'arrive' | 'again' | 'lose' | 'answer', at: number): void {
    const { relay } = this;
    const request = relay.requests[at];
    if (!request) return;
    if (verb === 'lose') relay.lose(request);
    else if (!relay.up) return;
    else if (verb === 'answer' && request.answer) relay.answer(request);
    else if (verb === 'arrive' ? !request.answer : request.answer) relay.arrive(request);
  }

  #command(verb: string, one: string, other: string): Command | undefined {
    // Who has a dialog open that waits for the relay presses nothing else.
    const waits = this.relay.requests.some(({ from }) => from === this.browsers.get(one)?.id);
    if (waits && /^(offer|transfer|remove|end|leave|back|accept)$/.test(verb)) return undefined;
    const answers = { accept: 'accept offer', decline: 'decline offer', back: 'take back' } as const;
    const [, answer] = Object.entries(answers).find(([name]) => name === verb) ?? [];
    if (answer) return { type: answer, offer: this.relay.record.offer?.id ?? '' }; // in the session or not
    const view = this.viewOf(one);
    if (!view) return undefined;
    const { activities } = view;
    const to = this.browsers.get(other)?.id ?? '';
    const session = SESSION;
    switch (verb) {
      case 'say':
        return { type: 'say', session, text: `line ${this.watch.steps}`, ...(to && { to }) };
      case 'transfer':
        return { type: 'transfer control', session, to, note: `note ${this.watch.steps}` };
      case 'offer': {
        const agents = [...this.browsers.keys()].filter((letter) => !this.isCustomer(letter) && letter !== one);
        const ids = agents.map((letter) => this.browser(letter).id);
        return { type: 'transfer session', session, to: { is: 'agents', agents: ids } };
      }
      case 'ask':
        return { type: 'takeover.ask', session };
      case 'yes':
      case 'no': {
        const asked = activities.takeover.asked?.id;
        if (!asked) return undefined;
        return verb === 'yes'
          ? { type: 'take over', session, id: asked }
          : { type: 'takeover.refuse', session, id: asked };
      }
      case 'view':
        return { type: 'screen.ask', session, of: to };
      case 'share':
        void this.browser(one).page?.client?.media(session)?.screen.share();
        return undefined;
      case 'stop':
        return { type: 'screen.stop', session };
      case 'refuse': {
        const asked = activities.screen.asked?.id;
        return asked ? { type: 'screen.refuse', session, id: asked, why: 'refused' } : undefined;
      }
      case 'help':
        return { type: 'help', session, participant: to };
      case 'remove':
        return { type: 'remove', session, participant: to };
      case 'leave':
        return { type: 'leave', session };
      case 'end':
        return { type: 'end', session };
      default:
        throw new Error(`no such step: ${verb}`);
    }
  }

  /** An agent who is not in charge says to all what only the primary may, by a page that does what it likes. */
  async #forge(letter: string, what: string): Promise<void> {
    const { links } = this.browser(letter).page ?? {};
    const { record } = this.relay;
    const { id: me } = this.browser(letter);
    const others = record.participants.filter((one) => one.id !== me);
    const [victim] = others.filter(({ role }) => role === 'customer');
    if (!links || !victim || !this.isIn(letter) || this.isCustomer(letter) || !this.watch.mayForge(letter)) return;
    const { epoch } = record;
    const control = {
      epoch: epoch + 1,
      why: 'handed over' as const,
      by: me,
      to: me,
      key: this.signerOf(me).signingKey,
    };
    const signature = await this.signerOf(me).sign(controlBytes(SESSION, control));
    const primary = this.watch.ledger(epoch) ?? '';
    if (what === 'name' && !this.watch.allKnow(primary, letter)) return; // a newcomer has the relay's word alone
    const said: Record<string, object> = {
      ended: { type: 'ended', epoch },
      removed: { type: 'removed', epoch, who: victim.id, joinedAt: victim.joinedAt },
      helping: { type: 'helping', epoch, who: victim.id },
      control: { type: 'control', controls: [{ ...control, signature }] },
      name: { type: 'control', controls: [{ ...control, by: primary, signature }] }, // as if the primary had signed
    };
    this.watch.forgers.add(letter);
    const post = links.post(
      JSON.stringify({ v: 1, ...said[what] }),
      others.map(({ id }) => id),
    );
    void post.catch(() => undefined); // its session may be over
  }

  /** Whose fuse was lit and did not burn out, crashes now. */
  #burn(): void {
    for (const browser of this.browsers.values()) {
      const { page } = browser;
      if (page?.dead) browser.crash();
    }
  }
}
