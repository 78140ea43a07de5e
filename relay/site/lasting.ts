import { useEffect, useState } from 'preact/hooks';

/** A trouble shows only after it has lasted this long: most are over before anybody has read about them. */
const SHOWN_AFTER_MS = 2_000;

/** Whether what began at `since` (ms) has lasted long enough to be said; `undefined`: there is nothing. */
export function useLasting(since: number | undefined): boolean {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (since === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, since + SHOWN_AFTER_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return since !== undefined && Math.max(now, 0) - since >= SHOWN_AFTER_MS;
}
