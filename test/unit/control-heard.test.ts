import { beforeAll, expect, test } from 'vitest';
import { Judge } from '../../shared/client/judge.ts';
import { SessionControl } from '../../shared/client/session-control.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import type { Roster } from '../../shared/protocol/relay-api.ts';
import { type Message, writeMessage } from '../../shared/session/message.ts';
import { applyRoster, openSession, reduce, type SessionState } from '../../shared/session/session.ts';
import { id, person, rosterOf } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;
const ann = person(ANN, 'primary', 'Ann');
const bob = person(BOB, 'assistant', 'Bob');
const mia = person(MIA, 'customer', 'Mia');
const piet = person(PIET, 'customer', 'Piet');
const PEOPLE = [ann, bob, mia, piet];
beforeAll(() => giveKeys([ANN, BOB, MIA, PIET]));

/** A page that is linked with `linked`, as far as it judges what it hears. */
class Page {
  state: SessionState;
  readonly links = new Map<string, LinkStatus>();
  readonly posted: { message: Message; to: readonly string[] }[] = [];
  readonly control: SessionControl;
  readonly judge: Judge;
  #seq = 0;

  constructor(roster: Roster, linked: readonly string[]) {
    this.state = openSession(roster, id('9'));
    for (const who of linked) {
      const them = { signingKey: signer(who).signingKey, fingerprints: [] };
      this.links.set(who, { state: 'live', since: 0, assurance: 'proven', them });
    }
    const host = sessionHost({
      roster,
      state: () => this.state,
      post: async (message, to) => {
        this.posted.push({ message, to });
        this.state = reduce(this.state, roster.you, message, 1);
      },
      save: async () => undefined,
    });
    this.control = new SessionControl(host, this.links);
    this.judge = new Judge(host, this.links, this.control);
  }

  async hears(from: string, message: Message): Promise<void> {
    await this.#judged({ seq: ++this.#seq, from, text: writeMessage(message), at: 1 });
  }

  async #judged(entry: Parameters<Judge['judge']>[0]): Promise<void> {
    const heard = await this.judge.judge(entry);
    if (heard) this.state = reduce(this.state, heard.from, heard.message, 1);
  }

  /** The relay's roster, and what follows from it. */
  async told(more: Partial<Roster>): Promise<void> {
    const version = this.state.roster.version + 1;
    this.state = applyRoster(this.state, rosterOf(this.state.roster.you, PEOPLE, { ...more, version }), 3);
    await this.control.take(this.state.roster.controls);
    for (const held of this.judge.takeHeld()) await this.#judged(held);
  }
}

test('EN3 TC6 a customer cannot depose a primary who is here: over a link a take-over waits for the relay’s word', async () => {
  const page = new Page(rosterOf(ANN, PEOPLE), [BOB, MIA, PIET]);
  const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
  await page.hears(MIA, { v: 1, type: 'control', controls: [taken] });
  expect(page.state).toMatchObject({ epoch: 1, primary: ANN });
  await page.told({});
  expect(page.state).toMatchObject({ epoch: 1, primary: ANN });
  await page.told({ controls: [taken] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB });
});

test('EN3 what the new primary says before the relay’s word is heard is not lost', async () => {
  const page = new Page(rosterOf(ANN, PEOPLE), [BOB, MIA, PIET]);
  const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
  await page.hears(BOB, { v: 1, type: 'control', controls: [taken] });
  await page.hears(BOB, { v: 1, type: 'helping', epoch: 2, who: PIET });
  expect(page.state.helping).toBeUndefined();
  await page.told({ controls: [taken] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB, helping: { who: PIET } });
});

test('TC6 TS5 of a signer whose key a page never had it takes the relay’s word, nobody else’s', async () => {
  const offered = await record(ANN, MIA, 2, { why: 'offered' });
  const people = [bob, mia, piet];
  const page = new Page(rosterOf(PIET, people, { epoch: 2, controls: [offered] }), []);
  expect(page.state.keeper).toBe(MIA);
  const forged = await record(MIA, BOB, 3, { why: 'accepted' }, BOB);
  await page.hears(BOB, { v: 1, type: 'control', controls: [forged] });
  expect(page.state).toMatchObject({ epoch: 2, primary: undefined });
  const real = await record(MIA, BOB, 3, { why: 'accepted' });
  await page.told({ epoch: 3, controls: [offered, real] });
  expect(page.state).toMatchObject({ epoch: 3, primary: BOB });
});

test('TC6 TS5 a keeper puts nobody in charge of whom the relay has not said that they accepted', async () => {
  const offered = await record(ANN, MIA, 2, { why: 'offered' });
  const people = [bob, mia, piet];
  const open = { participants: people, epoch: 2, controls: [offered] };
  const offer = { id: id('7'), at: 0, nobody: false };
  const alone = await record(MIA, BOB, 3, { why: 'accepted' });
  const controls = [offered, alone];
  for (const [you, linked] of [
    [PIET, [BOB, MIA]],
    [BOB, [MIA, PIET]],
  ] as const) {
    const page = new Page(rosterOf(you, people, { ...open, offer }), linked);
    await page.hears(MIA, { v: 1, type: 'control', controls });
    await page.told({ ...open, offer });
    await page.told({ ...open, offer: { ...offer, acceptor: PIET } }); // whoever else
    expect(page.state).toMatchObject({ epoch: 2, primary: undefined, keeper: MIA });
    // Then it has: what was heard is in force at once.
    await page.told({ ...open, offer: { ...offer, acceptor: BOB } });
    expect(page.state).toMatchObject({ epoch: 3, primary: BOB });
  }
});

test('TC6 TS5 a customer who does not keep the session puts nobody in charge, until the relay says that they do', async () => {
  const offered = await record(ANN, MIA, 2, { why: 'offered' });
  const open = { participants: [bob, mia, piet], epoch: 2, controls: [offered] };
  const offer = { id: id('7'), at: 0, nobody: false, acceptor: BOB };
  const controls = [offered, await record(PIET, BOB, 3, { why: 'accepted' })];
  for (const [you, from] of [
    [BOB, PIET],
    [MIA, BOB],
  ] as const) {
    const page = new Page(rosterOf(you, PEOPLE, { ...open, offer }), [BOB, MIA, PIET]);
    await page.hears(from, { v: 1, type: 'control', controls });
    for (const keeper of [undefined, MIA]) {
      await page.told({ ...open, offer: { ...offer, ...(keeper && { keeper }) } });
      expect(page.state).toMatchObject({ epoch: 2, primary: undefined, keeper: MIA });
    }
    await page.told({ ...open, offer: { ...offer, keeper: PIET } });
    expect(page.state).toMatchObject({ epoch: 3, primary: BOB });
  }
});

test('TC6 TS5 a page that heard nothing of the offer waits for the relay’s word on who accepted it, and misses nothing', async () => {
  const offered = await record(ANN, MIA, 2, { why: 'offered' });
  const controls = [offered, await record(MIA, BOB, 3, { why: 'accepted' })];
  const page = new Page(rosterOf(PIET, PEOPLE), [ANN, BOB]);
  await page.hears(BOB, { v: 1, type: 'control', controls });
  await page.hears(BOB, { v: 1, type: 'helping', epoch: 3, who: PIET });
  expect(page.state).toMatchObject({ epoch: 1, primary: ANN });
  await page.told({ participants: [{ ...bob, role: 'primary' }, mia, piet], epoch: 3, controls });
  expect(page.state).toMatchObject({ epoch: 3, primary: BOB, helping: { who: PIET } });
});

test('EN3 who is still linked with the old primary follows once that one gives in', async () => {
  const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
  const piets = new Page(rosterOf(PIET, PEOPLE), [ANN, BOB]);
  await piets.told({ controls: [taken] });
  expect(piets.state).toMatchObject({ epoch: 1, primary: ANN });

  const anns = new Page(rosterOf(ANN, PEOPLE), [BOB, MIA, PIET]);
  await anns.told({ controls: [taken] });
  expect(anns.state).toMatchObject({ epoch: 2, primary: BOB });
  const [said] = anns.posted;
  expect(said?.to).toEqual([BOB, MIA, PIET]);
  if (said) await piets.hears(ANN, said.message);
  expect(piets.state).toMatchObject({ epoch: 2, primary: BOB });
});

test('EN3 PA1 a primary whom the relay has taken out is lost, also for who is still linked with them', async () => {
  const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
  const page = new Page(rosterOf(PIET, PEOPLE), [ANN, BOB]);
  await page.told({ controls: [taken], participants: [{ ...bob, role: 'primary' }, mia, piet] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB });
});
