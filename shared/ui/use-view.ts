import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { layOut, type Size, scaleOf, type Zoom, zoomedBy } from './screen-zoom.ts';

const ARROW_PX = 60;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-ARROW_PX, 0],
  ArrowRight: [ARROW_PX, 0],
  ArrowUp: [0, -ARROW_PX],
  ArrowDown: [0, ARROW_PX],
};

interface Place {
  x: number;
  y: number;
}

/** A picture in a place that scrolls: how large it is drawn, and what of it is in sight. */
export function useView(picture: Size | undefined) {
  const place = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [room, setRoom] = useState<Size>();
  const ratio = usePixelRatio();
  const known = picture && room;
  const scale = known ? scaleOf(zoom, picture, room, ratio) : 1;
  const newest = useRef(scale); // several turns of the wheel may come before one drawing
  newest.current = scale;
  const held = useRef<{ at: Place; part: Place } | undefined>(undefined);
  const drag = useRef<{ at: Place; left: number; top: number } | undefined>(undefined);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoom({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // What was at that place before the zoom is there again after it.
  useLayoutEffect(() => {
    const { current: hold } = held;
    held.current = undefined;
    const box = place.current?.firstElementChild?.getBoundingClientRect();
    if (!hold || !box) return;
    place.current?.scrollBy(
      box.left + hold.part.x * box.width - hold.at.x,
      box.top + hold.part.y * box.height - hold.at.y,
    );
  });

  const zoomTo = (next: Zoom, at = middleOf(place.current)) => {
    const box = place.current?.firstElementChild?.getBoundingClientRect();
    if (next === zoom || !box) return;
    held.current = { at, part: { x: (at.x - box.left) / box.width, y: (at.y - box.top) / box.height } };
    if (next !== 'fit') newest.current = next;
    setZoom(next);
  };
  return {
    place,
    zoom,
    scale,
    layout: known ? layOut(scale, picture, room, ratio) : undefined,
    zoomTo,
    zoomBy: (factor: number, at?: Place) => zoomTo(zoomedBy(newest.current, factor), at),
    /** Whether `key` moved what is in sight. */
    pan(key: string): boolean {
      const by = ARROWS[key];
      const element = place.current;
      if (!by || !element) return false;
      if (element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight) return false;
      element.scrollBy(...by);
      return true;
    },
    drag: {
      onPointerDown(event: PointerEvent) {
        const element = place.current;
        if (event.button !== 0 || event.pointerType !== 'mouse' || !element) return;
        element.setPointerCapture(event.pointerId);
        drag.current = { at: { x: event.clientX, y: event.clientY }, left: element.scrollLeft, top: element.scrollTop };
      },
      onPointerMove(event: PointerEvent) {
        const { current: from } = drag;
        if (from) place.current?.scrollTo(from.left + from.at.x - event.clientX, from.top + from.at.y - event.clientY);
      },
      onLostPointerCapture() {
        drag.current = undefined;
      },
    },
  };
}

function middleOf(element: Element | null): Place {
  const box = element?.getBoundingClientRect();
  return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 0, y: 0 };
}

/** Device pixels in each CSS pixel: another after the page was zoomed, or moved to another screen. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = () => setRatio(devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}
