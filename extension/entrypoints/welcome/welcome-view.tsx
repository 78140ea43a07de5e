import type { Answer } from '../../../shared/session/view.ts';

/**
 * Mounted by welcome/main.tsx inside `<Language.Provider value={t}>`. Style: welcome.css (imports the shared ones).
 * The caller owns the step: a handler that answers ok moves it on; one that refuses has its words shown beside the field, what was typed kept.
 * `onSite` is called in the press itself, so that the permission for that site can be asked there.
 */
export interface WelcomeProps {
  step: WelcomeStep;
  onSite(typed: string): Promise<Answer>;
  onEmail(typed: string): Promise<Answer>; // also used for "send a new code"
  onCode(typed: string): Promise<Answer>;
  onBack(): void; // to the step before
  onSignOut(): void;
  shortcut: string; // of the popup, as the browser writes it; empty when none
}

export type WelcomeStep =
  | { at: 'site'; site: string } // site: what to start with, '' at first
  | { at: 'email'; desk: string; site: string; email: string }
  | { at: 'code'; desk: string; site: string; email: string }
  | { at: 'in'; desk: string; site: string; name: string };

export function WelcomeView(_props: WelcomeProps) {
  return null;
}
