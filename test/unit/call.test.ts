import { describe, expect, test } from 'vitest';
import { inCall } from '../../shared/activities/call.ts';
import type { Message } from '../../shared/session/message.ts';
import { permits } from '../../shared/session/session.ts';
import { Desk, id, person, SESSION } from '../support/activity-desk.ts';

const [ANN, BOB, MIA] = [id('a'), id('b'), id('c')] as const;

class CallDesk extends Desk {
  constructor() {
    super([person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')]);
  }
  call(who: string) {
    return this.shown(who).call.now;
  }
  rings(of = [MIA]): boolean {
    const { epoch } = this.at(ANN);
    return this.say(ANN, { v: 1, type: 'call.ring', epoch, id: this.newId(), of }) && this.joins(ANN);
  }
  joins(who: string): boolean {
    const { now } = this.at(who).activities.call;
    return now !== null && this.say(who, inCall(this.at(who), now, { mic: true, camera: false }));
  }
  hangsUp(who: string): boolean {
    return this.does(who, { type: 'call.hangUp', ...this.about(who) });
  }
  /** As its view shows the call. */
  about(who: string) {
    return { session: SESSION, id: this.call(who)?.id ?? id('0') };
  }
}

describe('calls', () => {
  test('SH5 the primary rings one; others present may join; all know who is in it', () => {
    const desk = new CallDesk();
    expect(desk.rings()).toBe(true);
    expect(desk.call(MIA)?.ringing).not.toBeNull();
    expect(desk.call(BOB)?.ringing).toBeNull();
    expect(desk.joins(MIA)).toBe(true);
    expect(desk.joins(BOB)).toBe(true);
    for (const who of [ANN, BOB, MIA]) {
      expect(desk.call(who)?.members.map(({ name }) => name)).toEqual(['Ann', 'Mia', 'Bob']);
      expect(desk.call(who)?.mine).toMatchObject({ mic: true, camera: false, here: true });
    }
  });

  test('TC5 SH5 who has no microphone is said to all, rung or not; with one they may join after all', () => {
    const desk = new CallDesk();
    desk.rings();
    for (const who of [MIA, BOB]) desk.does(who, { type: 'call.refuse', ...desk.about(who), why: 'cannot' });
    desk.does(BOB, { type: 'call.refuse', ...desk.about(BOB), why: 'cannot' });
    for (const who of [ANN, BOB, MIA])
      expect(desk.call(who)?.rung).toMatchObject([
        { name: 'Mia', why: 'cannot' },
        { name: 'Bob', why: 'cannot' },
      ]);
    expect(desk.joins(BOB)).toBe(true);
    expect(desk.call(MIA)?.rung).toMatchObject([{ name: 'Mia' }]);
  });

  test('SH2 SH5 no answer is a no, and a no is a no; the call goes on without', () => {
    const desk = new CallDesk();
    desk.rings();
    desk.passes(30);
    expect(desk.call(MIA)?.ringing).toBeNull();
    expect(desk.call(ANN)?.rung).toMatchObject([{ name: 'Mia', why: 'lapsed' }]);
    expect(desk.hangsUp(ANN)).toBe(true);
    expect(desk.call(MIA)).toBeNull();
    desk.rings();
    desk.does(MIA, { type: 'call.refuse', ...desk.about(MIA), why: 'refused' });
    expect(desk.call(ANN)?.rung).toMatchObject([{ why: 'refused' }]);
    expect(desk.call(ANN)?.members.map(({ name }) => name)).toEqual(['Ann']);
  });

  test('SH5 only the primary starts and ends; others leave; the last to leave ends it', () => {
    const desk = new CallDesk();
    const ring: Message = { v: 1, type: 'call.ring', epoch: 1, id: id('9'), of: [ANN] };
    for (const other of [BOB, MIA]) expect(permits(desk.at(ANN), other, ring)).toBe(false);
    desk.rings();
    const { now } = desk.at(ANN).activities.call;
    if (!now) throw new Error('no call');
    for (const other of [BOB, MIA]) {
      expect(permits(desk.at(ANN), other, { v: 1, type: 'call.end', epoch: 1, id: now.id })).toBe(false);
    }
    expect(permits(desk.at(MIA), ANN, ring)).toBe(false); // one call at a time
    desk.joins(MIA);
    expect(desk.hangsUp(MIA)).toBe(true);
    expect(desk.call(ANN)?.members.map(({ name }) => name)).toEqual(['Ann']);
  });

  test('SH2 SH5 a running call goes on over a reload: one is still in it, and joins on the new page', () => {
    const desk = new CallDesk();
    desk.rings();
    desk.joins(MIA);
    desk.reloads(MIA);
    expect(desk.call(MIA)?.mine).toMatchObject({ here: false });
    expect(desk.call(ANN)?.members).toHaveLength(2);
    desk.joins(MIA);
    expect(desk.call(MIA)?.mine).toMatchObject({ here: true });
  });

  test('SH6 the camera is said by whose it is, and can be switched off from any view', () => {
    const desk = new CallDesk();
    desk.rings();
    const { now } = desk.at(ANN).activities.call;
    if (!now) throw new Error('no call');
    desk.say(ANN, inCall(desk.at(ANN), now, { mic: true, camera: true }));
    expect(desk.call(MIA)?.members).toMatchObject([{ camera: true }]);
    desk.does(ANN, { type: 'call.cameraOff', ...desk.about(ANN) });
    desk.does(ANN, { type: 'call.mic', ...desk.about(ANN), on: false });
    expect(desk.call(MIA)?.members).toMatchObject([{ camera: false, mic: false }]);
  });

  test('SH5 a press meant for a call that is over changes nothing in the next', () => {
    const desk = new CallDesk();
    desk.rings();
    const seen = desk.about(ANN);
    desk.hangsUp(ANN);
    desk.rings();
    desk.does(MIA, { type: 'call.refuse', ...seen, why: 'refused' });
    expect(desk.call(MIA)?.ringing).not.toBeNull();
    desk.does(ANN, { type: 'call.mic', ...seen, on: false });
    desk.does(ANN, { type: 'call.hangUp', ...seen });
    expect(desk.call(ANN)?.mine).toMatchObject({ mic: true });
  });
});
