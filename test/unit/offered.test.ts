import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { inCall } from '../../shared/activities/call.ts';
import { checkControls } from '../../shared/client/check-controls.ts';
import { shownWhat } from '../../shared/client/show.ts';
import { trustIn } from '../../shared/client/trust.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import type { Control } from '../../shared/protocol/control.ts';
import type { Message } from '../../shared/session/message.ts';
import {
  anchorOf,
  applyRoster,
  keepersFor,
  openSession,
  permits,
  primaryOf,
  reduce,
} from '../../shared/session/session.ts';
import { Desk, id, person, rosterOf, SESSION } from '../support/activity-desk.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, CAS, MIA, PIET] = [id('a'), id('b'), id('c'), id('d'), id('f')] as const;
const EVERYBODY = [ANN, BOB, CAS, MIA, PIET];
const PEOPLE = [
  person(ANN, 'primary', 'Ann'),
  person(BOB, 'assistant', 'Bob'),
  person(MIA, 'customer', 'Mia'),
  person(PIET, 'customer', 'Piet'),
];
beforeAll(() => giveKeys(EVERYBODY));

const OFFERED = { why: 'offered' } as const;
const ACCEPTED = { why: 'accepted' } as const;

/** What `you` makes of it, linked with everybody and knowing everybody's key; `state` is that of all links. */
function seenBy(you: string, controls: Control[], state: LinkStatus['state'] = 'live', people = PEOPLE) {
  const linked = EVERYBODY.filter((who) => who !== you).map((who): [string, LinkStatus] => {
    const them = { signingKey: signer(who).signingKey, fingerprints: [] };
    return [who, { state, since: 0, assurance: 'proven', them }];
  });
  const known = { links: new Map(linked), kept: {}, signer: signer(you) };
  return checkControls(openSession(rosterOf(you, people), id('9')), known, controls);
}

describe('the record of an offer', () => {
  test('TC6 TS5 the primary gives the session into a customer’s keeping, and that one puts the acceptor in charge', async () => {
    const offered = await record(ANN, MIA, 2, OFFERED);
    const accepted = await record(MIA, CAS, 3, ACCEPTED); // who is not in yet, as far as these pages know
    const back = await record(MIA, ANN, 3, ACCEPTED); // the sender takes it back
    for (const you of [BOB, MIA, PIET]) {
      expect(await seenBy(you, [offered])).toEqual([offered]);
      for (const one of [accepted, back]) expect(await seenBy(you, [offered, one])).toEqual([offered, one]);
    }
    // From then on it goes as ever.
    const next = await record(CAS, BOB, 4);
    expect(await seenBy(PIET, [offered, accepted, next])).toEqual([offered, accepted, next]);
  });

  test('TC6 TS1 a forged offer counts nowhere: by an assistant, a customer, an old primary, or to an agent', async () => {
    const handed = await record(ANN, BOB, 2);
    const forged: Control[][] = [
      [await record(BOB, MIA, 2, OFFERED)],
      [await record(PIET, MIA, 2, OFFERED)],
      [await record(MIA, MIA, 2, OFFERED)],
      [await record(ANN, MIA, 2, OFFERED, BOB)],
      [await record(ANN, BOB, 2, OFFERED)],
      [await record(ANN, MIA, 2, { ...OFFERED, key: signer(CAS).signingKey })],
      [{ ...(await record(ANN, MIA, 2, OFFERED)), to: PIET }],
      [await record(ANN, MIA, 3, OFFERED)],
    ];
    for (const you of [BOB, MIA, PIET]) {
      for (const controls of forged) expect(await seenBy(you, controls, 'lost')).toEqual([]);
      expect(await seenBy(you, [handed, await record(ANN, MIA, 3, OFFERED)], 'lost')).toEqual([handed]);
    }
  });

  test('TC6 TS5 by the relay’s word the keeper’s place has passed to another customer, also for who heard nothing of it', async () => {
    const offered = await record(ANN, MIA, 2, OFFERED);
    const accepted = await record(PIET, CAS, 3, ACCEPTED);
    const forged = await record(PIET, CAS, 3, ACCEPTED, BOB);
    for (const without of [[], [MIA], [PIET], [MIA, PIET]]) {
      const there = PEOPLE.filter(({ id: who }) => !without.includes(who)); // they may have left by now
      for (const you of [BOB, MIA, PIET]) {
        expect(await seenBy(you, [offered, accepted], 'live', there)).toEqual([offered, accepted]);
        if (you !== PIET) expect(await seenBy(you, [offered, forged], 'live', there)).toEqual([offered]);
      }
    }
  });

  test('TC6 TS5 while it is offered nobody but a customer puts anybody in charge, and once', async () => {
    const offered = await record(ANN, MIA, 2, OFFERED);
    const others: Control[] = [
      await record(BOB, BOB, 3, ACCEPTED),
      await record(ANN, ANN, 3, ACCEPTED),
      await record(MIA, PIET, 3, ACCEPTED),
      await record(MIA, CAS, 3, { ...ACCEPTED, key: signer(BOB).signingKey }),
      await record(ANN, BOB, 3),
      await record(MIA, PIET, 3, OFFERED),
      await record(PIET, BOB, 3, { why: 'primary lost' }),
      await record(MIA, BOB, 3, { why: 'primary lost' }),
    ];
    for (const you of [BOB, PIET])
      for (const one of others) expect(await seenBy(you, [offered, one], 'lost')).toEqual([offered]);
    const accepted = await record(MIA, CAS, 3, ACCEPTED);
    for (const late of [await record(MIA, BOB, 3, ACCEPTED), await record(MIA, BOB, 4, ACCEPTED)])
      expect(await seenBy(PIET, [offered, accepted, late])).toEqual([offered, accepted]);
    expect(await seenBy(PIET, [accepted])).toEqual([]); // nothing was offered
  });

  test('TC6 TS5 who comes in meanwhile is linked with the keeper first, and takes the keeper’s word', async () => {
    const offered = await record(ANN, MIA, 2, OFFERED);
    const cas = person(CAS, 'assistant', 'Cas');
    const roster = rosterOf(CAS, [...PEOPLE.slice(1), cas], { epoch: 2, controls: [offered] });
    expect(anchorOf(roster)).toEqual({ epoch: 2, primary: undefined, keeper: MIA });
    // A relay cannot name a primary besides.
    const forged = rosterOf(CAS, [person(BOB, 'primary', 'Bob'), cas], { epoch: 2, controls: [offered] });
    expect(primaryOf(openSession(forged, id('9')))).toBeUndefined();
    const state = openSession(roster, id('9'));
    const linked = async (who: string) => {
      const other = roster.participants.find((one) => one.id === who);
      return other && (await trustIn(state, new Map(), other, async () => undefined));
    };
    expect(await linked(MIA)).toEqual({ kind: 'none' });
    // That place may have passed on.
    const offer = { id: id('7'), at: 0, nobody: false, keeper: PIET };
    const passed = openSession({ ...roster, offer }, id('9'));
    expect(await trustIn(passed, new Map(), PEOPLE[3] ?? cas, async () => undefined)).toEqual({ kind: 'none' });
    expect(await trustIn(passed, new Map(), PEOPLE[2] ?? cas, async () => undefined)).toBeUndefined();
    expect(await linked(BOB)).toBeUndefined();
    const known = {
      links: new Map<string, LinkStatus>(),
      kept: { [MIA]: signer(MIA).signingKey },
      signer: signer(CAS),
    };
    expect(await checkControls(state, known, [offered, await record(MIA, CAS, 3, ACCEPTED, BOB)])).toEqual([]);
    expect(await checkControls(state, known, [offered, await record(MIA, CAS, 3, ACCEPTED)])).toHaveLength(1);
  });

  test('TC6 in whatever order these records are heard there is one primary, or one keeper and nobody', async () => {
    const chain = [
      await record(ANN, BOB, 2),
      await record(BOB, MIA, 3, OFFERED),
      await record(MIA, CAS, 4, ACCEPTED),
      await record(CAS, PIET, 5, OFFERED),
      await record(PIET, CAS, 6, ACCEPTED),
    ];
    const charge = [ANN, BOB, undefined, CAS, undefined, CAS];
    const people = [...PEOPLE, person(CAS, 'assistant', 'Cas')];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: chain.length }), { maxLength: 10 }), (lengths) => {
        let state = openSession(rosterOf(MIA, people), id('9'));
        for (const length of lengths)
          state = reduce(state, BOB, { v: 1, type: 'control', controls: chain.slice(0, length) }, 1);
        const heard = Math.max(0, ...lengths);
        expect(primaryOf(state)?.id).toBe(charge[heard]);
        expect(state.primary).toBe(charge[heard]);
        expect(state.keeper).toBe(heard === 2 ? MIA : heard === 4 ? PIET : undefined);
      }),
    );
  });
});

describe('an offered session', () => {
  /** Ann has helped Piet, in a call with both customers, and offers it; `CAS` may come in. */
  async function offered(): Promise<Desk> {
    const desk = new Desk(PEOPLE);
    desk.say(ANN, { v: 1, type: 'helping', epoch: 1, who: PIET });
    desk.passes(1);
    const call = desk.newId();
    desk.say(ANN, { v: 1, type: 'call.ring', epoch: 1, id: call, of: [MIA, PIET] });
    for (const who of [ANN, MIA, PIET]) {
      const { now } = desk.at(who).activities.call;
      if (now) desk.say(who, inCall(desk.at(who), now, { mic: true, camera: true }));
    }
    desk.does(ANN, { type: 'screen.ask', session: SESSION, of: PIET });
    desk.passes(1);
    desk.say(ANN, { v: 1, type: 'control', controls: [await record(ANN, PIET, 2, OFFERED)] });
    return desk;
  }

  test('TS4 TC6 nobody manages and nothing is shared; assistants stay, and cannot take over', async () => {
    const desk = await offered();
    const management: Message[] = [
      { v: 1, type: 'ended', epoch: 2 },
      { v: 1, type: 'removed', epoch: 2, who: MIA, joinedAt: 1 },
      { v: 1, type: 'helping', epoch: 2, who: MIA },
      { v: 1, type: 'screen.ask', epoch: 2, id: id('1'), of: MIA },
      { v: 1, type: 'call.end', epoch: 2, id: id('1') },
      { v: 1, type: 'takeover.ask', id: id('1'), of: [MIA] },
    ];
    for (const you of [BOB, MIA, PIET]) {
      const state = desk.at(you);
      expect(primaryOf(state)).toBeUndefined();
      expect(state.keeper).toBe(PIET);
      expect(state.notes.at(-1)).toMatchObject({ what: 'offered', who: ANN, to: PIET });
      expect(state.activities.screen.asks[0]?.life).toMatchObject({ is: 'off', why: 'handed over' });
      for (const from of [ANN, BOB, MIA, PIET])
        for (const one of management) expect(permits(state, from, one), `${one.type} of ${from}`).toBe(false);
      expect(permits(state, BOB, { v: 1, type: 'left' })).toBe(true);
    }
    // A screen that was agreed to while the record was under way is not shown.
    const ask = desk.at(PIET).activities.screen.asks[0]?.id ?? '';
    const on = { v: 1, type: 'screen.on', id: id('2'), page: id('3'), ask, surface: 'monitor' } as const;
    expect(permits(desk.at(BOB), PIET, { ...on, seers: [], declined: [] })).toBe(false);
  });

  test('TS4 the sender’s voice call ends at once, the others’ goes on', async () => {
    const desk = await offered();
    for (const you of [BOB, MIA, PIET])
      expect(desk.shown(you).call.now?.members.map(({ name, camera }) => `${name} ${camera}`)).toEqual([
        'Mia false',
        'Piet false',
      ]);
  });

  test('TS4 a customer who was in the call with the sender alone is in none any more', async () => {
    for (const rosterFirst of [false, true]) {
      const desk = new Desk(PEOPLE);
      desk.say(ANN, { v: 1, type: 'call.ring', epoch: 1, id: desk.newId(), of: [MIA] });
      for (const who of [ANN, MIA]) {
        const { now } = desk.at(who).activities.call;
        if (now) desk.say(who, inCall(desk.at(who), now, { mic: true, camera: false }));
      }
      desk.passes(1);
      if (rosterFirst) desk.roster((all) => all.filter((one) => one.id !== ANN));
      const offer = await record(ANN, MIA, 2, OFFERED);
      for (const you of [BOB, MIA]) {
        const before = desk.at(you);
        expect(before.activities.call.now).not.toBeNull();
        expect(
          reduce(before, BOB, { v: 1, type: 'control', controls: [offer] }, desk.now).activities.call.now,
        ).toBeNull();
      }
    }
  });

  test('TS5 who offered it is named, though the relay was the quicker to say that they are out', async () => {
    const joined: Message = { v: 1, type: 'note', what: 'started', who: ANN, name: 'Ann', key: `${ANN} in 1` };
    const before = reduce(openSession(rosterOf(MIA, PEOPLE), id('9')), MIA, joined, 1);
    const out = applyRoster(before, rosterOf(MIA, PEOPLE.slice(1), { version: 2, epoch: 2 }), 3);
    const offer = await record(ANN, MIA, 2, OFFERED);
    const after = reduce(out, MIA, { v: 1, type: 'control', controls: [offer] }, 2);
    expect(after.notes.at(-1)).toMatchObject({ what: 'offered', name: 'Ann' });
  });

  test('TS5 the keeper is the customer who is helped, if present, and is helped still by who accepts', async () => {
    const at = (change: Parameters<typeof person>[0], state: 'away' | 'present') =>
      openSession(
        rosterOf(
          ANN,
          PEOPLE.map((one) => (one.id === change ? { ...one, state } : one)),
        ),
        id('9'),
      );
    const helping = { who: PIET, at: 1 };
    expect(keepersFor({ ...at(MIA, 'present'), helping })).toEqual([PIET, MIA]);
    expect(keepersFor({ ...at(PIET, 'away'), helping })).toEqual([MIA]);
    expect(keepersFor(at(MIA, 'present'))).toEqual([MIA, PIET]);

    const desk = await offered();
    desk.say(PIET, { v: 1, type: 'control', controls: [await record(PIET, BOB, 3, ACCEPTED)] });
    for (const you of [BOB, PIET]) {
      expect(primaryOf(desk.at(you))?.id).toBe(BOB);
      expect(desk.at(you).keeper).toBeUndefined();
      expect(desk.at(you).helping?.who).toBe(PIET);
      expect(desk.at(you).notes.at(-1)).toMatchObject({ what: 'accepted', who: PIET, to: BOB });
    }
    expect(desk.does(BOB, { type: 'screen.ask', session: SESSION, of: PIET })).toBe(true);
  });

  test('TS5 what was kept is taken from the customer who kept it alone, by who accepted alone', async () => {
    const desk = await offered();
    const transcript: Message = {
      v: 1,
      type: 'chat.transcript',
      epoch: 3,
      to: BOB,
      why: 'kept',
      lines: [],
      last: true,
    };
    const log: Message = { v: 1, type: 'files.log', epoch: 3, files: [], last: true };
    const accepted = await record(PIET, BOB, 3, ACCEPTED);
    for (const one of [transcript, log]) expect(permits(desk.at(BOB), PIET, one)).toBe(false); // not accepted yet
    desk.say(PIET, { v: 1, type: 'control', controls: [accepted] });
    desk.say(BOB, { v: 1, type: 'control', controls: [accepted] });
    expect(permits(desk.at(BOB), PIET, transcript)).toBe(true);
    for (const from of [ANN, MIA]) expect(permits(desk.at(BOB), from, transcript)).toBe(false);
    expect(permits(desk.at(MIA), PIET, { ...transcript, to: MIA })).toBe(false);
    for (const from of [MIA, PIET]) expect(permits(desk.at(BOB), from, log)).toBe(true);
    expect(permits(desk.at(BOB), ANN, log)).toBe(false);
    expect(permits(desk.at(BOB), PIET, { ...transcript, epoch: 2 })).toBe(false);
  });
});

test('TS5 whoever offered a session and has it again took it back; any other has taken it over', () => {
  const note = (what: 'offered' | 'accepted', who: string, to: string) =>
    ({ v: 1, type: 'note', what, who, name: '', to, key: `${what} ${to}`, at: 0, before: 0 }) as const;
  const taken = note('accepted', MIA, BOB);
  const back = note('accepted', MIA, ANN);
  const notes = [note('offered', ANN, MIA), taken, note('offered', BOB, MIA), back];
  expect(notes.map((one) => shownWhat(notes, one))).toEqual(['offered', 'accepted', 'offered', 'accepted']);
  const again = [note('offered', ANN, MIA), back];
  expect(again.map((one) => shownWhat(again, one))).toEqual(['offered', 'taken back']);
});
