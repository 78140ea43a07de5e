import { hear } from '../../shared/client/spoken.ts';
import type { Message } from '../../shared/session/message.ts';
import { parseMessage } from '../../shared/session/message.ts';
import type { SessionView } from '../../shared/session/view.ts';
import type { Page } from './page.ts';
import type { Step, World } from './world.ts';

/** What must not be, was. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

interface Refusal {
  letter: string;
  page: Page;
  received: number;
  what: string;
}

interface Posted {
  step: number;
  /** The relay's. */
  epoch: number;
  from: string;
  to: readonly string[];
  message: Message;
  /** By participant whom every agent knew of: which stay of theirs it was. */
  stays: ReadonlyMap<string, number>;
}

/** Sees every step of a model, and says what must be so after each (TC6) and when all has come to rest. */
export class Watch {
  readonly #world: World;
  #posted: Posted[] = [];
  /** By participant: the last question of theirs whether they may take control. */
  readonly #asksControl = new Map<string, string>();
  /** Who said no to which question. */
  readonly #refusals: { id: string; from: string; to: readonly string[] }[] = [];
  /** By letter: the newest epoch that page has heard, over reloads. */
  readonly #heard = new Map<string, number>();
  #refuses: Refusal | undefined;
  /** Whose pages do what they like: they are not looked at. */
  readonly forgers = new Set<string>();
  /** Who came in again. */
  readonly returned = new Set<string>();
  steps = 0;

  constructor(world: World) {
    this.#world = world;
  }

  posted(from: string, text: string, to: readonly string[]): void {
    const message = hear(text)?.message ?? parseMessage(text);
    if (message?.type === 'takeover.ask') this.#asksControl.set(from, message.id);
    if (message?.type === 'screen.refuse' || message?.type === 'takeover.refuse')
      this.#refusals.push({ id: message.id, from, to });
    if (message?.type !== 'chat.line') return;
    const stays = this.#knownToAll();
    const { epoch } = this.#world.relay.record;
    this.#posted.push({ step: this.steps, epoch, from, to, message, stays });
  }

  forgot(letter: string): void {
    this.#heard.delete(letter);
    // They had left: with it goes what they said and nobody had yet, and what was said to them.
    const { id } = this.#world.browser(letter);
    this.#posted = this.#posted
      .filter(({ from }) => from !== id)
      .map((one) => ({ ...one, stays: new Map([...one.stays].filter(([who]) => who !== id)) }));
  }

  /** A primary who has not heard of a newcomer yet passes nothing on to them. */
  #knownToAll(): ReadonlyMap<string, number> {
    const { record } = this.#world.relay;
    const agents = record.participants
      .filter(({ role }) => role !== 'customer')
      .map(({ id }) => this.#world.nameOf(id));
    const known = record.participants.filter(({ id, joinedAt }) =>
      agents.every((letter) => {
        const { roster } = this.#world.browser(letter).stored ?? {};
        return roster?.participants.some((one) => one.id === id && one.joinedAt === joinedAt);
      }),
    );
    return new Map(known.map(({ id, joinedAt }) => [id, joinedAt]));
  }

  before(step: Step): void {
    this.steps += 1;
    const [verb, letter = '', from = ''] = step.split(/[ <]/);
    this.#refuses = verb === 'link' ? this.#mustRefuse(letter, from) : undefined;
  }

  /** An act of management is about to arrive that counts no more there, by the epoch that page has heard (TC6). */
  #mustRefuse(letter: string, from: string): Refusal | undefined {
    const { page, id } = this.#world.browser(letter);
    const under = page?.links?.next(this.#world.browser(from).id);
    const view = page?.view;
    if (!page || under?.is !== 'kept' || !view || view.ended) return undefined;
    const message = parseMessage(under.text);
    if (!message || !('epoch' in message) || /^(chat|files)\./.test(message.type)) return undefined;
    const heard = this.heardBy(letter, view);
    const isOld = message.epoch < heard || this.#world.relay.ledger.get(heard) !== this.#world.browser(from).id;
    const what = `${message.type} of epoch ${message.epoch} by ${from}`;
    return isOld && id === view.you ? { letter, page, received: page.received, what } : undefined;
  }

  #hasRefused({ letter, page, received, what }: Refusal): void {
    if (page.dead || page.received === received) return;
    const { refused = [], waiting = [] } = this.#world.browser(letter).stored ?? {};
    // What waits for the relay's word on who is in charge is not obeyed (yet).
    if (![...refused, ...waiting].includes(page.received)) throw new Broken(`${letter} obeys ${what}`);
  }

  after(step: Step): void {
    const [verb, letter = ''] = step.split(/[ <]/);
    if (this.#refuses) this.#hasRefused(this.#refuses);
    if (verb === 'time' || verb === 'relay') for (const one of this.#world.browsers.keys()) this.#look(one);
    else if (this.#world.browsers.has(letter)) this.#look(letter);
    else if (verb === 'answer' || verb === 'lose') for (const one of this.#world.browsers.keys()) this.#look(one);
  }

  /** At most one primary, and the one that the relay's compare-and-set put in charge of the epoch heard of. */
  #look(letter: string): void {
    const view = this.#world.viewOf(letter);
    if (!view || view.ended || this.forgers.has(letter)) return;
    if (!view.participants.some(({ id }) => id === view.you)) return;
    const { ledger, record } = this.#world.relay;
    const heard = this.heardBy(letter, view);
    const before = this.#heard.get(letter) ?? 0;
    const inCharge = view.participants.filter(({ role }) => role === 'primary').map(({ id }) => this.#world.nameOf(id));
    const should = this.#world.nameOf(ledger.get(heard) ?? '');
    const who = `${letter}, who has heard epoch ${heard},`;
    if (heard > record.epoch) throw new Broken(`${who} is ahead of the relay, at ${record.epoch}`);
    if (heard < before) throw new Broken(`${who} had heard ${before}`);
    if (inCharge.some((one) => one !== should)) throw new Broken(`${who} sees ${inCharge} in charge, not ${should}`);
    this.#heard.set(letter, heard);
    if (heard === before) return;
    const { mine, others } = view.activities.screen;
    const runs = [...others, ...(mine ? [mine] : [])];
    if (before > 0 && runs.length > 0) throw new Broken(`${who} still sees shared what was before it`);
  }

  heardBy(letter: string, view: SessionView): number {
    const anchor = this.#world.browser(letter).stored?.anchor.epoch ?? 1;
    const noted = view.chat.items.flatMap(({ id }) => /^note epoch (\d+)$/.exec(id)?.[1] ?? []).map(Number);
    return Math.max(anchor, ...noted);
  }

  /** Whether everybody else here knows by now that it is not in charge: what it says then must count nowhere. */
  mayForge(letter: string): boolean {
    const { epoch } = this.#world.relay.record;
    const { ledger } = this.#world.relay;
    if (ledger.get(epoch) === this.#world.browser(letter).id) return false;
    return [...this.#world.browsers.keys()].every(
      (one) => one === letter || !this.#world.isIn(one) || this.#heard.get(one) === epoch,
    );
  }

  ledger(epoch: number): string | undefined {
    return this.#world.relay.ledger.get(epoch);
  }

  /** Whether everybody here but `letter` has had that one's key on a link. */
  allKnow(id: string, letter: string): boolean {
    return [...this.#world.browsers].every(
      ([one, browser]) =>
        one === letter || !this.#world.isIn(one) || browser.id === id || browser.stored?.keys[id] !== undefined,
    );
  }

  /** When all has come to rest: everybody who is in has heard the newest, agrees, and has been shown all that was said. */
  rest(): void {
    const { record, ledger } = this.#world.relay;
    if (record.phase === 'ended') return;
    const views = [...this.#world.browsers.keys()].flatMap((letter) => {
      const view = this.#world.viewOf(letter);
      const counts = view && !view.ended && this.#world.isIn(letter) && !this.forgers.has(letter);
      return counts ? [{ letter, view }] : [];
    });
    for (const { letter, view } of views) {
      const heard = this.heardBy(letter, view);
      if (heard !== record.epoch) throw new Broken(`${letter} has heard epoch ${heard} of ${record.epoch}`);
      const inCharge = view.participants.filter(({ role }) => role === 'primary').map(({ id }) => id);
      const should = record.participants.filter(({ role }) => role === 'primary').map(({ id }) => id);
      if (inCharge.join() !== should.join() || (should[0] ?? '') !== (ledger.get(heard) ?? ''))
        throw new Broken(`${letter} sees ${inCharge.map((id) => this.#world.nameOf(id))} in charge`);
      if (this.#isLed) this.#shown(letter, view);
      this.#answered(letter, view);
    }
    // What somebody stopped is shown to nobody. (Not everybody who came later knows of what is on, SH2; and whoever left
    // before that word had arrived, and came in again, hears of the beginning but not of the end: it has no picture.)
    for (const { letter, view } of views) {
      // Not yet: what was under way to who left, or was removed, reaches them when they come again; its end may not.
      if (this.returned.has(letter)) continue;
      for (const { id, by } of view.activities.screen.others) {
        const whose = views.find((one) => one.view.you === by.id);
        if (whose && whose.view.activities.screen.mine?.id !== id)
          throw new Broken(`${letter} is still shown what ${whose.letter} has stopped`);
      }
    }
  }

  /** Nobody still waits for an answer that was no. */
  #answered(letter: string, { you, activities }: SessionView): void {
    for (const { id, from, to } of this.#refusals) {
      if (!to.includes(you)) continue;
      const screen = activities.screen.asks.find((ask) => ask.id === id && ask.of.id === from)?.until ?? null;
      const name = this.#world.nameOf(from);
      const mine = this.#asksControl.get(you) === id ? activities.takeover.mine : null;
      const control = mine?.of.find((ask) => ask.name === name)?.until ?? null;
      if (screen !== null || control !== null) throw new Broken(`${letter} still waits for ${name}, who said no`);
    }
  }

  #wasOffered(since: number): boolean {
    return [...this.#world.relay.ledger].some(([epoch, to]) => epoch >= since && to === undefined);
  }

  /** Somebody is in charge whose page does what it should. */
  get #isLed(): boolean {
    const { record, ledger } = this.#world.relay;
    const primary = ledger.get(record.epoch);
    const letter = this.#world.nameOf(primary ?? '');
    if (primary === undefined || this.forgers.has(letter)) return false;
    const view = this.#world.viewOf(letter);
    if (view?.ended) throw new Broken(`${letter} is in charge, and their page is out: ${view.ended.why}`);
    return view !== undefined && this.#world.isIn(letter);
  }

  /** What was posted to it, by those who are still in, is shown. */
  #shown(letter: string, view: SessionView): void {
    const { record } = this.#world.relay;
    const stay = (id: string) => record.participants.find((one) => one.id === id)?.joinedAt;
    const shown = new Set(view.chat.items.map(({ id }) => id));
    const said = new Set<string>();
    for (const { step, from, to, message, stays, epoch } of this.#posted) {
      if (message.type !== 'chat.line') continue;
      const { line } = message;
      const writer = line.writer;
      const isFirst = !said.has(line.id); // said again to who came into charge, it is nothing new for who came meanwhile
      said.add(line.id);
      const both = [view.you, from, writer].every((id) => stay(id) !== undefined && stays.get(id) === stay(id));
      const isGone = this.#world.viewOf(this.#world.nameOf(writer))?.ended !== undefined;
      if (!both || isGone || this.forgers.has(this.#world.nameOf(from))) continue;
      // A customer's line to all reaches other customers by way of the primary.
      const all =
        line.to === undefined && this.#world.isCustomer(this.#world.nameOf(writer)) && this.#world.isCustomer(letter);
      // Not yet: what a primary had stored for longer than a minute, and still had to pass on when it gave the session up,
      // reaches no other customer. (A forger's page obeys itself, and so may pass on nothing.)
      if (all && (this.#wasOffered(epoch) || this.forgers.size > 0)) continue;
      const isFor = to.includes(view.you) || (all && writer === from && isFirst);
      if (isFor && !shown.has(line.id)) {
        throw new Broken(`${letter} was never shown what ${this.#world.nameOf(writer)} said at step ${step}`);
      }
    }
  }
}
