/**
 * Session numbers (ST6): ten digits, nine random and a Damm check digit, written `NNN NNN NNNN`.
 * An address, never a secret.
 *
 * H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004: every wrong digit and every swap of
 * neighbours is found.
 */
const QUASIGROUP = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

const RANDOM_DIGITS = 9;
const DIGITS = RANDOM_DIGITS + 1;
/** Numbers below this share of the 32-bit range divide evenly: no modulo bias. */
const COUNT = 10 ** RANDOM_DIGITS;
const EVEN = Math.floor(2 ** 32 / COUNT) * COUNT;

function damm(digits: string): number {
  let row = 0;
  for (const digit of digits) row = QUASIGROUP[row]?.[Number(digit)] ?? 0;
  return row;
}

/** A fresh session number, bare digits. `random32` gives uniform integers in [0, 2³²) from a CSPRNG. */
export function newSessionNumber(random32: () => number): string {
  let value = random32();
  while (value >= EVEN) value = random32();
  const digits = String(value % COUNT).padStart(RANDOM_DIGITS, '0');
  return digits + damm(digits);
}

/** What a person typed, judged: spaces and hyphens of any kind are taken, at any place. */
export type TypedNumber = { is: 'number'; number: string } | { is: 'short' | 'long' | 'mistyped' | 'not digits' };

export function readSessionNumber(typed: string): TypedNumber {
  const digits = typed.replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  if (!/^\d*$/.test(digits)) return { is: 'not digits' };
  if (digits.length < DIGITS) return { is: 'short' };
  if (digits.length > DIGITS) return { is: 'long' };
  return damm(digits) === 0 ? { is: 'number', number: digits } : { is: 'mistyped' };
}

/** Grouped for reading out, as far as typed: `NNN NNN NNNN`. */
export function formatSessionNumber(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].filter(Boolean).join(' ');
}
