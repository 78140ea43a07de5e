import { useEffect, useRef } from 'preact/hooks';
import type { Mode } from '../../../shared/protocol/relay-api.ts';
import type { Send, Snapshot } from '../../../shared/session/view.ts';
import { AnyOffer } from '../../../shared/ui/any-offer.tsx';
import { Availability } from '../../../shared/ui/availability.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { Avatar, PersonName } from '../../../shared/ui/person-name.tsx';
import { StartSession } from '../../../shared/ui/start-session.tsx';
import { useNow } from '../../../shared/ui/time.tsx';
import { troubles } from '../../../shared/ui/trouble.ts';
import { TroubleLine } from '../../../shared/ui/trouble-line.tsx';
import { AssistForm } from './assist-form.tsx';
import { SessionList } from './session-list.tsx';

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
  onDashboard(session?: string): void; // go to the dashboard, opened if need be, at that session's tab
  onSettings(): void;
}

/** The toolbar's popup: start, assist, go to what runs. */
export function PopupView(props: PopupProps) {
  const t = useT();
  const now = useNow();
  if (!props.account) return <SignedOut onSignIn={props.onSignIn} onSettings={props.onSettings} />;
  const { account, snapshot, send } = props;
  const running = snapshot?.sessions.filter((session) => session.phase !== 'ended') ?? [];
  const trouble = snapshot && troubles(snapshot, undefined, now)[0];
  return (
    <main class="popup">
      <header class="row">
        <Avatar name={account.name} />
        <div class="grow">
          <h1 class="popup-name">
            <PersonName name={account.name} />
          </h1>
          <p class="meta ellipsis">{account.site}</p>
        </div>
      </header>
      {snapshot?.availability && <Availability {...snapshot.availability} send={send} />}
      {trouble && <TroubleLine trouble={trouble} onSignIn={props.onSignIn} />}
      {snapshot && <Offers snapshot={snapshot} send={send} onAccepted={props.onDashboard} />}
      <StartSession {...props} big />
      <hr />
      <AssistForm entry={props.entry} onEntry={props.onEntry} send={send} />
      {running.length > 0 && (
        <>
          <hr />
          <SessionList sessions={running} onDashboard={props.onDashboard} />
        </>
      )}
      <footer class="row popup-foot">
        <Button kind="quiet" icon="dashboard" onClick={() => props.onDashboard()}>
          {t('bar.dashboard')}
        </Button>
        <span class="grow" />
        <Button kind="quiet" icon="settings" onClick={props.onSettings}>
          {t('account.settings')}
        </Button>
      </footer>
    </main>
  );
}

/** Sessions that colleagues offer, one's own, and what became of each (TS5). Who accepts goes to the dashboard. */
function Offers({ snapshot, send, onAccepted }: { snapshot: Snapshot; send: Send; onAccepted(session: string): void }) {
  return (
    <div class="popup-offers" aria-live="polite">
      {snapshot.offers.map((offer) => (
        <div class="card" key={offer.id}>
          <AnyOffer offer={offer} send={send} onAccepted={() => onAccepted(offer.session)} />
        </div>
      ))}
    </div>
  );
}

function SignedOut({ onSignIn, onSettings }: { onSignIn(): void; onSettings(): void }) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <main class="popup">
      <h1 class="title">{t('app.name')}</h1>
      <p class="soft">{t('popup.signedOut')}</p>
      <Button kind="primary" class="popup-first" buttonRef={button} onClick={onSignIn}>
        {t('account.signIn')}
      </Button>
      <footer class="row popup-foot">
        <span class="grow" />
        <Button kind="quiet" icon="settings" onClick={onSettings}>
          {t('account.settings')}
        </Button>
      </footer>
    </main>
  );
}
