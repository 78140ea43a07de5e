import { z } from './schema.ts';

/** TS3: a personal message to the agents who are offered a session, in characters as people count them (UAX 29). */
export const OFFER_MESSAGE_CHARACTERS = 345;
/** Bytes of UTF-8, of the message and of the session notes that go along. */
export const OFFER_TEXT_BYTES = 4096;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Grapheme clusters: 👩‍👩‍👧 is one, however many code points it is made of. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
}

/** Bytes in UTF-8 (RFC 3629); a lone surrogate becomes U+FFFD, three bytes as well. */
function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

const isShort = (text: string) => countBytes(text) <= OFFER_TEXT_BYTES;

/** The one measure for the field, the relay's interface and its store. */
export const OfferMessage = z.string().check(
  z.trim(),
  z.refine((text) => isShort(text) && countGraphemes(text) <= OFFER_MESSAGE_CHARACTERS),
);
export const OfferNotes = z.string().check(z.refine(isShort));
