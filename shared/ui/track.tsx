import { useEffect, useRef, useState } from 'preact/hooks';

/** A picture, as it comes; its sound, where it has any, is somebody else's (Sound). */
export function Picture({
  track,
  label,
  mirrored = false,
}: {
  track: MediaStreamTrack;
  label: string;
  mirrored?: boolean;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);
  return (
    <video
      ref={video}
      class={mirrored ? 'picture mirrored' : 'picture'}
      autoPlay
      muted
      playsInline
      aria-label={label}
    />
  );
}

/** Plays a voice; nothing to see. */
export function Sound({ track }: { track: MediaStreamTrack }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current) audio.current.srcObject = new MediaStream([track]);
  }, [track]);
  // biome-ignore lint/a11y/useMediaCaption: a live voice has no captions to offer
  return <audio ref={audio} autoPlay />;
}

const LOOKS_EACH_MS = 100;

/** How loud a voice is, 0 to 1, ten times a second (W3C Web Audio, AnalyserNode). */
function useLevel(track: MediaStreamTrack): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 512 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
      setLevel(Math.min(1, Math.sqrt(power) * 4));
    }, LOOKS_EACH_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return level;
}

/** Shows that one's own microphone hears. */
export function LevelMeter({ track, label }: { track: MediaStreamTrack; label: string }) {
  const level = useLevel(track);
  return <meter class="level" aria-label={label} min={0} max={1} value={Math.round(level * 20) / 20} />;
}
