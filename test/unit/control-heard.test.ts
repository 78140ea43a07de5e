import { beforeAll, expect, test } from 'vitest';
import { Judge } from '../../shared/client/judge.ts';
import { SessionControl } from '../../shared/client/session-control.ts';
import { trustIn } from '../../shared/client/trust.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import type { Roster } from '../../shared/protocol/relay-api.ts';
import { type Message, writeMessage } from '../../shared/session/message.ts';
import { applyRoster, openSession, reduce, type SessionState } from '../../shared/session/session.ts';
import { id, person, rosterOf } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, MIA, PIET, CAS] = [id('a'), id('b'), id('c'), id('d'), id('e')] as const;
const ann = person(ANN, 'primary', 'Ann');
const bob = person(BOB, 'assistant', 'Bob');
const mia = person(MIA, 'customer', 'Mia');
const piet = person(PIET, 'customer', 'Piet');
const PEOPLE = [ann, bob, mia, piet];
const cas = person(CAS, 'assistant', 'Cas');
beforeAll(() => giveKeys([ANN, BOB, MIA, PIET, CAS]));

/** A page that is linked with `linked`, as far as it judges what it hears. */
class Page {
  state: SessionState;
  readonly links = new Map<string, LinkStatus>();
  readonly posted: { message: Message; to: readonly string[] }[] = [];
  readonly control: SessionControl;
  readonly kept: Readonly<Record<string, string>>;
  readonly judge: Judge;
  readonly refused: () => number;
  saves = 0;
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
      save: async () => {
        this.saves += 1;
      },
    });
    this.kept = host.stored.keys;
    this.refused = () => host.stored.refused.length;
    this.control = new SessionControl(host, this.links, new Map());
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
  const page = new Page(rosterOf(PIET, PEOPLE), [ANN, BOB, MIA]);
  await page.told({ controls: [taken], participants: [{ ...bob, role: 'primary' }, mia, piet] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB });
});

test('EN3 TC6 a relay alone makes nobody lost: of a customer nobody knows, the heir’s known link must say so too', async () => {
  const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
  const without = { controls: [taken], participants: [{ ...bob, role: 'primary' as const }, mia, piet] };
  const message: Message = { v: 1, type: 'control', controls: [taken] };
  for (const [linked, follows] of [
    [[ANN, BOB], true],
    [[ANN], false], // of an heir whom nobody has introduced either
  ] as const) {
    const page = new Page(rosterOf(PIET, PEOPLE), linked);
    await page.told(without);
    expect(page.state).toMatchObject({ epoch: 1, primary: ANN });
    await page.hears(BOB, message);
    await page.told(without);
    expect(page.state).toMatchObject(follows ? { epoch: 2, primary: BOB } : { epoch: 1, primary: ANN });
  }
});

test('TC2 TC6 of two records of one epoch the relay’s is in force, also for whom a link had brought the other', async () => {
  const people = [...PEOPLE, cas];
  const page = new Page(rosterOf(MIA, people), [ANN, BOB, CAS]);
  const aside = [await record(ANN, CAS, 2), await record(CAS, ANN, 3)];
  for (const one of aside) await page.hears(ANN, { v: 1, type: 'control', controls: [one] });
  expect(page.state).toMatchObject({ epoch: 3, primary: ANN });
  const inForce = [await record(ANN, BOB, 2)];
  await page.told({ participants: people, epoch: 2, controls: inForce });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB });
  const about = ({ notes }: SessionState) => notes.map(({ what, who, to }) => [what, who, to]);
  expect(about(page.state)).toEqual([['handed over', ANN, BOB]]);
  // The same signed once more is the same; what does not hold takes nothing's place.
  await page.told({ participants: people, epoch: 2, controls: [await record(ANN, BOB, 2)] });
  await page.told({ participants: people, epoch: 2, controls: [await record(ANN, CAS, 2, {}, CAS)] });
  expect(page.posted.filter(({ message }) => message.type === 'control')).toHaveLength(1);
  await page.hears(BOB, { v: 1, type: 'control', controls: [...inForce, await record(BOB, CAS, 3)] });
  expect(page.state).toMatchObject({ epoch: 3, primary: CAS });
});

test('TC6 RE1 under which key somebody is linked is kept at once', async () => {
  const page = new Page(rosterOf(MIA, PEOPLE), [ANN]);
  const [link] = page.links.values();
  for (let times = 0; link && times < 2; times += 1) await page.control.linked(ANN, link);
  expect(page.saves).toBe(1);
  expect(page.kept).toEqual({ [ANN]: signer(ANN).signingKey });
});

test('TC6 EN3 what one of them can never prove keeps nothing out that others say', async () => {
  const page = new Page(rosterOf(PIET, PEOPLE), [ANN, BOB, MIA]);
  for (let epoch = 3; epoch < 53; epoch += 1)
    await page.hears(MIA, {
      v: 1,
      type: 'control',
      controls: [await record(MIA, BOB, epoch, { why: 'primary lost' })],
    });
  const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
  await page.hears(BOB, { v: 1, type: 'control', controls: [taken] });
  await page.hears(BOB, { v: 1, type: 'helping', epoch: 2, who: PIET });
  await page.told({ controls: [taken], participants: [{ ...bob, role: 'primary' }, mia, piet] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB, helping: { who: PIET } });
  expect(page.refused()).toBeGreaterThanOrEqual(42);
});

test('TC6 nobody hands over to themselves', async () => {
  const page = new Page(rosterOf(MIA, PEOPLE), [ANN, BOB]);
  await page.hears(ANN, { v: 1, type: 'control', controls: [await record(ANN, ANN, 2)] });
  expect(page.state).toMatchObject({ epoch: 1, primary: ANN });
});

test('TC6 the key in a record that was followed is its heir’s from then on, whatever the relay says', async () => {
  const page = new Page(rosterOf(PIET, PEOPLE), [ANN]);
  const first = await record(ANN, BOB, 2);
  await page.told({ epoch: 2, controls: [first] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB });
  const forged = await record(BOB, ANN, 3, {}, MIA);
  await page.told({ epoch: 3, controls: [first, forged] });
  expect(page.state).toMatchObject({ epoch: 2, primary: BOB });
  const named = { ...bob, role: 'primary' as const, signingKey: signer(MIA).signingKey };
  const trust = await trustIn(page.state, page.links, named, async () => undefined);
  expect(trust).toMatchObject({ named: signer(BOB).signingKey });
});
