import { createT, type Messages, type T } from '../../../shared/locales/messages.ts';

/** All of them: what every other page loads is without the administration's (wxt.config.ts). */
const WHOLE: Record<'en' | 'nl', () => Promise<{ default: Messages }>> = {
  en: () => import('../../../shared/locales/en.json?whole'),
  nl: () => import('../../../shared/locales/nl.json?whole'),
};

export async function loadWholeT(language: 'en' | 'nl'): Promise<T> {
  return createT(language, (await WHOLE[language]()).default);
}
