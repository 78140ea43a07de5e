import { LimitPair } from './limits.ts';
import { z } from './schema.ts';

/** Everything that can be refused, closed. The words for people are looked up by code (`error.<code>` in the locales). */
export const ErrorCode = z.enum([
  'bad-request', // what arrived does not parse; a bug or an attack, never a person's typing
  'not-found', // no such thing, or not yours to know
  'signed-out', // token missing, unknown, expired or revoked
  'forbidden', // "who may what" says no
  'bad-address', // not an e-mail address
  'wrong-code', // sign-in code wrong
  'code-expired', // sign-in code too old, used, or tried too often
  'too-many-attempts', // SE3, with `retryAfter` seconds
  'bad-number', // not a session number, unknown or ended, declined, lapsed: one sentence for all (JO4)
  'session-ended',
  'invitation-over', // revoked, reported or its session ended
  'busy', // five already wait (JO4)
  'full', // eight participants, or no more customers allowed (PA1)
  'mode-not-allowed', // to start, or to be put in charge of (ST3, PA1)
  'already-here', // this browser already takes part in that session
  'handed-over', // another agent was put in charge meanwhile (TC6)
  'not-verified', // a record's signature does not hold, or a key is not the one that was said (TC6)
  'not-here', // that person's page is not connected now
  'no-agent-yet', // it waits for an agent, and nobody could be asked to make room (TS5)
  'taken', // another agent accepted that session first (TS5)
  'taken-by-you', // by the same agent, in another browser (TS5)
  'agent-exists', // that address is an agent's already
  'queue-exists', // another queue is called so in one of the languages
  'last-administrator', // somebody must be left who administers (PA1)
  'out-of-range', // a setting that is too small or too large
  'limits-contradict', // settings that are right each by itself and wrong together
  'not-listed', // only for agents in a queue (TS1)
  'removed-before', // that agent was removed from the session, and not invited anew (EN2)
  'conflict', // the record changed meanwhile; read again
  'mail-quota', // SE3, with `retryAfter` seconds
  'mail-unreachable', // the relay cannot reach its mail server
  'mail-refused', // the mail server refused this recipient
  'relay-unreachable', // no answer (client side only)
  'no-relay', // answered, but is not a Hulplijn relay (client side only)
  'bad-relay-url', // not an address a relay can have (client side only)
  'nothing-chosen', // the browser's picker was closed without a choice (client side only)
  'cannot-capture', // browser or system let nothing be captured (client side only)
  'device-refused', // microphone or camera not allowed (client side only)
  'no-device', // no microphone or camera, or not the one chosen (client side only)
  'device-busy', // another program has it (client side only)
  'file-too-large', // over the site's limit (client side only)
  'file-blocked', // of a type the site does not allow (client side only)
  'another-file', // not the one that was being sent (client side only)
  'device-gone', // unplugged in the middle (client side only)
  'cannot-record', // no such codec, no private disk, or the browser gave up (client side only)
  'disk-full', // (client side only)
  'server-error',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** The body of every refused request. */
export const ErrorBody = z.object({
  error: ErrorCode,
  retryAfter: z.optional(z.number()),
  pairs: z.optional(z.array(LimitPair)), // of `limits-contradict`
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** The one error class that crosses a module's border. */
export class HulplijnError extends Error {
  override readonly name = 'HulplijnError';
  readonly code: ErrorCode;
  /** Seconds to wait before the same call can succeed. */
  readonly retryAfter: number | undefined;

  /** Of `limits-contradict`: which. */
  readonly pairs: LimitPair[] | undefined;

  constructor(
    code: ErrorCode,
    options: { cause?: unknown; retryAfter?: number | undefined; pairs?: LimitPair[] | undefined } = {},
  ) {
    super(code, { cause: options.cause });
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.pairs = options.pairs;
  }
}
