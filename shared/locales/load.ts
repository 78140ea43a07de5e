import { createT, type Messages, type T } from './messages.ts';

const LOADERS: Record<'en' | 'nl', () => Promise<{ default: Messages }>> = {
  en: () => import('./en.json'),
  nl: () => import('./nl.json'),
};

/** A page loads only the language it shows. */
export async function loadT(language: 'en' | 'nl'): Promise<T> {
  return createT(language, (await LOADERS[language]()).default);
}
