import type { Mode } from '../../../shared/protocol/relay-api.ts';
import type { Send, Snapshot } from '../../../shared/session/view.ts';

/** Mounted by popup/main.tsx inside `<Language.Provider value={t}>`. Style: popup.css (imports the shared ones). */
export interface PopupProps {
  account: { name: string; site: string } | undefined; // site: the host shown; undefined: not signed in
  snapshot: Snapshot | undefined; // undefined: no dashboard open
  modes: readonly Mode[]; // those this agent may start; a choice is drawn for more than one
  mode: Mode; // as last left
  email: boolean; // the E-mail checkbox, as last left
  entry: string; // an unfinished number (or pasted text), kept between openings
  onEmail(on: boolean): void;
  onMode(mode: Mode): void;
  onEntry(text: string): void;
  send: Send; // start, assist: the caller closes the popup when it is answered with ok
  onSignIn(): void;
  onDashboard(session?: string): void; // go to the dashboard, at that session's tab
  onSettings(): void;
}

export function PopupView(_props: PopupProps) {
  return null;
}
