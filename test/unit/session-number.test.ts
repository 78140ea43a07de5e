import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSessionNumber, newSessionNumber, readSessionNumber } from '../../shared/protocol/session-number.ts';

const numbers = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((value) => newSessionNumber(sequence(value, 7)));

/** A source that gives these values, one after the other. */
function sequence(...values: number[]): () => number {
  let at = 0;
  return () => values[at++] ?? 0;
}

describe('ST6 session number', () => {
  test('ST6 ten digits that are taken as they are, and in any spacing or hyphens', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.array(fc.constantFrom(' ', '-', '\u00a0', '–', '\u2009', '\u200b', '\t')),
        (number, gaps) => {
          expect(number).toMatch(/^\d{10}$/);
          const typed = [...number].map((digit, index) => (gaps[index] ?? '') + digit).join('');
          expect(readSessionNumber(typed)).toEqual({ is: 'number', number });
          expect(readSessionNumber(formatSessionNumber(number))).toEqual({ is: 'number', number });
          expect(formatSessionNumber(number)).toMatch(/^\d{3} \d{3} \d{4}$/);
        },
      ),
    );
  });

  test('ST6 every single wrong digit is found', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        for (let place = 0; place < 10; place++) {
          for (let digit = 0; digit < 10; digit++) {
            if (number[place] === String(digit)) continue;
            const wrong = number.slice(0, place) + digit + number.slice(place + 1);
            expect(readSessionNumber(wrong)).toEqual({ is: 'mistyped' });
          }
        }
      }),
    );
  });

  test('ST6 every swap of neighbours is found', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        for (let place = 0; place < 9; place++) {
          const [a, b] = [number.charAt(place), number.charAt(place + 1)];
          if (a === b) continue;
          const swapped = number.slice(0, place) + b + a + number.slice(place + 2);
          expect(readSessionNumber(swapped)).toEqual({ is: 'mistyped' });
        }
      }),
    );
  });

  test('ST6 no modulo bias: what would favour small numbers is drawn again', () => {
    // 2³² holds four whole rounds of 10⁹; the rest is refused.
    const last = 4 * 10 ** 9;
    expect(newSessionNumber(sequence(last, 2 ** 32 - 1, 5))).toBe(newSessionNumber(sequence(5)));
    expect(newSessionNumber(sequence(last - 1)).slice(0, 9)).toBe('999999999');
    expect(newSessionNumber(sequence(0)).slice(0, 9)).toBe('000000000');
  });

  test.each([
    ['', 'short'],
    ['123', 'short'],
    ['12345678901', 'long'],
    ['12a', 'not digits'],
    ['١٢٣٤٥٦٧٨٩٠', 'not digits'],
  ])('ST6 %j is %s', (typed, is) => {
    expect(readSessionNumber(typed)).toEqual({ is });
  });
});
