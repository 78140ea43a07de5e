import { describe, expect, test } from 'vitest';
import { inCall } from '../../shared/activities/call.ts';
import { startOf } from '../../shared/activities/screen.ts';
import { hear, signedBytes } from '../../shared/client/spoken.ts';
import { isPassedOn } from '../../shared/client/trust.ts';
import { linkedWith } from '../../shared/session/linked.ts';
import { writeMessage } from '../../shared/session/message.ts';
import { Desk, id, person, SESSION } from '../support/activity-desk.ts';
import { anIdentity } from '../support/compare-pages.ts';

const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;
const [ANN_HERE, BOB_HERE] = [person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob')];
const [MIA_HERE, PIET_HERE] = [person(MIA, 'customer', 'Mia'), person(PIET, 'customer', 'Piet')];

class TwoCustomers extends Desk {
  constructor(people = [ANN_HERE, MIA_HERE, PIET_HERE], proven = true) {
    super(people);
    this.introduced(ANN, [MIA, PIET], proven);
  }
  miaShares(): void {
    this.does(ANN, { type: 'screen.ask', session: SESSION, of: MIA });
    this.say(MIA, startOf(this.at(MIA), this.newId(), 'window', this.shown(MIA).screen.asked?.id));
  }
  rings(): void {
    this.say(ANN, { v: 1, type: 'call.ring', epoch: 1, id: this.newId(), of: [MIA] });
    this.joins(ANN);
  }
  joins(who: string): void {
    const { now } = this.at(who).activities.call;
    if (now) this.say(who, inCall(this.at(who), now, { mic: true, camera: false }));
  }
  linked(who: string) {
    return linkedWith(this.at(who)).filter((one) => one !== ANN);
  }
}

describe('customers among each other', () => {
  test('PA2 a customer’s screen is seen by the other customers, named in the question; they are linked while it lasts', () => {
    const desk = new TwoCustomers();
    expect(desk.linked(MIA)).toEqual([]);
    desk.does(ANN, { type: 'screen.ask', session: SESSION, of: MIA });
    expect(desk.shown(MIA).screen.asked?.seers).toEqual([
      { name: 'Ann', customer: false },
      { name: 'Piet', customer: true },
    ]);
    desk.miaShares();
    expect(desk.shown(PIET).screen.others).toMatchObject([{ by: { name: 'Mia' }, toMe: true }]);
    expect([desk.linked(MIA), desk.linked(PIET)]).toEqual([[PIET], [MIA]]);
    desk.does(MIA, { type: 'screen.stop', session: SESSION });
    expect(desk.shown(PIET).screen.others).toEqual([]);
    expect([desk.linked(MIA), desk.linked(PIET)]).toEqual([[], []]);
  });

  test('SH5 customers in one call are linked, and only as long as both are in it', () => {
    const desk = new TwoCustomers();
    desk.rings();
    desk.joins(MIA);
    expect(desk.linked(MIA)).toEqual([]);
    desk.joins(PIET);
    for (const who of [ANN, MIA, PIET]) expect(desk.shown(who).call.now?.members).toHaveLength(3);
    expect([desk.linked(MIA), desk.linked(PIET)]).toEqual([[PIET], [MIA]]);
    desk.does(PIET, { type: 'call.hangUp', session: SESSION, id: desk.shown(PIET).call.now?.id ?? '' });
    expect([desk.linked(MIA), desk.linked(PIET)]).toEqual([[], []]);
  });

  test('SE1 whom the primary cannot prove sees and hears no other customer, and is not in the question', () => {
    const desk = new TwoCustomers([ANN_HERE, MIA_HERE, PIET_HERE], false);
    desk.miaShares();
    desk.rings();
    for (const who of [MIA, PIET]) desk.joins(who);
    expect(desk.shown(MIA).screen.mine?.seers.map(({ name }) => name)).toEqual(['Ann']);
    expect([desk.linked(MIA), desk.linked(PIET)]).toEqual([[], []]);
    desk.introduced(ANN, [MIA, PIET], true);
    expect(desk.shown(MIA).screen.mine?.newcomers.map(({ name }) => name)).toEqual(['Piet']);
  });

  test('SH2 SH5 who comes later is told what goes on: sees a screen after its OK, and may join the call', () => {
    const desk = new TwoCustomers([ANN_HERE, MIA_HERE]);
    desk.miaShares();
    desk.rings();
    for (const late of [BOB_HERE, PIET_HERE]) {
      desk.roster((people) => [...people, late]);
      desk.introduced(ANN, [MIA, late.id], true);
      desk.tells(ANN, late.id);
      desk.tells(ANN, late.id); // heard twice it changes nothing
      expect(desk.shown(late.id).screen.others).toEqual([]);
      const share = desk.shown(MIA).screen.mine?.id ?? '';
      desk.does(MIA, { type: 'screen.show', session: SESSION, id: share, to: late.id, yes: true });
      expect(desk.shown(late.id).screen.others).toMatchObject([{ by: { name: 'Mia' }, toMe: true }]);
      desk.joins(late.id);
    }
    for (const who of [ANN, BOB, PIET]) {
      expect(desk.shown(who).call.now?.members.map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Piet']);
    }
  });

  test('SE1 what the primary passes on counts as its writer signed it, and in no other way', async () => {
    const desk = new TwoCustomers([ANN_HERE, BOB_HERE, MIA_HERE, PIET_HERE]);
    const [mia, piet] = await Promise.all([anIdentity(), anIdentity()]);
    const text = writeMessage({ v: 1, type: 'call.leave', id: id('9') });
    const signature = await mia.sign(signedBytes(SESSION, MIA, text));
    const signed = { v: 1, type: 'signed', by: MIA, text, signature } as const;
    const known = (signingKey: string) => {
      const state = desk.at(PIET);
      const one = state.introductions[MIA];
      if (!one) throw new Error('not introduced');
      return { ...state, introductions: { [MIA]: { ...one, signingKey } } };
    };
    const here = known(mia.signingKey);
    expect(await isPassedOn(here, piet, ANN, signed)).toBe('yes');
    expect(await isPassedOn(here, piet, BOB, signed)).toBe('no'); // the primary alone passes on
    expect(await isPassedOn(here, piet, ANN, { ...signed, text: text.replace('999', '998') })).toBe('no');
    expect(await isPassedOn(here, piet, ANN, { ...signed, by: BOB })).toBe('no');
    expect(await isPassedOn(known(piet.signingKey), piet, ANN, signed)).toBe('no');
    expect(await isPassedOn({ ...here, introductions: {} }, piet, ANN, signed)).toBe('unknown');
    expect(hear(JSON.stringify(signed))).toMatchObject({ message: { type: 'call.leave' }, signed: { by: MIA } });
    const other = writeMessage({ v: 1, type: 'left' });
    expect(hear(JSON.stringify({ ...signed, text: other }))).toBeUndefined(); // of activities, and not of all
  });
});
