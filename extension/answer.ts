import { HulplijnError } from '../shared/protocol/errors.ts';
import type { Answer } from '../shared/session/answer.ts';

/** What a view is told of `work`: done, or the refusal whose words it shows. */
export async function answerOf(work: () => Promise<unknown>): Promise<Answer> {
  try {
    await work();
    return { ok: true };
  } catch (cause) {
    if (!(cause instanceof HulplijnError)) throw cause;
    return {
      ok: false,
      error: cause.code,
      ...(cause.retryAfter === undefined ? {} : { retryAfter: cause.retryAfter }),
      ...(cause.pairs && { pairs: cause.pairs }),
    };
  }
}
