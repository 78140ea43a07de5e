import { useRef } from 'preact/hooks';

/** As the reader's language sorts names. */
export function byName(a: string, b: string): number {
  return a.localeCompare(b, document.documentElement.lang);
}

/** All in the order of the first look, and what came later at the end: nothing moves away from under the hand. */
export function useSteadyOrder<One extends { id: string }>(
  all: readonly One[],
  atFirst: (a: One, b: One) => number = () => 0,
): One[] {
  const order = useRef<readonly string[]>([]);
  const known = new Map(all.map((one) => [one.id, one]));
  const stayed = order.current.filter((id) => known.has(id));
  const came = all.filter(({ id }) => !stayed.includes(id)).toSorted(atFirst);
  order.current = [...stayed, ...came.map(({ id }) => id)];
  return order.current.flatMap((id) => known.get(id) ?? []);
}
