import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';

/**
 * Mounted by icon-bar/main.tsx inside `<Language.Provider value={t}>`. Style: bar.css (imports the shared ones); its
 * page is transparent. Everything that opens (panel, card, line) is in flow, so the size of the root element `.bar-root` is the size
 * the frame needs: watch it with a ResizeObserver.
 */
export interface BarProps {
  snapshot: Snapshot;
  session: SessionView; // the one the bar shows: the selected one
  send: Send;
  onMailto(url: string): void; // opened by the extension, never by the page (IN4)
  onDashboard(): void;
  opens: 'down' | 'up'; // where there is room for panels
  compact: boolean; // a narrow page: icons without words
  collapsed: boolean; // a dot with the number of people
  onCollapsed(collapsed: boolean): void;
  grip: BarGrip;
}

/** Dragging, in px of the screen (`screenX/Y`): the frame moves under the pointer, so its own coordinates do not serve. */
export interface BarGrip {
  onStart(x: number, y: number): void;
  onMove(x: number, y: number): void;
  onEnd(): void;
  onNudge(dx: number, dy: number): void; // arrow keys, in steps of 16 px
}

export function BarView(_props: BarProps) {
  return null;
}
