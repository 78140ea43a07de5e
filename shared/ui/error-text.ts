import type { T } from '../locales/messages.ts';
import type { Answer } from '../session/answer.ts';

export type Refusal = Extract<Answer, { ok: false }>;

/** The words for a refusal, looked up by code; whole minutes where it says when to try again. */
export function errorText(t: T, refusal: Refusal): string {
  const minutes = Math.max(1, Math.ceil((refusal.retryAfter ?? 60) / 60));
  return t(`error.${refusal.error}`, { minutes });
}
