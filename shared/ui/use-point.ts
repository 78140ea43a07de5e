import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Point } from './screen-pointer.tsx';
import { usePaced } from './use-paced.ts';

/** The tool to point with: while it is on, where the pointer is on the picture, in fractions of it. */
export function usePoint(picture: RefObject<Element | null>, onPoint: ((at: Point | undefined) => void) | undefined) {
  const [on, setOn] = useState(false);
  const paced = usePaced(onPoint);
  const last = useRef<{ clientX: number; clientY: number } | undefined>(undefined);
  const look = () => paced(last.current && on ? pointIn(picture.current, last.current) : undefined);
  useEffect(() => () => paced(undefined), []);
  const set = (next: boolean) => {
    last.current = undefined;
    setOn(next);
    if (!next) paced(undefined);
  };
  return {
    on: on && onPoint !== undefined,
    toggle: () => set(!on),
    /** Whether it was on. */
    stop() {
      set(false);
      return on;
    },
    events: {
      onPointerMove({ clientX, clientY }: PointerEvent) {
        last.current = { clientX, clientY };
        look();
      },
      onPointerLeave() {
        last.current = undefined;
        look();
      },
      onScroll: look, // the picture moves under a pointer that rests
    },
  };
}

function pointIn(picture: Element | null, at: { clientX: number; clientY: number }): Point | undefined {
  const box = picture?.getBoundingClientRect();
  if (!box?.width || !box.height) return undefined;
  const x = (at.clientX - box.left) / box.width;
  const y = (at.clientY - box.top) / box.height;
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : undefined;
}
