import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** So long a press may still have been meant for the question that stood there before, ms. */
const SETTLES_MS = 500;

/** A question of this page has just gone: what stands in its place now is not what was pressed. */
const unsettled = signal(false);
let timer: ReturnType<typeof setTimeout>;

function unsettle(): void {
  unsettled.value = true;
  clearTimeout(timer);
  timer = setTimeout(() => {
    unsettled.value = false;
  }, SETTLES_MS);
}

/**
 * The buttons that answer a question. One press answers one question: when one goes, those that follow it, or move up
 * into its place, take no press for a moment. They stay where they are and keep the focus, so the keyboard goes on.
 */
export function Answers({ class: look = 'row', children }: { class?: string; children: ComponentChildren }) {
  useLayoutEffect(() => {
    if (unsettled.peek()) unsettle(); // for its own whole time
    return unsettle;
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be disabled with its buttons, which lose the focus then
    <div
      class={look}
      role="group"
      aria-disabled={unsettled.value}
      onClickCapture={(event) => {
        if (!unsettled.peek()) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}
