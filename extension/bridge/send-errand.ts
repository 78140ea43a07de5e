import { z } from '../../shared/protocol/schema.ts';
import { Answer } from '../../shared/session/answer.ts';
import { browser } from '../browser.ts';
import type { Errand } from './errand.ts';

/** @returns the dashboard's answer; `server-error` when the background could not be had. */
export async function sendErrand(errand: Omit<Errand, 'type'>): Promise<Answer> {
  try {
    const answer = z.safeParse(Answer, await browser.runtime.sendMessage({ type: 'errand', ...errand }));
    if (answer.success) return answer.data;
  } catch {
    // The background stopped in the middle of it.
  }
  return { ok: false, error: 'server-error' };
}
