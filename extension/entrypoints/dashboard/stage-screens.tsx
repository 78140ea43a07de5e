import type { SessionMedia } from '../../../shared/client/session-media.ts';
import type { Send, SessionView } from '../../../shared/session/view.ts';
import { ScreenAsked } from '../../../shared/ui/screen-asked.tsx';
import { ScreenMine } from '../../../shared/ui/screen-mine.tsx';
import { ScreenViewer } from '../../../shared/ui/screen-viewer.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';

/** Whether the stage is for screens: seen here, shown from here, or asked for a moment ago. */
export function somethingShown({ activities: { screen } }: SessionView): boolean {
  return screen.mine !== null || screen.others.length > 0 || screen.asks.some(({ until }) => until !== null);
}

/** The screens of a session: what others show, what is shown from here, and what was asked. */
export function StageScreens({ session, media, send }: { session: SessionView; media: SessionMedia; send: Send }) {
  const { screen } = session.activities;
  const own = screen.mine;
  const act = useAct();
  const tracks = media.tracks.value;
  const about = { session: session.id };
  return (
    <div class="stage-screens">
      {screen.asks.map((ask) => (
        <ScreenAsked
          key={ask.id}
          ask={ask}
          onCancel={() => void send({ type: 'screen.withdraw', ...about, id: ask.id })}
          onAgain={() => void send({ type: 'screen.ask', ...about, of: ask.of.id })}
        />
      ))}
      {own && (
        <ScreenMine
          mine={own}
          track={media.screen.track.value}
          onStop={() => void send({ type: 'screen.stop', ...about })}
          onChoose={() => void act.run(() => media.screen.change())}
          onMotion={(on) => void send({ type: 'screen.motion', ...about, on })}
          onNewcomer={(to, yes) => void send({ type: 'screen.show', ...about, id: own.id, to, yes })}
        />
      )}
      {screen.others
        .filter(({ toMe }) => toMe)
        .map((share) => {
          const track = tracks.get(share.by.id)?.screen;
          const mine = {
            onPoint: (at: { x: number; y: number } | undefined) => media.screen.point(share.id, at),
            motion: { on: share.motion, toggle: () => media.screen.wish(share.id, !share.motion) },
          };
          return track ? (
            <ScreenViewer
              key={`${share.id} ${track.id}`}
              track={track}
              name={share.by.name}
              surface={share.surface}
              {...(screen.mayPoint ? mine : {})}
            />
          ) : null;
        })}
    </div>
  );
}
