import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { T } from '../locales/messages.ts';

export const Language = createContext<T | undefined>(undefined);

/** The texts of the page's language: every screen is rendered inside `<Language.Provider value={t}>`. */
export function useT(): T {
  const t = useContext(Language);
  if (!t) throw new Error('no language provided');
  return t;
}
