import { SessionId } from '../../shared/protocol/ids.ts';
import { Language } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { Answer } from '../../shared/session/answer.ts';
import { BarPlace } from '../settings.ts';
import { Snapshot } from './snapshot.ts';

/**
 * What passes between the views (popup, icon bar, options, background) and the dashboard, which holds the sessions.
 * Every view opens one runtime port to it and says who it is first.
 */
export const VIEW_PORT = 'view';
/** The port of the content script that holds a bar's frame: bar-host/ (too small for zod, so its own two messages). */
export const HOST_PORT = 'bar-host';

/** 128 random bits in hex, made by the content script for the one frame it puts into a page. */
export const Nonce = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** Why the dashboard came forward by itself: shown there as a sentence (ST4). */
export const Notice = z.enum(['no-bar']);
export type Notice = z.infer<typeof Notice>;

/** What needs the dashboard (a press in the page that captures, a dialog with tabs): asked for in the bar, it comes forward for it. */
export const Press = z.object({
  what: z.enum(['share', 'call', 'video', 'transfer']),
  session: SessionId, // the one it was pressed for: another may be selected by the time it is done
});
export type Press = z.infer<typeof Press>;

export const FromDashboard = z.discriminatedUnion('type', [
  /** The view is known. The bar's frame may read no settings itself (Firefox gives it `runtime` alone). */
  z.object({ type: z.literal('welcome'), language: Language, collapsed: z.boolean() }),
  z.object({ type: z.literal('snapshot'), snapshot: Snapshot }),
  z.object({ type: z.literal('answer'), n: z.int(), answer: Answer }),
]);
export type FromDashboard = z.infer<typeof FromDashboard>;

export const FromHost = z.union([z.object({ nonce: Nonce }), z.object({ place: BarPlace })]);
/** `go`: no session any more, take the bar away. */
export type ToHost = { place: BarPlace } | { go: true };
