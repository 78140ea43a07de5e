import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { may } from '../../../shared/protocol/permissions.ts';
import type { Guest } from '../../../shared/protocol/relay-api.ts';
import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import { usePageVisible } from '../../../shared/ui/visible.ts';
import type { Press } from '../../bridge/wire.ts';
import { BarDot } from './bar-dot.tsx';
import { BarNews } from './bar-news.tsx';
import { BarPanel, follows, type OpenPanel } from './bar-panel.tsx';
import { BarRow } from './bar-row.tsx';

/**
 * Mounted by icon-bar/main.tsx inside `<Language.Provider value={t}>`. Style: bar.css (imports the shared ones); its
 * page is transparent. Everything that opens (panel, card, line) is in flow, so the size of the root element `.bar-root` is the size
 * the frame needs: watch it with a ResizeObserver. The frame's element needs `color-scheme: light dark` as its page has, or the browser paints
 * it an opaque background.
 */
export interface BarProps {
  snapshot: Snapshot;
  session: SessionView; // the one the bar shows: the selected one
  send: Send;
  onMailto(url: string): void; // opened by the extension, never by the page (IN4)
  onDashboard(): void;
  onPress(what: Press['what']): void; // needs the dashboard, which comes forward for it
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

/** The icon bar: one row, and below it (or above) what it opened and the one thing that matters now. */
export function BarView(props: BarProps) {
  const { session, send, opens, collapsed } = props;
  const t = useT();
  const [open, setOpen] = useState<OpenPanel>();
  const [invites, setInvites] = useState<Guest>('customer');
  const opener = useRef<HTMLButtonElement | null>(null);
  const visible = usePageVisible();
  const leaving = useAct();
  const mayInvite = may(session.role, 'invite') && session.phase !== 'ended';

  const show = (panel: OpenPanel, guest: Guest = 'customer') => {
    setOpen(panel);
    setInvites(guest);
  };
  useEffect(() => {
    if (!visible || !session.invitePrompt || !mayInvite) return;
    props.onCollapsed(false);
    show('invite');
    void send({ type: 'prompted', session: session.id });
  }, [visible, session.invitePrompt, session.id]);
  useEffect(() => {
    if (session.phase === 'ended') setOpen(undefined);
  }, [session.phase, session.id]);

  const close = () => {
    setOpen(undefined);
    opener.current?.focus();
  };
  // Before anything is painted: the next press would answer about a session that was not meant.
  useLayoutEffect(() => {
    setOpen((now) => (now && follows(now) ? now : undefined));
  }, [session.id]);
  const shown = useRef(open);
  shown.current = open;
  const done = (panel: OpenPanel) => {
    if (shown.current === panel) close();
  };
  const toggle = (panel: OpenPanel) => (open === panel ? setOpen(undefined) : show(panel));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    close();
  };
  const leave = () => void leaving.run(() => send({ type: 'leave', session: session.id }));
  if (collapsed) return <BarDot {...props} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel from wherever the focus is inside
    <div class={`bar-root ${opens}${props.compact ? ' compact' : ''}`} onKeyDown={onKeyDown}>
      <h1 class="visually-hidden">{t('bar.name')}</h1>
      <BarRow {...props} open={open} onToggle={toggle} opener={opener} />
      {open && (
        <BarPanel
          {...props}
          key={session.id}
          open={open}
          invites={invites}
          onOpen={show}
          onClose={close}
          onDone={done}
          onLeave={leave}
        />
      )}
      {leaving.problem && (
        <p class="bar-news panel problem" role="status">
          {leaving.problem}
        </p>
      )}
      <BarNews {...props} />
    </div>
  );
}
