import type { T } from '../../shared/locales/messages.ts';
import { NAME_CHARACTERS } from '../../shared/protocol/limits.ts';
import { PersonName } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';

/** What is wrong with a name, in words; `undefined`: nothing. Judged when **Join** is pressed. */
export function nameProblem(t: T, typed: string): string | undefined {
  if (z.safeParse(PersonName, typed).success) return undefined;
  if (typed.trim() === '') return t('site.name.missing');
  const over = [...typed.trim()].length - NAME_CHARACTERS;
  return over > 0 ? t('site.name.long', { limit: NAME_CHARACTERS, over }) : t('site.name.signs');
}
