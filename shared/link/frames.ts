import { Fingerprint, PageId, SessionId, SigningKey } from '../protocol/ids.ts';
import { parseJson, z } from '../protocol/schema.ts';
import { KEPT_BYTES } from './link.ts';

/**
 * The codec of a connection, its only one. A frame is a text: one line of JSON, and for those that carry a text a
 * newline and that text as it is. So a text is never escaped twice, and its size on the wire is its own.
 */
export const FRAME_BYTES = 128 * 1024;
const HEADER_CHARACTERS = 4096;
/** UTF-8 bytes of a session description with all slots: browsers' own have 7 to 12 KB. */
const MEDIA_BYTES = 32 * 1024;

const Count = z.int().check(z.gte(0));
const Life = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** The first frame of each side. What it says is bound by the proof, raw as it was sent. */
export const Hello = z.object({
  t: z.literal('hello'),
  v: z.literal(1),
  session: SessionId,
  key: SigningKey,
  fingerprints: z.array(Fingerprint).check(z.minLength(1), z.maxLength(4)),
  nonce: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  page: PageId,
  /** What this side holds the other against, so that one without the invitation's key can say so. */
  trust: z.enum(['invitation', 'introduced', 'none']),
  /** Its stored state; the other's as it last knew it; and how much of the other's it has stored. */
  life: Life,
  knows: z.optional(Life),
  received: Count,
  /** It has no line it is content with: the lower id should take this one. */
  needs: z.boolean(),
});
export type Hello = z.infer<typeof Hello>;

export const Proof = z.object({
  t: z.literal('proof'),
  signature: z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/)),
  mac: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))),
});
export type Proof = z.infer<typeof Proof>;

const Candidate = z.object({
  candidate: z.string().check(z.maxLength(1024)),
  sdpMid: z.nullable(z.string().check(z.maxLength(64))),
  sdpMLineIndex: z.nullable(Count),
  usernameFragment: z.nullable(z.string().check(z.maxLength(256))),
});

/** Frames of a proven line. `kept`, `pass` and `media` (slots.ts) carry a text. */
const Plain = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ack'), n: Count }),
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('pong') }),
  z.object({ t: z.literal('use'), e: Count }),
  z.object({ t: z.literal('using'), e: Count }),
  z.object({ t: z.literal('ice'), candidate: Candidate }),
]);
const WithText = z.discriminatedUnion('t', [
  z.object({ t: z.literal('kept'), n: Count }),
  z.object({ t: z.literal('pass') }),
  z.object({ t: z.literal('media'), is: z.enum(['offer', 'answer', 'refused']) }),
]);
export type Frame = z.infer<typeof Plain> | (z.infer<typeof WithText> & { text: string });
export type BeforeProof = Hello | Proof;
const BeforeProof = z.discriminatedUnion('t', [Hello, Proof]);

const utf8 = new TextEncoder();
/** Bytes of `text` in UTF-8, without encoding more than need be. */
export function bytesOf(text: string): number {
  return utf8.encode(text).byteLength;
}

function tooLong(t: Frame['t'], text: string): boolean {
  const most = t === 'media' ? MEDIA_BYTES : KEPT_BYTES;
  return text.length > most || bytesOf(text) > most;
}

/** Throws a RangeError for a text that is too large. */
export function encode(frame: Frame | BeforeProof): string {
  if (!('text' in frame)) return JSON.stringify(frame);
  const { text, ...header } = frame;
  if (tooLong(frame.t, text)) throw new RangeError('text too large for the link');
  return `${JSON.stringify(header)}\n${text}`;
}

function bounded(data: unknown): data is string {
  return typeof data === 'string' && data.length <= FRAME_BYTES && bytesOf(data) <= FRAME_BYTES;
}

/** A frame before the proof: only `hello` and `proof` pass. `undefined` for anything else. */
export function decodeBeforeProof(data: unknown): BeforeProof | undefined {
  if (!bounded(data) || data.length > HEADER_CHARACTERS) return undefined;
  return parseJson(BeforeProof, data);
}

/** A frame of a proven line, `undefined` for anything that is not exactly one. Never throws. */
export function decode(data: unknown): Frame | undefined {
  if (!bounded(data)) return undefined;
  const newline = data.indexOf('\n');
  const header = newline < 0 ? data : data.slice(0, newline);
  if (header.length > HEADER_CHARACTERS) return undefined;
  if (newline < 0) return parseJson(Plain, header);
  const text = data.slice(newline + 1);
  const frame = parseJson(WithText, header);
  return frame && !tooLong(frame.t, text) ? { ...frame, text } : undefined;
}
