import { expect, test } from 'vitest';
import { Door } from '../../shared/link/door.ts';
import { Early } from '../../shared/link/early.ts';
import { TIMES } from '../../shared/link/times.ts';
import { FakeWire, fakeEnd } from '../support/link-pair.ts';

const LOW = 'a'.repeat(32);
const HIGH = 'b'.repeat(32);
const early = () => new FakeWire(LOW, HIGH, false);

test('SE1 what a connection says before anybody listens is told in order, and more than a hello closes it', async () => {
  const said: string[] = [];
  let full = 0;
  const events = new Early(() => {
    full += 1;
  });
  events.open();
  events.data('hello');
  events.listen({
    open: () => said.push('open'),
    data: (data) => said.push(String(data)),
    close: (why) => said.push(why),
    shaky: () => said.push('shaky'),
  });
  expect(said).toEqual([]); // whoever listens may only be being made
  await Promise.resolve();
  events.data('proof');
  events.close('gone');
  expect([said, full]).toEqual([['open', 'hello', 'proof', 'gone'], 0]);

  const flood = new Early(() => {
    full += 1;
  });
  for (let i = 0; i < 6; i++) flood.data('x');
  expect(full).toBe(2);
});

test('SE2 who comes before it is known waits for its own session and nobody else, for a moment, and few at once', () => {
  const door = new Door();
  const [mine, dead, ...many] = Array.from({ length: 10 }, early);
  if (!mine || !dead) throw new Error('no wires');
  door.wait(mine, 0);
  expect(door.take(mine.session, LOW)).toEqual([]);
  expect(door.take('another', HIGH)).toEqual([]);
  expect(door.take(mine.session, HIGH)).toEqual([mine]);
  expect(door.take(mine.session, HIGH)).toEqual([]);

  door.wait(dead, 0);
  dead.close();
  expect(door.take(dead.session, HIGH)).toEqual([]);

  for (const wire of many) door.wait(wire, 1_000);
  door.wait(mine, 1_000);
  expect(mine.alive).toBe(false); // the ninth
  door.clear(1_000 + TIMES.early - 1);
  expect(many.every(({ alive }) => alive)).toBe(true);
  door.clear(1_000 + TIMES.early);
  expect(many.some(({ alive }) => alive)).toBe(false);
  expect(door.take(mine.session, HIGH)).toEqual([]);
});

test('RE1 who has just come leaves the first dial to those inside, and dials itself when none comes', async () => {
  const alone = await fakeEnd(HIGH, LOW, { kind: 'none' });
  const now = Date.now();
  alone.pair.letThemDial();
  alone.pair.tick(now + TIMES.lag - 50);
  expect(alone.dials()).toBe(0);
  alone.pair.tick(now + TIMES.lag + 50);
  expect(alone.dials()).toBe(1);

  const met = await fakeEnd(HIGH, LOW, { kind: 'none' });
  met.pair.letThemDial();
  met.pair.adopt(new FakeWire(HIGH, LOW, false));
  met.pair.tick(now + TIMES.lag + 50);
  expect(met.dials()).toBe(0);
  met.pair.tick(Date.now() + TIMES.hedge + 50); // it hangs: a second one beside it
  expect(met.dials()).toBe(1);
});
