import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Surface } from '../activities/screen-shown.ts';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { type Point, PointerMark } from './screen-pointer.tsx';
import { type Motion, ScreenToolbar } from './screen-toolbar.tsx';
import { type Size, STEP } from './screen-zoom.ts';
import { useFrames } from './use-frames.ts';
import { useFullScreen } from './use-full-screen.ts';
import { usePoint } from './use-point.ts';
import { useView } from './use-view.ts';

export interface ScreenViewerProps {
  track: MediaStreamTrack;
  /** Who shares it, and what. */
  name: string;
  surface: Surface;
  /** Where this person may point: given while the tool is on, at most 20 times a second; `undefined`: not on the picture. */
  onPoint?(at: Point | undefined): void;
  /** Whether motion goes before sharp text there; given to who may choose. */
  motion?: Motion | undefined;
  /** Somebody's pointer, drawn on the picture with their name. */
  pointer?: (Point & { name: string }) | undefined;
}

/** One shared screen (SH1): the whole of it or as large as it is, what it is, and whether it still moves. */
export function ScreenViewer({ track, name, surface, motion, onPoint, pointer }: ScreenViewerProps) {
  const t = useT();
  const id = useId();
  const root = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [size, setSize] = useState<Size>();
  const { rate, frozen } = useFrames(video, track);
  const view = useView(size);
  const full = useFullScreen(root);
  const point = usePoint(video, onPoint);
  const { layout } = view;
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const done = actOn(event.key) || view.pan(event.key);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const actOn = (key: string): boolean => {
    switch (key) {
      case '+':
      case '=':
        view.zoomBy(STEP);
        return true;
      case '-':
      case '_':
        view.zoomBy(1 / STEP);
        return true;
      case '0':
        view.zoomTo('fit');
        return true;
      case '1':
        view.zoomTo(1);
        return true;
      case 'f':
      case 'F':
        full.toggle?.();
        return true;
      case 'm':
      case 'M':
        motion?.toggle();
        return motion !== undefined;
      case 'Escape':
        return point.stop();
      default:
        return false;
    }
  };
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return; // turning alone scrolls
    event.preventDefault();
    view.zoomBy(Math.exp(-event.deltaY / 500), { x: event.clientX, y: event.clientY });
  };
  return (
    <section class="screen-viewer" ref={root} aria-labelledby={`${id}-name`} onKeyDown={onKeyDown}>
      <div class="screen-head">
        <div class="screen-what">
          <h2 id={`${id}-name`} class="ellipsis" title={t('screen.of', { name, surface })}>
            <WithName text={t('screen.of', { name: NAME_SLOT, surface })} name={name} />
          </h2>
          <p class="screen-status meta">
            {size ? `${size.width} × ${size.height}` : t('screen.waiting')}
            {size && rate !== undefined && ` · ${t('screen.rate', { rate })}`}
          </p>
        </div>
        <ScreenToolbar view={view} full={full} motion={motion} point={onPoint && point} />
      </div>
      <div class="screen-around">
        <div
          ref={view.place}
          class={['screen-place', view.zoom === 'fit' ? 'fits' : '', point.on ? 'pointing' : ''].join(' ')}
          role="application"
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-keys`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys that zoom and move the picture are pressed here
          tabIndex={0}
          onWheel={onWheel}
          {...(point.on ? point.events : view.drag)}
        >
          <div
            class="screen-picture"
            style={
              layout
                ? {
                    width: `${layout.width}px`,
                    height: `${layout.height}px`,
                    margin: `${layout.top}px ${layout.left}px`,
                  }
                : { visibility: 'hidden' }
            }
          >
            <video
              ref={video}
              autoplay
              muted
              playsInline
              aria-labelledby={`${id}-name`}
              onResize={({ currentTarget: { videoWidth, videoHeight } }) =>
                setSize(videoWidth > 0 ? { width: videoWidth, height: videoHeight } : undefined)
              }
            />
            {pointer && <PointerMark at={pointer} />}
          </div>
        </div>
        {size && frozen !== undefined && (
          <Notice tone="warn">
            {t('screen.frozen', {
              time: new Intl.DateTimeFormat(t.language, { timeStyle: 'medium', hourCycle: 'h23' }).format(frozen),
            })}
          </Notice>
        )}
      </div>
      <p id={`${id}-keys`} class="visually-hidden">
        {t('screen.keys')}
      </p>
    </section>
  );
}
