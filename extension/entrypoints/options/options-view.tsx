import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import type { Device } from '../../../shared/protocol/relay-api.ts';
import type { Answer } from '../../../shared/session/view.ts';

/** Mounted by options/main.tsx inside `<Language.Provider value={t}>`. Style: options.css (imports the shared ones). */
export interface OptionsProps {
  account: { name: string; email: string; site: string } | undefined; // undefined: not signed in
  language: LanguageChoice;
  onLanguage(choice: LanguageChoice): void;
  everyPage: boolean;
  onEveryPage(on: boolean): Promise<boolean>; // called in the press itself; answers what is so afterwards (false: the person refused)
  devices: { is: 'loading' } | { is: 'here'; list: readonly Device[] } | { is: 'refused'; error: ErrorCode };
  onRevoke(device: string): Promise<Answer>;
  onSignOut(): Promise<Answer>;
  onSignIn(): void;
}
export type LanguageChoice = 'browser' | 'en' | 'nl';

export function OptionsView(_props: OptionsProps) {
  return null;
}
