import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Keeps one value, as the page around a view would. */
export function Live<Value>({
  initial,
  children,
}: {
  initial: Value;
  children: (value: Value, onValue: (value: Value) => void) => ComponentChildren;
}) {
  const [value, setValue] = useState(() => initial);
  return <>{children(value, (next) => setValue(() => next))}</>;
}
