import { formatSessionNumber, readSessionNumber } from '../protocol/session-number.ts';

/** Who assists may type a number, or paste a link or the whole mail (IN5); a customer types the number. */
export type Takes = 'number' | 'anything';
/** What stands in the field: `ready` to be sent, or why not. */
export type Entry = 'ready' | 'empty' | 'short' | 'long' | 'mistyped' | 'not a number';

const LOOSE_NUMBER = /\d(?:[\s\p{Pd}\p{Cf}]?\d){9}/gu;

/** Judged as it is typed, so that a slip costs no attempt (ST6). */
export function readEntry(text: string, takes: Takes): Entry {
  if (text.trim() === '') return 'empty';
  const typed = readSessionNumber(text);
  if (typed.is === 'number') return 'ready';
  if (typed.is !== 'not digits') return typed.is;
  return takes === 'anything' && holdsSession(text) ? 'ready' : 'not a number';
}

function holdsSession(text: string): boolean {
  if (/\/j\/[0-9a-f]{32}/.test(text)) return true;
  return (text.match(LOOSE_NUMBER) ?? []).some((found) => readSessionNumber(found).is === 'number');
}

/** Digits in groups as far as typed, with the caret after the same digit; anything else stays as it is, on one line. */
export function groupTyped(text: string, caret: number): { text: string; caret: number } {
  if (!/^[\d\s\p{Pd}\p{Cf}]*$/u.test(text)) return { text: text.replace(/[\r\n]+/g, ' '), caret };
  const digits = (part: string) => part.replace(/\D/g, '');
  const before = digits(text.slice(0, caret)).length;
  const grouped = formatSessionNumber(digits(text));
  let at = 0;
  for (let seen = 0; seen < before && at < grouped.length; at++) if (grouped[at] !== ' ') seen++;
  return { text: grouped, caret: at };
}
