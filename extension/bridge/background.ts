import { z } from '../../shared/protocol/schema.ts';
import { Answer } from '../../shared/session/answer.ts';
import { Command } from '../../shared/session/view.ts';
import { browser } from '../browser.ts';

/**
 * What the popup asks of the background, which lives on when the popup closes: to open the dashboard if need be, to pass
 * a command on, and then to put the bar into `tab`.
 */
export const Errand = z.object({ type: z.literal('errand'), command: Command, tab: z.optional(z.int()) });
export type Errand = z.infer<typeof Errand>;

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
