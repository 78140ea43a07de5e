import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkControls } from '../../shared/client/check-controls.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { applyRoster, openSession, permits, primaryOf, reduce, roleOf } from '../../shared/session/session.ts';
import { Desk, person, rosterOf, SESSION } from '../support/activity-desk.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, CAS, MIA] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const PEOPLE = [
  person(ANN, 'primary', 'Ann'),
  person(BOB, 'assistant', 'Bob'),
  person(CAS, 'assistant', 'Cas'),
  person(MIA, 'customer', 'Mia'),
];
beforeAll(() => giveKeys([ANN, BOB, CAS, MIA]));

/** What Mia's page makes of it: linked with Ann, whose link is as given, and introduced to the others. */
function seenByMia(controls: Control[], state: LinkStatus['state'] = 'live', known = true) {
  const them = { signingKey: signer(ANN).signingKey, fingerprints: [] };
  const links = new Map<string, LinkStatus>(known ? [[ANN, { state, since: 0, assurance: 'proven', them }]] : []);
  const kept = known ? { [BOB]: signer(BOB).signingKey, [CAS]: signer(CAS).signingKey } : {};
  return checkControls(
    openSession(rosterOf(MIA, PEOPLE), 'f'.repeat(32)),
    { links, kept, signer: signer(MIA) },
    controls,
  );
}

describe('the record of who is in charge', () => {
  test('TC6 counts when the primary signed it, one epoch further, whichever way it comes', async () => {
    const one = await record(ANN, BOB, 2);
    expect(await seenByMia([one])).toEqual([one]);
    const two = await record(BOB, CAS, 3);
    expect(await seenByMia([one, two])).toEqual([one, two]);
    expect(await seenByMia([two])).toEqual([]); // what it follows is not known
  });

  test('TC6 a forged one counts nowhere: another’s signature, another key, session or heir, an epoch that is over', async () => {
    expect(await seenByMia([await record(ANN, BOB, 2, {}, BOB)])).toEqual([]);
    expect(await seenByMia([await record(BOB, BOB, 2)])).toEqual([]);
    expect(await seenByMia([await record(ANN, BOB, 2, { key: signer(CAS).signingKey })])).toEqual([]);
    const one = await record(ANN, BOB, 2);
    expect(await seenByMia([{ ...one, to: CAS }])).toEqual([]);
    expect(await seenByMia([{ ...one, epoch: 3 }])).toEqual([]);
    expect(await seenByMia([await record(ANN, BOB, 1)])).toEqual([]);
    // The old primary's own, after it handed over.
    expect(await seenByMia([one, await record(ANN, CAS, 3)])).toEqual([one]);
  });

  test('EN3 a customer’s counts only where the primary is lost too', async () => {
    const taken = await record(MIA, BOB, 2, { why: 'primary lost' });
    expect(await seenByMia([taken])).toEqual([]);
    expect(await seenByMia([taken], 'lost')).toEqual([taken]);
    expect(await seenByMia([await record(CAS, BOB, 2, { why: 'primary lost' })], 'lost')).toEqual([]);
  });

  test('TC6 who never had the signer’s key has the relay’s word, as a newcomer has', async () => {
    const one = await record(ANN, BOB, 2, {}, CAS);
    expect(await seenByMia([one], 'live', false)).toEqual([one]);
  });
});

describe('handing over', () => {
  const handOver = async (desk: Desk, by: string, to: string, epoch: number) =>
    desk.say(by, { v: 1, type: 'control', controls: [await record(by, to, epoch)] });

  test('TC2 TC4 the new primary manages, the old one assists, what ran is over and new things start at once', async () => {
    const desk = new Desk(PEOPLE);
    desk.does(ANN, { type: 'screen.ask', session: SESSION, of: MIA });
    const asked = desk.at(MIA).activities.screen.asks[0];
    desk.passes(1);
    await handOver(desk, ANN, BOB, 2);
    for (const who of [ANN, BOB, CAS, MIA]) {
      expect(primaryOf(desk.at(who))?.id).toBe(BOB);
      expect(roleOf(desk.at(who), ANN)).toBe('assistant');
      expect(desk.at(who).activities.screen.asks[0]?.life).toMatchObject({ is: 'off', why: 'handed over' });
      expect(desk.at(who).notes.at(-1)).toMatchObject({ what: 'handed over', who: ANN, to: BOB });
    }
    expect(permits(desk.at(MIA), ANN, { v: 1, type: 'ended', epoch: 2 })).toBe(false);
    expect(permits(desk.at(MIA), BOB, { v: 1, type: 'ended', epoch: 1 })).toBe(false); // an older epoch
    desk.passes(1);
    expect(desk.does(BOB, { type: 'screen.ask', session: SESSION, of: MIA })).toBe(true);
    expect(desk.at(MIA).activities.screen.asks.at(-1)?.id).not.toBe(asked?.id);
    expect(desk.shown(MIA).screen.asked?.name).toBe('Bob');
  });

  test('TC5 a call goes on without its cameras', async () => {
    const desk = new Desk(PEOPLE);
    const id = desk.newId();
    desk.say(ANN, { v: 1, type: 'call.ring', epoch: 1, id, of: [MIA] });
    for (const who of [ANN, MIA]) {
      const page = `${who.slice(0, 31)}1`;
      desk.say(who, { v: 1, type: 'call.in', id, page, mic: true, camera: true });
    }
    desk.passes(1);
    await handOver(desk, ANN, BOB, 2);
    expect(desk.shown(MIA).call.now?.members).toMatchObject([
      { name: 'Ann', mic: true, camera: false },
      { name: 'Mia', mic: true, camera: false },
    ]);
  });

  test('TC6 a roster cannot make anybody primary by itself', () => {
    const state = openSession(rosterOf(MIA, PEOPLE), 'f'.repeat(32));
    const forged = PEOPLE.map((one) =>
      one.id === BOB
        ? { ...one, role: 'primary' as const }
        : one.id === ANN
          ? { ...one, role: 'assistant' as const }
          : one,
    );
    const after = applyRoster(state, rosterOf(MIA, forged, { version: 2, epoch: 2 }), 3);
    expect(primaryOf(after)?.id).toBe(ANN);
    expect(after.epoch).toBe(1);
  });

  test('TC6 in whatever order records are heard, twice or not at all, there is one primary, and the newest heard', async () => {
    const chain = [await record(ANN, BOB, 2), await record(BOB, CAS, 3), await record(CAS, ANN, 4)];
    const heirs = [ANN, BOB, CAS, ANN];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 8 }), (lengths) => {
        let state = openSession(rosterOf(MIA, PEOPLE), 'f'.repeat(32));
        for (const length of lengths) {
          const controls = chain.slice(0, length);
          state = reduce(state, BOB, { v: 1, type: 'control', controls }, 1);
        }
        const heard = Math.max(0, ...lengths);
        expect(state.epoch).toBe(1 + heard);
        expect(state.roster.participants.filter(({ role }) => role === 'primary').map(({ id }) => id)).toEqual([
          heirs[heard],
        ]);
        expect(state.notes.filter(({ what }) => what === 'handed over')).toHaveLength(heard);
      }),
    );
  });
});
