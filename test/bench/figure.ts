/** One measure beside its alternative: smaller is better. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  alternative: { name: string; value: number };
  /** What value divided by alternative may be at most. */
  goal: number;
  /** What else is to be known of it: how far its rounds lie apart. */
  note?: string;
}

/** What cannot be measured on this machine, and why. */
export interface Unmeasured {
  name: string;
  because: string;
}

export function line(figure: Figure | Unmeasured): string {
  if ('because' in figure) return `${figure.name} not measured: ${figure.because}`;
  const { name, value, unit, alternative, goal, note } = figure;
  const ratio = value / alternative.value;
  const said = `${name} ${short(value)} ${unit}, ${alternative.name} ${short(alternative.value)}`;
  return `${said}, ratio ${ratio.toFixed(2)}, goal ${goal}, ${ratio <= goal ? 'ok' : 'short'}${note ? ` (${note})` : ''}`;
}

/** The least and the most of what all rounds gave. */
export const spread = (values: readonly number[]): string =>
  `${short(Math.min(...values))} to ${short(Math.max(...values))}`;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
}

/** Each five times, one after the other in turns, so that a busy moment of the machine meets both. Gives the medians. */
export async function inTurns(ours: () => Promise<number>, theirs: () => Promise<number>): Promise<[number, number]> {
  const [own, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    own.push(await ours());
    other.push(await theirs());
  }
  if (process.env.BENCH_ALL) process.stderr.write(`ours ${own.map(short)}; theirs ${other.map(short)}\n`);
  return [median(own), median(other)];
}

export const short = (value: number): string => String(Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)));
