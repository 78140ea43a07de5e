import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** ICU messages, one JSON a language, the same keys in each (a test keeps it so). */
export type Key = keyof typeof en;
export type Messages = Record<Key, string>;
export type Values = Record<string, string | number | Date>;
/** The text of `key` with its placeholders filled; values are text, never markup. */
export type T = ((key: Key, values?: Values) => string) & { language: 'en' | 'nl' };

export function createT(language: 'en' | 'nl', messages: Messages): T {
  const compiled = new Map<Key, IntlMessageFormat>();
  const t = (key: Key, values?: Values): string => {
    let format = compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(messages[key], language, undefined, { ignoreTag: true });
      compiled.set(key, format);
    }
    return String(format.format(values));
  };
  return Object.assign(t, { language });
}
