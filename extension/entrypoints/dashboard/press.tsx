import type { SessionMedia } from '../../../shared/client/session-media.ts';
import type { SessionView } from '../../../shared/session/view.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { SessionAbout } from '../../../shared/ui/session-about.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Press } from '../../bridge/wire.ts';
import { whomToRing } from './ring.ts';

interface PressProps {
  what: Exclude<Press['what'], 'transfer'>;
  session: SessionView;
  media: SessionMedia;
  /** It is done, or not wanted: the tab from before can come back. */
  onDone(): void;
}

/** What was asked for in the icon bar and needs a press in the page that captures: one focused button. */
export function PressDialog({ what, session, media, onDone }: PressProps) {
  const t = useT();
  const act = useAct();
  const words = {
    share: { title: t('share.title'), text: t('share.what'), press: t('share.choose'), icon: 'screen' },
    call: { title: t('call.start'), text: t('call.pressWhat'), press: t('call.press'), icon: 'phone' },
    video: { title: t('call.startVideo'), text: t('call.pressWhat'), press: t('call.pressVideo'), icon: 'camera' },
  } as const;
  const { title, text, press, icon } = words[what];
  const does = async () => {
    const answer = await act.run(() => {
      if (what === 'share') return media.screen.share();
      return media.call.start(whomToRing(session), { video: what === 'video' });
    });
    if (answer?.ok) onDone();
  };
  return (
    <Dialog title={title} onClose={onDone}>
      <SessionAbout session={session} />
      <p>{text}</p>
      <div class="row wrapping">
        <Button kind="primary" icon={icon} buttonRef={(button) => button?.focus()} disabled={act.busy} onClick={does}>
          {press}
        </Button>
        <Button onClick={onDone}>{t('act.cancel')}</Button>
      </div>
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
    </Dialog>
  );
}
