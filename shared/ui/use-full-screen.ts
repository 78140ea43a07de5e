import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Whether `element` fills the screen, and the way there and back; Escape leaves by itself. `undefined`: not allowed here. */
export function useFullScreen(element: RefObject<HTMLElement | null>): {
  on: boolean;
  toggle: (() => void) | undefined;
} {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const changed = () => setOn(element.current !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  if (!document.fullscreenEnabled) return { on, toggle: undefined };
  const toggle = () =>
    void (on ? document.exitFullscreen() : element.current?.requestFullscreen())?.catch(() => undefined); // refused: it stays as it is
  return { on, toggle };
}
