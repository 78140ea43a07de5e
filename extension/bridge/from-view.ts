import { z } from '../../shared/protocol/schema.ts';
import { Command } from '../../shared/session/view.ts';
import { Nonce, Notice, Press } from './wire.ts';

/** What a view says to the dashboard. Apart from the way back, so that views do not load every command's schema. */
export const FromView = z.discriminatedUnion('type', [
  /** A page of ours, in a tab or popup of its own. */
  z.object({ type: z.literal('hello') }),
  /** The framed page: shown anything only if the content script of the same tab vouches for its nonce. */
  z.object({ type: z.literal('hello bar'), nonce: Nonce }),
  z.object({ type: z.literal('command'), n: z.int(), command: Command }),
  /** Bring the dashboard forward. */
  z.object({ type: z.literal('show'), notice: z.optional(Notice), press: z.optional(Press) }),
  /** Open a message window of the agent's mail program (IN4): by the extension, never by the page. */
  z.object({ type: z.literal('mail'), url: z.string().check(z.regex(/^mailto:/), z.maxLength(2000)) }),
  z.object({ type: z.literal('collapse'), collapsed: z.boolean() }),
  /** From a second dashboard: "Use here". */
  z.object({ type: z.literal('let go') }),
]);
export type FromView = z.infer<typeof FromView>;
