import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** What the page is told one after another: the next of `steps` whenever `<html data-step>` says so (`Gallery.step`). */
export function Stepped<Value>({
  steps,
  children,
}: {
  steps: () => readonly [Value, ...Value[]];
  children: (value: Value) => ComponentChildren;
}) {
  const [all] = useState(steps);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const watch = new MutationObserver(() => setAt(Number(document.documentElement.dataset.step)));
    watch.observe(document.documentElement, { attributeFilter: ['data-step'] });
    return () => watch.disconnect();
  }, []);
  return <>{children(all[at] ?? all[0])}</>;
}
