import { useEffect, useState } from 'preact/hooks';
import type { Loaded } from './administration-view.tsx';

/** Asks when first drawn, and again when told to; what was there stays meanwhile. */
export function useLoaded<Value>(
  ask: () => Promise<Loaded<Value>>,
): [Loaded<Value> | undefined, again: () => void, set: (value: Value) => void] {
  const [loaded, setLoaded] = useState<Loaded<Value>>();
  const again = () => void ask().then(setLoaded);
  useEffect(again, []);
  return [loaded, again, (value) => setLoaded({ is: 'here', value })];
}
