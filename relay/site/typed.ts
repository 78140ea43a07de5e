import type { T } from '../../shared/locales/messages.ts';
import { NAME_CHARACTERS } from '../../shared/protocol/limits.ts';
import { nameFault } from '../../shared/protocol/name-fault.ts';

/** What is wrong with a name, in words; `undefined`: nothing. Judged when **Join** is pressed. */
export function nameProblem(t: T, typed: string): string | undefined {
  switch (nameFault(typed)) {
    case undefined:
      return undefined;
    case 'missing':
      return t('site.name.missing');
    case 'long':
      return t('site.name.long', { limit: NAME_CHARACTERS, over: [...typed.trim()].length - NAME_CHARACTERS });
    case 'signs':
      return t('site.name.signs');
  }
}
