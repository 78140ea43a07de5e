import { useRef } from 'preact/hooks';
import type { Point } from './screen-pointer.tsx';

/** At most 20 points a second. */
const EVERY_MS = 50;

/** Passes on the last of what comes too fast, and `undefined` at once, and each only once. */
export function usePaced(onPoint: ((at: Point | undefined) => void) | undefined): (at: Point | undefined) => void {
  const pace = useRef<{ timer: ReturnType<typeof setTimeout> | undefined; next: Point | undefined; on: boolean }>({
    timer: undefined,
    next: undefined,
    on: false,
  });
  const latest = useRef(onPoint);
  latest.current = onPoint;
  return useRef((at: Point | undefined) => {
    const { current: now } = pace;
    now.next = at;
    if (!at) {
      clearTimeout(now.timer);
      now.timer = undefined;
      if (now.on) latest.current?.(undefined);
      now.on = false;
      return;
    }
    if (now.timer) return;
    now.on = true;
    now.next = undefined;
    latest.current?.(at);
    const again = () => {
      now.timer = undefined;
      if (!now.next) return;
      latest.current?.(now.next);
      now.next = undefined;
      now.timer = setTimeout(again, EVERY_MS);
    };
    now.timer = setTimeout(again, EVERY_MS);
  }).current;
}
