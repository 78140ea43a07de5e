import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../session/answer.ts';
import { errorText } from './error-text.ts';
import { useT } from './i18n.ts';

/** What takes longer says what it does. */
const SLOW_MS = 1000;

export interface Act {
  busy: boolean;
  slow: boolean; // busy for more than a second
  problem: string; // the words of the last refusal; empty when none
  run(act: () => Promise<Answer>): Promise<Answer | undefined>; // undefined: one is under way already
  clear(): void;
}

/** One act at a time behind a button, with the words for a refusal. */
export function useAct(words = errorText): Act {
  const t = useT();
  const [state, setState] = useState({ busy: false, slow: false, problem: '' });
  const here = useRef(true);
  const busy = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const show = (next: typeof state) => {
    if (here.current) setState(next);
  };
  const run = async (act: () => Promise<Answer>) => {
    if (busy.current) return undefined;
    busy.current = true;
    show({ busy: true, slow: false, problem: '' });
    const slow = setTimeout(() => show({ busy: true, slow: true, problem: '' }), SLOW_MS);
    let problem = '';
    try {
      const answer = await act();
      if (!answer.ok) problem = words(t, answer);
      return answer;
    } finally {
      clearTimeout(slow);
      busy.current = false;
      show({ busy: false, slow: false, problem });
    }
  };
  return { ...state, run, clear: () => show({ busy: false, slow: false, problem: '' }) };
}
