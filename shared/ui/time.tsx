import { useEffect, useState } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import { useT } from './i18n.ts';

const SECOND = 1000;

/** The time now, in ms, anew each second. Only for what is shown: a hidden page's timers are throttled. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/**
 * Whole seconds until then, to be drawn anew by whoever uses `useNow`: by the clock of this very moment, since that is up
 * to a second old, and rounded, since `until` may come from another clock. So it never begins above what was given.
 */
export function secondsLeft(until: number, now = Date.now()): number {
  return Math.max(0, Math.round((until - now) / SECOND));
}

/** The same, drawn anew each second. */
export function useSecondsLeft(until: number): number {
  useNow();
  return secondsLeft(until);
}

/** `4:07`, `1:04:07`; never negative. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long it has been going on, ticking; stands still at `until`. */
export function Duration({ since, until }: { since: number; until?: number | undefined }) {
  const now = useNow();
  return <span class="number meta">{durationText((until ?? now) - since)}</span>;
}

/** The clock time, as the language writes it: `14:02`. */
export function clockText(t: T, at: number): string {
  return new Intl.DateTimeFormat(t.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

export function ClockTime({ at }: { at: number }) {
  const t = useT();
  return <time dateTime={new Date(at).toISOString()}>{clockText(t, at)}</time>;
}
