import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionMedia } from '../../../shared/client/session-media.ts';
import { may } from '../../../shared/protocol/permissions.ts';
import type { Guest, Mode } from '../../../shared/protocol/relay-api.ts';
import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { EndConfirm } from '../../../shared/ui/end-session.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { Notice } from '../../../shared/ui/notice.tsx';
import { RecordingsKept, type RecordingsShown } from '../../../shared/ui/recordings-kept.tsx';
import { SessionAbout } from '../../../shared/ui/session-about.tsx';
import { CallSounds } from '../../../shared/ui/session-call.tsx';
import { SessionRecording } from '../../../shared/ui/session-recording.tsx';
import { tabPanel } from '../../../shared/ui/tabs.tsx';
import { useNow } from '../../../shared/ui/time.tsx';
import { troubles } from '../../../shared/ui/trouble.ts';
import { TroubleLine } from '../../../shared/ui/trouble-line.tsx';
import { usePageVisible } from '../../../shared/ui/visible.ts';
import type { Press } from '../../bridge/wire.ts';
import { Left } from './left.tsx';
import { PressDialog } from './press.tsx';
import { ShortcutsDialog, useShortcuts } from './shortcuts.tsx';
import { Side } from './side.tsx';
import { Stage } from './stage.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useNarrow } from './use-narrow.ts';

export { ElsewhereView } from './elsewhere-view.tsx';

/** Mounted by dashboard/main.tsx inside `<Language.Provider value={t}>`. Style: dashboard.css (imports the shared ones). */
export interface DashboardProps {
  snapshot: Snapshot;
  send: Send;
  media(session: string): SessionMedia | undefined; // what is seen and heard there
  recordings: RecordingsShown; // of this browser, not saved yet
  press: Press | undefined; // the bar asked for something that is done here
  onPressed(back: boolean): void; // done, or not wanted: back to where it was pressed, unless the agent went elsewhere
  email: boolean; // the E-mail checkbox beside Start session, the same as the popup's
  onEmail(on: boolean): void;
  mode: Mode; // the mode Start session starts; a choice is drawn where snapshot.modes has more than one
  onMode(mode: Mode): void;
  tab: DashboardTab; // kept by the caller, so a reload comes back to the same place
  onTab(tab: DashboardTab): void;
  noBar: boolean; // no icon bar could be put into the page the agent was on: said once (ST4)
  onNoBarSeen(): void;
  unreadable: boolean; // another version kept sessions that this one cannot read: said once
  onUnreadableSeen(): void;
  onMailto(url: string): void;
  onSignIn(): void; // the sign-in was revoked
  onSettings(): void;
  onAdministration: (() => void) | undefined; // for those who may
}
/** What of a session goes to a colleague: control alone (TC1), or all of it (TS1). */
export type Transfer = 'control' | 'session';
export type DashboardTab = 'participants' | 'chat' | 'tools' | 'session';

const STAGE = 'stage';

/** The dashboard: sessions on the left, what to do next in the middle, the session's tabs on the right. */
export function DashboardView(props: DashboardProps) {
  const { snapshot, send, onTab } = props;
  const t = useT();
  const narrow = useNarrow();
  const visible = usePageVisible();
  const [sheet, setSheet] = useState(false);
  const [inviting, setInviting] = useState<Guest>();
  const [invitingAside, setInvitingAside] = useState<Guest>();
  const [ending, setEnding] = useState<string>();
  const [transferring, setTransferring] = useState<{ what: Transfer; session: string }>();
  const [help, setHelp] = useState(false);
  const session = snapshot.sessions.find((one) => one.id === snapshot.selected) ?? snapshot.sessions[0];
  const media = session && props.media(session.id);
  const mayInvite = session !== undefined && session.phase !== 'ended' && may(session.role, 'invite');

  const show = (next: DashboardTab) => {
    setInvitingAside(undefined);
    setSheet(true);
    onTab(next);
  };
  const closeSheet = (side: HTMLElement | null) => {
    setSheet(false);
    side?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  };
  const invite = (guest: Guest) => {
    if (!mayInvite) return;
    if (session.mode === 'multi') return setInviting(guest);
    show('tools');
    setInvitingAside(guest);
  };
  // An answer may come when the same is asked about another session.
  const endAsked = (id: string) => setEnding((now) => (now === id ? undefined : now));
  const transferAsked = (id: string) => setTransferring((now) => (now?.session === id ? undefined : now));
  const select = (id: string) => {
    setInviting(undefined);
    void send({ type: 'select', session: id });
  };
  const step = (by: number) => {
    const all = snapshot.sessions;
    const at = all.findIndex((one) => one.id === session?.id);
    const next = all[(at + by + all.length) % all.length];
    if (next && next !== session) select(next.id);
  };
  useEffect(() => {
    if (!visible || !session?.invitePrompt || !mayInvite) return;
    invite('customer');
    void send({ type: 'prompted', session: session.id });
  }, [visible, session?.id, session?.invitePrompt]);
  useEffect(() => {
    if (!mayInvite) setInviting(undefined);
  }, [mayInvite]);
  // What was asked about a session goes with it, for good: a dialog that came back later would surprise.
  const looked = useRef(session?.id);
  useEffect(() => {
    const left = looked.current;
    looked.current = session?.id;
    if (left === undefined || left === session?.id) return;
    // Not what has been asked about the next one since: in a hidden page this comes late.
    endAsked(left);
    transferAsked(left);
    if (props.press?.session === left) props.onPressed(false);
  }, [session?.id]);
  useShortcuts({
    i: () => invite('customer'),
    p: () => show('participants'),
    c: () => show('chat'),
    t: () => show('tools'),
    s: () => show('session'),
    j: () => step(1),
    k: () => step(-1),
    '?': () => setHelp(true),
  });

  return (
    <div class="dashboard">
      <Left {...props} panel={STAGE} selected={session?.id} onSelect={select} onHelp={() => setHelp(true)} />
      <main class="stage">
        {props.noBar && (
          <Notice tone="info" action={<IconButton icon="close" label={t('panel.close')} onClick={props.onNoBarSeen} />}>
            {t('dashboard.noBar')}
          </Notice>
        )}
        {props.unreadable && (
          <Notice
            tone="warn"
            action={<IconButton icon="close" label={t('panel.close')} onClick={props.onUnreadableSeen} />}
          >
            {t('dashboard.unreadable')}
          </Notice>
        )}
        <RecordingsKept recordings={props.recordings} />
        {session && <SessionRecording key={session.id} session={session} media={media} send={send} />}
        {session ? (
          <div class="stage-session" key={session.id} {...tabPanel(STAGE, session.id)}>
            <Stage
              {...props}
              session={session}
              media={media}
              inviting={inviting}
              onInviting={setInviting}
              onEnd={() => setEnding(session.id)}
              onTransfer={(what) => setTransferring({ what, session: session.id })}
            />
          </div>
        ) : (
          <Empty {...props} />
        )}
      </main>
      {session && (
        <aside
          class={sheet ? 'side sheet' : 'side'}
          aria-label={t('dashboard.about')}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && narrow && sheet) closeSheet(event.currentTarget);
          }}
        >
          {narrow && sheet && (
            <Button
              class="sheet-close"
              icon="down"
              kind="quiet"
              onClick={(event) => closeSheet(event.currentTarget.parentElement)}
            >
              {t('panel.close')}
            </Button>
          )}
          <Side
            {...props}
            session={session}
            media={media}
            shown={!narrow || sheet}
            inviting={invitingAside}
            onTab={show}
            onEnd={() => setEnding(session.id)}
            onTransfer={(what) => setTransferring({ what, session: session.id })}
          />
        </aside>
      )}
      {session && ending === session.id && session.phase !== 'ended' && (
        <Dialog key={session.id} title={t('end.ask')} onClose={() => endAsked(session.id)}>
          <SessionAbout session={session} />
          <EndConfirm session={session} send={send} onDone={() => endAsked(session.id)} />
        </Dialog>
      )}
      {session && transferring?.session === session.id && (
        <TransferDialog
          key={`transfer ${session.id}`}
          what={transferring.what}
          session={session}
          send={send}
          onInvite={() => invite('representative')}
          onDone={() => transferAsked(session.id)}
        />
      )}
      {session && props.press?.session === session.id && (
        <Pressed
          {...props}
          key={`${props.press.what} ${session.id}`}
          press={props.press}
          session={session}
          media={media}
        />
      )}
      {snapshot.sessions.map((one) => {
        const there = props.media(one.id);
        return there && <CallSounds key={one.id} session={one} media={there} />;
      })}
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}

/** What the bar asked for, about the session it was pressed for and no other. */
function Pressed({
  press: { what },
  session,
  media,
  send,
  onPressed,
}: Pick<DashboardProps, 'send' | 'onPressed'> & {
  press: Press;
  session: SessionView;
  media: SessionMedia | undefined;
}) {
  const about = { session, onDone: () => onPressed(true) };
  if (what === 'transfer') return <TransferDialog {...about} what="session" send={send} />;
  return media ? <PressDialog {...about} what={what} media={media} /> : null;
}

function Empty({ snapshot, onSignIn }: DashboardProps) {
  const t = useT();
  const [trouble] = troubles(snapshot, undefined, useNow());
  return (
    <>
      <div class="stage-trouble">{trouble && <TroubleLine trouble={trouble} onSignIn={onSignIn} />}</div>
      <div class="stage-middle">
        <div class="next">
          <h1 class="title">{t('stage.none')}</h1>
          <p class="soft">{t('stage.noneWhat')}</p>
          {snapshot.availability && (
            <p class="soft">{snapshot.availability.on ? t('stage.available') : t('stage.awayFromQueues')}</p>
          )}
        </div>
      </div>
    </>
  );
}
