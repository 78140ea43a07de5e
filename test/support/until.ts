const DEADLINE = 30_000; // ms; a failure, never a measure: a machine shared by four browsers may take its time
const ANSWERS_WITHIN = 3000; // ms; a document that is just going answers nobody, and Firefox then says nothing at all
const LOOK_AGAIN = 50; // ms

const silence = () => new Promise<undefined>((resolve) => setTimeout(resolve, ANSWERS_WITHIN, undefined));

/**
 * Waits until `look` finds something, as a person would; what goes wrong while looking is "not yet". A look that does
 * something (a press) is never given up on, or it would be done twice: `doing` says so.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | null | false> | T,
  { doing = false } = {},
): Promise<T> {
  const end = Date.now() + DEADLINE;
  let last: unknown;
  for (;;) {
    try {
      const found = doing ? await look() : await Promise.race([look(), silence()]);
      if (found !== undefined && found !== null && found !== false) return found;
    } catch (cause) {
      last = cause;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}
