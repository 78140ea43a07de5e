import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** ICU messages, one JSON a language, the same keys in each (a test keeps it so). */
export type Key = keyof typeof en;
export type Messages = Record<Key, Message>;
/** As in the JSON, or parsed (texts.plugin.ts). */
export type Message = ConstructorParameters<typeof IntlMessageFormat>[0];
/** A text without these is what is shown. */
export const SYNTAX = /[{'}]/;
export type Values = Record<string, string | number | Date>;
/** The text of `key` with its placeholders filled; values are text, never markup. */
export type T = ((key: Key, values?: Values) => string) & { language: 'en' | 'nl' };

export function createT(language: 'en' | 'nl', messages: Messages): T {
  const compiled = new Map<Key, IntlMessageFormat>();
  const t = (key: Key, values?: Values): string => {
    const message = messages[key];
    if (typeof message === 'string' && !SYNTAX.test(message)) return message;
    let format = compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
      compiled.set(key, format);
    }
    return String(format.format(values));
  };
  return Object.assign(t, { language });
}
