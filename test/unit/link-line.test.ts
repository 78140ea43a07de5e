import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TIMES } from '../../shared/link/times.ts';
import { connectFake, type FakeWire, fakeEnd } from '../support/link-pair.ts';

const LOW = 'a'.repeat(32);
const HIGH = 'b'.repeat(32);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] }); // the link reads the clock and is ticked: it has no timers of its own
});
afterEach(() => {
  vi.useRealTimers();
});

async function live() {
  const low = await fakeEnd(LOW, HIGH, { kind: 'none' });
  const high = await fakeEnd(HIGH, LOW, { kind: 'none' });
  const [one, other] = connectFake(LOW, HIGH);
  low.pair.adopt(one);
  high.pair.adopt(other);
  one.events?.open();
  other.events?.open();
  await vi.waitFor(() => {
    handOn(one, other);
    expect([low.status()?.state, high.status()?.state]).toEqual(['live', 'live']);
    expect([one.sent, other.sent]).toEqual([[], []]);
  });
  return { low, high, one, other };
}
const handOn = (...wires: FakeWire[]) => {
  for (const wire of wires) wire.handOn();
};
/** Time passes with ticks as a page has them; `each` runs after every tick. */
function pass(ms: number, tick: (now: number) => void, each = () => {}): void {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    vi.setSystemTime(Date.now() + 250);
    tick(Date.now());
    each();
  }
}

test('RE1 a line that carries nothing stays live by its own pings', async () => {
  const { low, high, one, other } = await live();
  for (let i = 0; i < 240; i++) {
    pass(250, (now) => {
      low.pair.tick(now);
      high.pair.tick(now);
      handOn(one, other);
    });
    await Promise.resolve();
  }
  expect(low.statuses.map(({ state }) => state)).toEqual(['live']);
  expect(low.dials()).toBe(0);
});

test('RE1 after 5 s of silence the link shows as lost and dials anew; after 12 s the line is closed', async () => {
  const { low, one } = await live();
  pass(TIMES.suspect - 1_000, (now) => low.pair.tick(now));
  expect([low.status()?.state, low.dials()]).toEqual(['live', 0]);
  pass(1_500, (now) => low.pair.tick(now));
  expect([low.status()?.state, low.dials()]).toEqual(['lost', 1]);
  expect(one.alive).toBe(true);
  pass(TIMES.dead - TIMES.suspect, (now) => low.pair.tick(now));
  expect(one.alive).toBe(false);
});

test('RE1 a line heard again is live again', async () => {
  const { low, high, one, other } = await live();
  pass(TIMES.suspect + 500, (now) => low.pair.tick(now));
  expect(low.status()?.state).toBe('lost');
  high.pair.pass('still here');
  handOn(one, other);
  await vi.waitFor(() => expect(low.passed).toEqual(['still here']));
  low.pair.tick(Date.now());
  expect(low.status()?.state).toBe('live');
});

test('RE1 our sleep is not their silence', async () => {
  const { low, one } = await live();
  const gap = 3_600_000;
  vi.setSystemTime(Date.now() + gap);
  low.pair.slept(gap);
  low.pair.tick(Date.now());
  expect(low.status()?.state).toBe('live');
  expect(one.alive).toBe(true);
});

test('SE1 anything but hello and proof before the proof closes the line, and nothing of it arrives', async () => {
  for (const early of ['{"t":"kept","n":1}\nhello', '{"t":"pass"}\nhello', '{"t":"use","e":1}', 'null', '']) {
    const low = await fakeEnd(LOW, HIGH, { kind: 'none' });
    const [one, other] = connectFake(LOW, HIGH);
    low.pair.adopt(one);
    one.events?.open();
    other.listen({ open() {}, data() {}, close() {}, shaky() {} });
    other.send(early);
    handOn(other);
    await vi.waitFor(() => expect(one.alive).toBe(false));
    expect([low.received, low.passed, low.statuses]).toEqual([[], [], []]);
  }
});

test('SE1 no user data leaves before the proof, however much waits', async () => {
  const low = await fakeEnd(LOW, HIGH, { kind: 'none' });
  const [one] = connectFake(LOW, HIGH);
  low.pair.add({ n: 1, seq: 1, text: 'secret' });
  low.pair.adopt(one);
  one.events?.open();
  low.pair.pass('secret');
  low.pair.add({ n: 2, seq: 2, text: 'secret' });
  pass(TIMES.dial - 500, (now) => low.pair.tick(now));
  expect(one.sent).toHaveLength(1);
  expect(one.sent.join()).not.toContain('secret');
});

test('SE1 who opens connection after connection and proves nothing is turned away', async () => {
  const low = await fakeEnd(LOW, HIGH, { kind: 'none' });
  const wires = Array.from({ length: 10 }, () => connectFake(HIGH, LOW)[1]);
  for (const wire of wires) low.pair.adopt(wire);
  expect(wires.filter((wire) => wire.alive)).toHaveLength(6);
});
