import type { T } from '../../shared/locales/messages.ts';
import type { Entry } from '../../shared/protocol/entry.ts';
import { NAME_CHARACTERS } from '../../shared/protocol/limits.ts';
import { PersonName } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { formatSessionNumber } from '../../shared/protocol/session-number.ts';

/** What is wrong with a name, in words; `undefined`: nothing. Judged when **Join** is pressed. */
export function nameProblem(t: T, typed: string): string | undefined {
  if (z.safeParse(PersonName, typed).success) return undefined;
  if (typed.trim() === '') return t('site.name.missing');
  const over = [...typed.trim()].length - NAME_CHARACTERS;
  return over > 0 ? t('site.name.long', { limit: NAME_CHARACTERS, over }) : t('site.name.signs');
}

/** What is wrong with a number. While it is being typed, being short is not wrong yet (ST6). */
export function numberProblem(t: T, entry: Entry, typing: boolean): string | undefined {
  switch (entry.is) {
    case 'number':
    case 'link':
      return undefined;
    case 'short':
      return typing ? undefined : t('site.number.short');
    case 'long':
      return t('site.number.long');
    case 'mistyped':
      return t('site.number.mistyped');
    case 'not digits':
      return t('site.number.notDigits');
  }
}

/** Grouped as far as typed, so that it can be compared with what was read out; anything but digits is left alone. */
export function groupedAsTyped(typed: string): string {
  const digits = typed.replace(/[\s\p{Pd}]/gu, '');
  return /^\d{1,10}$/.test(digits) ? formatSessionNumber(digits) : typed;
}
