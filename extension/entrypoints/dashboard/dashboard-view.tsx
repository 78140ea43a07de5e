import type { Mode } from '../../../shared/protocol/relay-api.ts';
import type { Send, Snapshot } from '../../../shared/session/view.ts';

/** Mounted by dashboard/main.tsx inside `<Language.Provider value={t}>`. Style: dashboard.css (imports the shared ones). */
export interface DashboardProps {
  snapshot: Snapshot;
  send: Send;
  email: boolean; // the E-mail checkbox beside Start session, the same as the popup's
  onEmail(on: boolean): void;
  mode: Mode; // the mode Start session starts; a choice is drawn where snapshot.modes has more than one
  onMode(mode: Mode): void;
  tab: DashboardTab; // kept by the caller, so a reload comes back to the same place
  onTab(tab: DashboardTab): void;
  noBar: boolean; // no icon bar could be put into the page the agent was on: said once (ST4)
  onNoBarSeen(): void;
  onMailto(url: string): void;
  onSignIn(): void; // the sign-in was revoked
  onSettings(): void;
}
export type DashboardTab = 'participants' | 'chat' | 'tools' | 'session';

/** In place of the dashboard: this browser has one open already (held by a Web Lock), or it let go to a newer one. */
export interface ElsewhereProps {
  onGoThere(): void;
  onUseHere(): void;
}

export function DashboardView(_props: DashboardProps) {
  return null;
}
export function ElsewhereView(_props: ElsewhereProps) {
  return null;
}
