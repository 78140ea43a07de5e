import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const SECOND = 1000;
/** After so long without a frame, a picture whose frames came steadily stands still for a reason of its own. */
const SILENCE_MS = 3 * SECOND;
/** A browser repeats the frame of a screen that does not change at least every two seconds: so many in so long is steady. */
const STEADY = { frames: 4, ms: 8 * SECOND };

export interface Frames {
  rate: number | undefined; // frames in the last second; `undefined` before the first, and where the browser does not tell
  frozen: number | undefined; // since when (ms), where nothing comes though it should
}

const NONE: Frames = { rate: undefined, frozen: undefined };

/** What arrives in a `<video>` that shows `track`, looked at twice a second (WICG video-rvfc). */
export function useFrames(video: RefObject<HTMLVideoElement | null>, track: MediaStreamTrack): Frames {
  const [frames, setFrames] = useState(NONE);
  useEffect(() => {
    const element = video.current;
    if (typeof element?.requestVideoFrameCallback !== 'function') return;
    setFrames(NONE);
    let seen: { at: number; count: number }[] = [];
    let presented = 0;
    let since = Date.now(); // the last frame, or when this page began to look
    let next = element.requestVideoFrameCallback(function onFrame(_, { presentedFrames }) {
      since = Date.now();
      seen.push({ at: since, count: presented > 0 ? Math.max(1, presentedFrames - presented) : 1 });
      presented = presentedFrames;
      next = element.requestVideoFrameCallback(onFrame);
    });
    const look = () => {
      // No frame is presented to a hidden page.
      if (document.visibilityState !== 'visible') return;
      const now = Date.now();
      seen = seen.filter(({ at }) => at > since - STEADY.ms);
      const steady = seen.length >= STEADY.frames;
      const stopped = track.muted || track.readyState === 'ended';
      const rate = seen.filter(({ at }) => at > now - SECOND).reduce((sum, { count }) => sum + count, 0);
      const frozen = now - since >= SILENCE_MS && (steady || stopped) ? since : undefined;
      if (presented > 0) setFrames((last) => (last.rate === rate && last.frozen === frozen ? last : { rate, frozen }));
    };
    const onVisible = () => {
      since = Date.now();
      seen = [];
    };
    const timer = setInterval(look, SECOND / 2);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
      element.cancelVideoFrameCallback(next);
    };
  }, [track]);
  return frames;
}
