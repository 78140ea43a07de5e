import { Language } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';

const KEPT_AS = 'hulplijn-language';

/** What was chosen here before, else the first of the browser's languages that we speak, else none. */
export function readLanguage(): Language | undefined {
  const wishes = [kept(), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wishes.map((wish) => z.safeParse(Language, wish)).find((wish) => wish.success)?.data;
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
