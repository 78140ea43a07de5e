import type { SessionMedia } from '../../../shared/client/session-media.ts';
import type { Send, SessionView } from '../../../shared/session/view.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { RequestScreen } from '../../../shared/ui/request-screen.tsx';
import { customers } from '../../../shared/ui/session-words.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import { whomToRing } from './ring.ts';

interface ToolsProps {
  session: SessionView;
  media: SessionMedia | undefined;
  send: Send;
}

/** What the agent can do with the customer, beside inviting. */
export function Tools({ session, media, send }: ToolsProps) {
  const t = useT();
  const act = useAct();
  const { screen, call, recording } = session.activities;
  const ring = whomToRing(session);
  const nobody = !media || ring.length === 0;
  const calls = (video: boolean) => media && void act.run(() => media.call.start(ring, { video }));
  if (session.phase === 'ended' || session.role !== 'primary') {
    return <p class="soft">{t('dashboard.noTools')}</p>;
  }
  return (
    <section class="tools" aria-label={t('panel.tools')}>
      <div class="row wrapping">
        {screen.mine ? (
          <Button
            kind="stop"
            icon="screen off"
            onClick={() => void act.run(() => send({ type: 'screen.stop', session: session.id }))}
          >
            {t('screen.stop')}
          </Button>
        ) : (
          <Button
            icon="screen"
            disabled={!media || act.busy}
            onClick={() => media && void act.run(() => media.screen.share())}
          >
            {t('share.mine')}
          </Button>
        )}
        {!call.now && (
          <>
            <Button icon="phone" disabled={nobody || act.busy} onClick={() => calls(false)}>
              {t('call.start')}
            </Button>
            <Button icon="camera" disabled={nobody || act.busy} onClick={() => calls(true)}>
              {t('call.startVideo')}
            </Button>
          </>
        )}
        {!recording.now && (
          <Button
            icon="record"
            disabled={!media || act.busy}
            onClick={() => media && void act.run(() => media.recording.start())}
          >
            {t('recording.start')}
          </Button>
        )}
        {customers(session).map((one) => (
          <RequestScreen key={one.id} session={session} participant={one} send={send} named />
        ))}
      </div>
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
    </section>
  );
}
