import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countGraphemes,
  OFFER_MESSAGE_CHARACTERS,
  OFFER_TEXT_BYTES,
  OfferMessage,
  OfferNotes,
} from '../../shared/protocol/offer-message.ts';
import { z } from '../../shared/protocol/schema.ts';

const FAMILY = '👩‍👩‍👧'; // five code points, 18 bytes
const isMessage = (text: string) => z.safeParse(OfferMessage, text).success;

test('TS3 a message has at most 345 characters as people count them', () => {
  expect(['', 'a', 'é', 'e\u0301', FAMILY, '🇳🇱', 'नि', '\r\n'].map(countGraphemes)).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
  expect(isMessage('a'.repeat(OFFER_MESSAGE_CHARACTERS))).toBe(true);
  expect(isMessage('a'.repeat(OFFER_MESSAGE_CHARACTERS + 1))).toBe(false);
  expect(isMessage(`${'e\u0301'.repeat(345)}`)).toBe(true);
  expect(z.parse(OfferMessage, `  ${'a'.repeat(345)}\n`)).toBe('a'.repeat(345)); // trimmed first
});

test('TS3 TS4 a message, and the notes, have at most 4 KiB of UTF-8', () => {
  expect(isMessage(FAMILY.repeat(227))).toBe(true); // 4,086 bytes
  expect(isMessage(FAMILY.repeat(228))).toBe(false); // 228 characters, but 4,104 bytes
  expect(z.safeParse(OfferNotes, 'n'.repeat(OFFER_TEXT_BYTES)).success).toBe(true);
  expect(z.safeParse(OfferNotes, 'n'.repeat(OFFER_TEXT_BYTES + 1)).success).toBe(false);
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom('a', 'é', '€', '👩', '\uD800'), fc.string()),
    maxLength: 3000,
  });
  fc.assert(
    fc.property(text, (notes) => {
      expect(z.safeParse(OfferNotes, notes).success).toBe(bytes(notes) <= OFFER_TEXT_BYTES);
    }),
  );
});
