import { useState } from 'preact/hooks';
import type { SessionMedia } from '../../shared/client/session-media.ts';
import type { Send, SessionView } from '../../shared/session/view.ts';
import { errorText } from '../../shared/ui/error-text.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { ScreenAsk } from '../../shared/ui/screen-ask.tsx';
import { ScreenMine } from '../../shared/ui/screen-mine.tsx';
import { ScreenViewer } from '../../shared/ui/screen-viewer.tsx';
import { readDevice } from './device.ts';

interface ScreensProps {
  session: SessionView;
  media: SessionMedia;
}

/** The customer's own screen: the question whether to show it, who sees it, and the one press that stops it (SH2). */
export function OwnScreen({ session, media, send }: ScreensProps & { send: Send }) {
  const t = useT();
  const [problem, setProblem] = useState('');
  const { screen } = session.activities;
  const { mine } = screen;
  const about = { session: session.id };
  const pointer = media.screen.pointer.value;
  const pointing = pointer && session.participants.find(({ id }) => id === pointer.by);
  const show = async () => {
    setProblem('');
    const answer = await media.screen.share();
    if (!answer.ok) setProblem(errorText(t, answer));
    return answer.ok;
  };
  return (
    <>
      {problem && !screen.asked && (
        <Notice tone="warn" urgent>
          {problem}
        </Notice>
      )}
      {mine && (
        <ScreenMine
          mine={mine}
          track={media.screen.track.value}
          pointer={pointer && pointing ? { ...pointer.at, name: pointing.name } : undefined}
          onStop={() => void send({ type: 'screen.stop', ...about })}
          onChoose={() => void media.screen.change()}
          onMotion={(on) => void send({ type: 'screen.motion', ...about, on })}
          onNewcomer={(to, yes) => void send({ type: 'screen.show', ...about, id: mine.id, to, yes })}
        />
      )}
      <ScreenAsk
        asked={screen.asked}
        seers={screen.asked?.seers ?? []}
        canShare={readDevice().sharesScreen}
        problem={problem}
        onShow={show}
        onNo={(why) => screen.asked && void send({ type: 'screen.refuse', ...about, id: screen.asked.id, why })}
      />
    </>
  );
}

/** What the agent, or another customer, shows to this one. */
export function OthersScreens({ session, media }: ScreensProps) {
  const tracks = media.tracks.value;
  return session.activities.screen.others
    .filter(({ toMe }) => toMe)
    .map(({ id, by, surface }) => {
      const track = tracks.get(by.id)?.screen;
      return track && <ScreenViewer key={`${id} ${track.id}`} track={track} name={by.name} surface={surface} />;
    });
}
