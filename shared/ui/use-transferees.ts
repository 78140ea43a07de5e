import { useEffect, useState } from 'preact/hooks';
import { type Mode, Transferees } from '../protocol/relay-api.ts';
import { z } from '../protocol/schema.ts';
import type { Send } from '../session/view.ts';
import { errorText } from './error-text.ts';
import { useT } from './i18n.ts';
import { usePageVisible } from './visible.ts';

/** So often the relay is asked again while somebody looks, ms. */
const EVERY_MS = 10_000;

export interface TransfereesNow {
  known: Transferees | undefined; // as last heard
  problem: string; // why nothing newer is
}

/**
 * Queues and agents, and who of them is available (TS6), for a session of that `mode`: asked at once, anew while the page
 * is seen, and when `news` is another.
 */
export function useTransferees(send: Send, { mode, news }: { mode?: Mode; news?: unknown }): TransfereesNow {
  const t = useT();
  const visible = usePageVisible();
  const [now, setNow] = useState<TransfereesNow>({ known: undefined, problem: '' });
  useEffect(() => {
    let here = true;
    const ask = async () => {
      const answer = await send({ type: 'transferees', ...(mode && { mode }) });
      if (!here) return;
      const read = z.safeParse(Transferees, answer.ok ? answer.value : undefined);
      if (read.success) setNow({ known: read.data, problem: '' });
      else {
        const problem = errorText(t, answer.ok ? { ok: false, error: 'server-error' } : answer);
        setNow(({ known }) => ({ known, problem }));
      }
    };
    void ask();
    const timer = visible ? setInterval(() => void ask(), EVERY_MS) : undefined;
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, [visible, mode, news]);
  return now;
}
