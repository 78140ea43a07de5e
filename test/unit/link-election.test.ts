import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Election, type ElectionEvent, newElection, step } from '../../shared/link/election.ts';

type Side = 'low' | 'high';
const OTHER = { low: 'high', high: 'low' } as const;
type Frame = { t: 'use' | 'using'; e: number } | { t: 'closed' };

interface Line {
  id: number;
  /** What each side's hello said. */
  page: Record<Side, number>;
  needs: Record<Side, boolean>;
  proven: Record<Side, boolean>;
  open: Record<Side, boolean>;
  queue: Record<Side, Frame[]>; // on the way to each
}

/** Both ends' machines, and lines between them whose every frame is delivered by hand. */
class World {
  machine: Record<Side, Election> = { low: newElection('1', '2'), high: newElection('2', '1') };
  page: Record<Side, number> = { low: 0, high: 0 };
  lines: Line[] = [];

  connect(): Line {
    const needs = (side: Side) => {
      const { chosen, proven } = this.machine[side];
      return proven.find((line) => line.id === chosen)?.suspect ?? true;
    };
    const line: Line = {
      id: this.lines.length,
      page: { ...this.page },
      needs: { low: needs('low'), high: needs('high') },
      proven: { low: false, high: false },
      open: { low: true, high: true },
      queue: { low: [], high: [] },
    };
    this.lines.push(line);
    return line;
  }
  prove(line: Line, side: Side): void {
    if (!line.open[side] || line.proven[side]) return;
    line.proven[side] = true;
    const other = OTHER[side];
    this.#tell(side, {
      type: 'proven',
      line: { id: line.id, page: String(line.page[other]), needs: line.needs[other] },
    });
  }
  /** The next frame to `side`; nothing passes before its proof, as in a line's queue. */
  deliver(line: Line, side: Side): void {
    const [frame] = line.queue[side];
    if (!frame || !line.open[side] || (!line.proven[side] && frame.t !== 'closed')) return;
    line.queue[side].shift();
    if (frame.t === 'closed') this.#ended(line, side);
    else this.#tell(side, { type: frame.t, id: line.id, e: frame.e });
  }
  close(line: Line, side: Side): void {
    if (!line.open[side]) return;
    line.queue[OTHER[side]].push({ t: 'closed' });
    this.#ended(line, side);
  }
  suspect(line: Line, side: Side, suspect: boolean): void {
    this.#tell(side, { type: 'suspect', id: line.id, suspect });
  }
  reload(side: Side): void {
    for (const line of this.lines) {
      if (line.open[side]) line.queue[OTHER[side]].push({ t: 'closed' });
      line.open[side] = false;
    }
    this.machine[side] = side === 'low' ? newElection('1', '2') : newElection('2', '1');
    this.page[side] += 1;
  }
  /** Until nothing is on the way any more. */
  settle(): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (const line of this.lines) {
        for (const side of ['low', 'high'] as const) {
          if (!line.open[side]) continue;
          if (line.proven[side] && line.queue[side].length === 0) continue;
          if (!line.open[OTHER[side]] && !line.proven[side] && line.queue[side].length === 0) continue;
          busy = true;
          this.prove(line, side);
          this.deliver(line, side);
        }
      }
    }
  }
  get live(): number[] {
    return this.lines.flatMap((line) => (line.open.low && line.open.high ? [line.id] : []));
  }

  #ended(line: Line, side: Side): void {
    line.open[side] = false;
    this.#tell(side, { type: 'ended', id: line.id });
  }
  #tell(side: Side, event: ElectionEvent): void {
    const [state, effects] = step(this.machine[side], event);
    this.machine[side] = state;
    for (const effect of effects) {
      const line = 'id' in effect ? this.lines[effect.id] : undefined;
      if (effect.type === 'send' && line?.open[side]) line.queue[OTHER[side]].push(effect.frame);
      if (effect.type === 'close' && line) {
        expect(side).toBe('low'); // which alone closes
        this.close(line, side);
      }
    }
  }
}

function agree(world: World): void {
  const { low, high } = world.machine;
  expect(world.live).toHaveLength(1);
  expect([low.chosen, high.chosen]).toEqual([world.live[0], world.live[0]]);
}

test('RE1 the election that got stuck: both dial at once and see the two proven in opposite orders', () => {
  const world = new World();
  const one = world.connect();
  const two = world.connect();
  world.prove(one, 'low');
  world.prove(two, 'high');
  world.prove(one, 'high');
  world.prove(two, 'low');
  world.settle();
  agree(world);
  // … and again while the first is in doubt on one side only, with the answers crossing.
  const [first] = world.lines.filter((line) => world.live.includes(line.id));
  if (!first) return expect.unreachable();
  world.suspect(first, 'high', true);
  const three = world.connect();
  const four = world.connect();
  world.prove(four, 'low');
  world.prove(three, 'high');
  world.suspect(first, 'low', true);
  world.prove(three, 'low');
  world.prove(four, 'high');
  world.deliver(four, 'high');
  world.close(first, 'high');
  world.settle();
  agree(world);
});

test('RE1 when only the higher hears nothing any more, its new connection is taken', () => {
  const world = new World();
  const deaf = world.connect();
  world.settle();
  world.suspect(deaf, 'high', true);
  const fresh = world.connect();
  world.settle();
  agree(world);
  expect(world.live).toEqual([fresh.id]);
});

test('RE1 a further connection that nobody needs is closed', () => {
  const world = new World();
  const first = world.connect();
  world.settle();
  world.connect();
  world.settle();
  agree(world);
  expect(world.live).toEqual([first.id]);
});

test('RE1 the higher follows a lower that was reloaded and counts its elections anew', () => {
  const world = new World();
  for (let i = 0; i < 3; i++) {
    const line = world.connect();
    world.settle();
    world.suspect(line, 'low', true);
  }
  expect(world.machine.high.e).toBeGreaterThan(1);
  world.reload('low');
  world.settle();
  world.connect();
  world.settle();
  agree(world);
});

test('RE1 whatever fails in whatever order, after one more dial both use the same connection and no other is left', () => {
  const side = fc.constantFrom<Side>('low', 'high');
  const on = fc.nat(20);
  const act = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('prove' as const), on, side }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const), on, side }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), on, side }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('suspect' as const), on, side, suspect: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), side }) },
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const world = new World();
      for (const now of acts) {
        const line = 'on' in now ? world.lines[now.on % Math.max(1, world.lines.length)] : undefined;
        if (now.do === 'connect') world.connect();
        if (now.do === 'reload') world.reload(now.side);
        if (!line) continue;
        if (now.do === 'prove') world.prove(line, now.side);
        if (now.do === 'deliver') world.deliver(line, now.side);
        if (now.do === 'close') world.close(line, now.side);
        if (now.do === 'suspect') world.suspect(line, now.side, now.suspect);
      }
      world.settle();
      // Silence ends in a close or is over: nothing stays in doubt.
      for (const line of world.lines) for (const end of ['low', 'high'] as const) world.suspect(line, end, false);
      const agreed = world.machine.low.chosen !== undefined && world.machine.high.chosen !== undefined;
      if (!agreed || world.live.length !== 1) {
        world.connect();
        world.settle();
      }
      agree(world);
    }),
    { numRuns: 2000 },
  );
});
