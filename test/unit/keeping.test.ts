import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { inCall } from '../../shared/activities/call.ts';
import { nextLine } from '../../shared/activities/chat-lines.ts';
import { checkControls } from '../../shared/client/check-controls.ts';
import { Keeping } from '../../shared/client/keeping.ts';
import { SessionControl } from '../../shared/client/session-control.ts';
import type { SessionHost } from '../../shared/client/session-host.ts';
import type { JournalEntry, LinkStatus } from '../../shared/link/link.ts';
import { Turns } from '../../shared/link/turns.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import type { Participant, Roster } from '../../shared/protocol/relay-api.ts';
import { type Message, parseMessage, writeMessage } from '../../shared/session/message.ts';
import {
  applyRoster,
  openSession,
  permits,
  primaryOf,
  reduce,
  type SessionState,
} from '../../shared/session/session.ts';
import { id, person, rosterOf } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, CAS, MIA, PIET] = [id('a'), id('b'), id('c'), id('d'), id('f')] as const;
const EVERYBODY = [ANN, BOB, CAS, MIA, PIET];
const OFFER = { id: id('7'), at: 0, nobody: false };
const LINES = ['Hello', 'My printer', 'Is it on?'];

/** A page without links: what it posts is kept in a journal, from which it can be opened again. */
class Page {
  state: SessionState;
  readonly posted: { message: Message; to: readonly string[] }[] = [];
  readonly links = new Map<string, LinkStatus>();
  readonly turns = new Turns();
  /** What its links would say. */
  readonly unacknowledged: { peer: string; seq: number }[] = [];
  /** So many posts are stored before the page goes. */
  left = Number.POSITIVE_INFINITY;
  readonly #first: Roster;
  readonly #journal: { from: string; message: Message; at: number }[] = [];
  now = 1;

  constructor(roster: Roster) {
    this.#first = roster;
    this.state = openSession(roster, id('9'));
  }

  get host(): SessionHost {
    return sessionHost({
      roster: this.#first,
      state: () => this.state,
      inTurn: (work) => this.turns.run(work),
      post: async (message, to) => {
        if (this.left-- <= 0) throw new Error('the page is gone');
        this.posted.push({ message, to });
        this.takes(this.state.roster.you, message);
      },
      save: async () => undefined,
      changed: () => undefined,
      links: { journal: async () => ({ entries: this.written, unacknowledged: this.unacknowledged }) },
    });
  }

  get written(): JournalEntry[] {
    return this.#journal.map(({ from, message, at }, seq) => ({ seq, from, text: writeMessage(message), at }));
  }

  takes(from: string, message: Message, at = this.now++): void {
    const parsed = parseMessage(writeMessage(message));
    if (!parsed) throw new Error('not a message');
    this.#journal.push({ from, message: parsed, at });
    this.state = reduce(this.state, from, parsed, at);
  }

  /** Over a link: judged. */
  async hears(from: string, message: Message): Promise<boolean> {
    if (!permits(this.state, from, message)) return false;
    const known = { links: this.links, kept: {}, signer: this.host.signer };
    if (message.type === 'control') {
      const fresh = message.controls.filter(({ epoch }) => epoch > this.state.epoch);
      if ((await checkControls(this.state, known, message.controls)).length !== fresh.length) return false;
    }
    this.takes(from, message);
    return true;
  }

  told(participants: Participant[], more: Partial<Roster>): void {
    const roster = rosterOf(this.state.roster.you, participants, { ...more, version: this.state.roster.version + 1 });
    this.state = applyRoster(this.state, roster, Date.now());
  }

  isLinkedWith(who: string): void {
    const them = { signingKey: signer(who).signingKey, fingerprints: [] };
    this.links.set(who, { state: 'live', since: 0, assurance: 'not compared', them });
  }

  /** The same page after a reload: of its links it knows nothing. */
  reloaded(): Page {
    const again = new Page(this.#first);
    for (const { from, message, at } of this.#journal) again.takes(from, message, at);
    again.state = { ...again.state, roster: { ...this.state.roster } };
    return again;
  }
}

const ann = person(ANN, 'primary', 'Ann');
const bob = person(BOB, 'assistant', 'Bob');
const cas = person(CAS, 'assistant', 'Cas');
const mia = person(MIA, 'customer', 'Mia');
const piet = person(PIET, 'customer', 'Piet');
let offered: Control;

beforeAll(async () => {
  await giveKeys(EVERYBODY);
  offered = await record(ANN, MIA, 2, { why: 'offered' });
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Mia's page keeps the session: what was said, a file from Ann, and a call with Bob. */
function keeper(): Page {
  const page = new Page(rosterOf(MIA, [ann, bob, mia]));
  const say = (writer: string, name: string, text: string, to?: string) => {
    const line = nextLine(page.state.activities.chat.lines, { writer, name, to, text, at: page.now });
    page.takes(writer, { v: 1, type: 'chat.line', line: { ...line, signature: 'x' } });
  };
  say(MIA, 'Mia', 'Hello');
  say(MIA, 'Mia', 'My printer');
  say(ANN, 'Ann', 'for you alone', MIA);
  const file = { id: id('5'), number: 1, name: 'driver.zip', size: 7, mime: '' };
  page.takes(ANN, { v: 1, type: 'files.offer', ...file, to: MIA });
  page.takes(MIA, { v: 1, type: 'files.accept', id: file.id, page: id('9') });
  const sha256 = 'ab'.repeat(32);
  for (const who of [ANN, MIA]) page.takes(who, { v: 1, type: 'files.done', id: file.id, sha256 });
  page.takes(ANN, { v: 1, type: 'call.ring', epoch: 1, id: id('6'), of: [MIA] });
  for (const who of [ANN, BOB, MIA]) {
    const { now } = page.state.activities.call;
    if (now) page.takes(who, inCall(page.state, now, { mic: true, camera: false }));
  }
  say(ANN, 'Ann', 'Is it on?');
  page.now += 61_000;
  page.takes(ANN, { v: 1, type: 'control', controls: [offered] });
  page.told([bob, mia], { epoch: 2, controls: [offered], offer: OFFER });
  page.posted.length = 0;
  return page;
}

/** A relay that puts in force what names its acceptor, and answers with its roster; `down` while it does not answer. */
class Relay {
  acceptor: Participant | undefined;
  down = false;
  readonly asked: Control[] = [];
  readonly #page: Page;
  readonly keeping: Keeping;
  #answer: Promise<void> = Promise.resolve();

  constructor(page: Page) {
    this.#page = page;
    const tell = async (next: Control) => {
      this.asked.push(next);
      if (this.down) throw new HulplijnError('relay-unreachable');
      if (next.to !== this.acceptor?.id) throw new HulplijnError('forbidden');
      const controls = [offered, next];
      page.told([bob, { ...cas, role: 'assistant' }, mia], { epoch: 3, controls });
      await page.turns.run(async () => {
        page.takes(MIA, { v: 1, type: 'control', controls });
        await this.keeping.follow();
      });
    };
    const control = new SessionControl(page.host, page.links, new Map());
    this.keeping = new Keeping(page.host, page.links, control, (next) => {
      this.#answer = tell(next);
      return this.#answer;
    });
  }

  /** It says who has accepted. */
  async names(who: Participant): Promise<void> {
    this.acceptor = who;
    this.#page.told([bob, cas, mia], { epoch: 2, controls: [offered], offer: { ...OFFER, acceptor: who.id } });
    await this.follows();
  }

  async follows(): Promise<void> {
    await this.#page.turns.run(() => this.keeping.follow());
    await this.answers();
  }

  /** What the page does has been done, and what it asked of the relay is answered. */
  async answers(): Promise<void> {
    await this.#page.turns.run(() => undefined);
    await this.#answer.catch(() => undefined);
    await new Promise<void>((heard) => setImmediate(heard));
  }

  /** The page asks again. */
  async timePasses(): Promise<void> {
    await vi.advanceTimersByTimeAsync(2_000);
    await this.answers();
  }
}

const texts = (page: Page) => page.state.activities.chat.lines.shown.map(({ text }) => text);

describe('the page of the customer who keeps an offered session', () => {
  test('TS5 signs the acceptor whom the relay names once they are linked, and hands over what was kept', async () => {
    const page = keeper();
    const relay = new Relay(page);
    await relay.names(cas);
    expect(relay.asked).toEqual([]);
    page.isLinkedWith(BOB); // another
    await relay.follows();
    expect(relay.asked).toEqual([]);
    page.isLinkedWith(CAS);
    await relay.follows();
    expect(relay.asked).toMatchObject([{ epoch: 3, why: 'accepted', by: MIA, to: CAS, key: signer(CAS).signingKey }]);
    expect(primaryOf(page.state)?.id).toBe(CAS);
    expect(page.posted.map(({ message, to }) => [message.type, to])).toEqual(
      ['control', 'call.runs', 'chat.transcript', 'files.log'].map((type) => [type, [CAS]]),
    );
    await relay.follows();
    expect(page.posted).toHaveLength(4); // once

    // Cas came in while it was offered, and reads what was said and which files went; private lines go to nobody.
    const theirs = new Page(rosterOf(CAS, [bob, cas, mia], { epoch: 2, controls: [offered] }));
    theirs.isLinkedWith(MIA);
    for (const { message } of page.posted) expect(await theirs.hears(MIA, message), message.type).toBe(true);
    expect(primaryOf(theirs.state)?.id).toBe(CAS);
    expect(theirs.state.helping?.who).toBe(MIA);
    expect(texts(theirs)).toEqual(LINES);
    expect(theirs.state.activities.files.earlier).toMatchObject([
      { name: 'driver.zip', size: 7, from: 'Ann', to: 'Mia', received: true },
    ]);
    expect(theirs.state.activities.call.now?.members.map(({ who }) => who)).toEqual([BOB, MIA]);
  });

  test('TS5 what was said while nobody was in charge, or was under way to the sender, is said to who accepts, for the other customers too', async () => {
    const page = keeper();
    const relay = new Relay(page);
    const says = (text: string, at: number) => {
      const line = nextLine(page.state.activities.chat.lines, { writer: MIA, name: 'Mia', to: undefined, text, at });
      page.takes(MIA, { v: 1, type: 'chat.line', line: { ...line, signature: 'x' } });
    };
    says('Long under way', 5);
    page.unacknowledged.push({ peer: ANN, seq: page.written.length - 1 });
    says('One thing more', page.now - 30_000);
    says('Is anybody there?', page.now);
    page.isLinkedWith(CAS);
    await relay.names(cas);
    const again = page.posted.flatMap(({ message }) => (message.type === 'chat.line' ? [message.line.text] : []));
    expect(again).toEqual(['Long under way', 'One thing more', 'Is anybody there?']);
    const theirs = new Page(rosterOf(CAS, [bob, cas, mia], { epoch: 2, controls: [offered] }));
    theirs.isLinkedWith(MIA);
    for (const { message } of page.posted) await theirs.hears(MIA, message);
    expect(texts(theirs)).toEqual([...LINES, 'Long under way', 'One thing more', 'Is anybody there?']);
  });

  test('TS5 another customer’s page keeps it from when the relay says so: it alone signs, and hands over the same', async () => {
    const page = new Page(rosterOf(PIET, [ann, bob, mia, piet]));
    for (const text of LINES) {
      const line = nextLine(page.state.activities.chat.lines, {
        writer: ANN,
        name: 'Ann',
        to: undefined,
        text,
        at: page.now,
      });
      page.takes(ANN, { v: 1, type: 'chat.line', line: { ...line, signature: 'x' } });
    }
    page.takes(ANN, { v: 1, type: 'control', controls: [offered] });
    const signed: Control[] = [];
    const keeping = new Keeping(
      page.host,
      page.links,
      new SessionControl(page.host, page.links, new Map()),
      async (next) => {
        signed.push(next);
      },
    );
    page.isLinkedWith(CAS);
    const told = async (participants: Participant[], keeper: string) => {
      const offer = { ...OFFER, acceptor: CAS, keeper };
      page.told(participants, { epoch: 2, controls: [offered], offer });
      await page.turns.run(() => keeping.follow());
    };
    await told([bob, cas, mia, piet], MIA);
    expect(signed).toEqual([]);
    await told([bob, cas, piet], PIET);
    expect(signed).toMatchObject([{ epoch: 3, why: 'accepted', by: PIET, to: CAS }]);
    const controls = [offered, ...signed];
    page.told([bob, cas, piet], { epoch: 3, controls });
    page.takes(PIET, { v: 1, type: 'control', controls });
    await page.turns.run(() => keeping.follow());
    const theirs = new Page(rosterOf(CAS, [bob, cas, piet], { epoch: 2, controls: [offered] }));
    theirs.isLinkedWith(PIET);
    theirs.told([bob, cas, piet], { epoch: 2, controls: [offered], offer: { ...OFFER, acceptor: CAS, keeper: PIET } });
    for (const { message } of page.posted) expect(await theirs.hears(PIET, message), message.type).toBe(true);
    expect(primaryOf(theirs.state)?.id).toBe(CAS);
    expect(theirs.state.helping?.who).toBe(PIET);
    expect(texts(theirs)).toEqual(LINES);
  });

  test('TC6 TS5 signs another whom the relay names meanwhile; what was signed for the first is in force nowhere', async () => {
    const page = keeper();
    const relay = new Relay(page);
    page.isLinkedWith(CAS);
    page.isLinkedWith(BOB);
    relay.down = true;
    await relay.names(cas);
    expect(primaryOf(page.state)).toBeUndefined();
    relay.down = false;
    await relay.names(bob); // Cas was gone for too long
    await relay.timePasses();
    expect(relay.asked.map(({ to, epoch }) => [to, epoch])).toEqual([
      [CAS, 3],
      [BOB, 3],
    ]);
    expect(primaryOf(page.state)?.id).toBe(BOB);
    expect(page.posted.every(({ to }) => to.join() === BOB)).toBe(true);
  });

  test('RE1 TS5 a relay that does not answer is asked again, and a page that was loaded anew signs again', async () => {
    const page = keeper();
    const relay = new Relay(page);
    page.isLinkedWith(CAS);
    relay.down = true;
    await relay.names(cas);
    await relay.timePasses();
    expect(relay.asked).toHaveLength(2);
    expect(page.posted).toEqual([]);

    const again = page.reloaded();
    const back = new Relay(again);
    await back.names(cas);
    expect(back.asked).toEqual([]); // not linked yet
    again.isLinkedWith(CAS);
    await back.follows();
    expect(primaryOf(again.state)?.id).toBe(CAS);
    expect(again.posted).toHaveLength(4);
  });

  test('RE1 TS5 a page that goes in the middle of handing over does it again, and nothing is doubled', async () => {
    const page = keeper();
    const relay = new Relay(page);
    page.isLinkedWith(CAS);
    page.left = 3; // the record, the call, the transcript
    await relay.names(cas);
    expect(page.posted).toHaveLength(3);
    const again = page.reloaded();
    const back = new Relay(again);
    await back.follows();
    expect(again.posted.map(({ message }) => message.type)).toContain('files.log');
    const theirs = new Page(rosterOf(CAS, [bob, cas, mia], { epoch: 2, controls: [offered] }));
    theirs.isLinkedWith(MIA);
    for (const { message } of [...page.posted, ...again.posted]) await theirs.hears(MIA, message);
    expect(texts(theirs)).toEqual(LINES);
    expect(theirs.state.activities.files.earlier).toHaveLength(1);
  });
});
