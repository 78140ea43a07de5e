import { HulplijnError } from '../protocol/errors.ts';
import type { Answer } from '../session/answer.ts';

/** What came of `work`, for whoever asked: a view must not wait for ever, and never sees an exception. */
export async function answerTo(work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof HulplijnError) return { ok: false, error: error.code, retryAfter: error.retryAfter };
    reportError(error); // a fault of ours or the browser's store
    return { ok: false, error: 'server-error' };
  }
}
