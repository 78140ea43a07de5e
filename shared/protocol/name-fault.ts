import { NAME_CHARACTERS } from './limits.ts';
import { PersonName } from './relay-api.ts';
import { z } from './schema.ts';

/**
 * Why what was typed is no name: nothing in it, more code points than fit, or signs that nobody sees, such as those that
 * turn the direction in which a line reads (Unicode UAX #9).
 */
export function nameFault(typed: string): 'missing' | 'long' | 'signs' | undefined {
  if (z.safeParse(PersonName, typed).success) return undefined;
  if (typed.trim() === '') return 'missing';
  return [...typed.trim()].length > NAME_CHARACTERS ? 'long' : 'signs';
}
