import { createT, type Messages, type T } from '../../../shared/locales/messages.ts';

/** As the files are: what every other page loads of them is without the administration's words (wxt.config.ts). */
const WHOLE: Record<'en' | 'nl', () => Promise<{ default: string }>> = {
  en: () => import('../../../shared/locales/en.json?raw'),
  nl: () => import('../../../shared/locales/nl.json?raw'),
};

export async function loadWholeT(language: 'en' | 'nl'): Promise<T> {
  const messages: Messages = JSON.parse((await WHOLE[language]()).default);
  return createT(language, messages);
}
