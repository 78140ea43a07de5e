import type { ReadonlySignal } from '@preact/signals';
import type { ErrorCode } from '../protocol/errors.ts';
import type { Answer } from '../session/answer.ts';
import type { Send, SessionView } from '../session/view.ts';
import { CallAsk } from './call-ask.tsx';
import { CallPanel, type OwnPart } from './call-panel.tsx';
import { errorText } from './error-text.ts';
import { useT } from './i18n.ts';
import { Sound } from './track.tsx';

type Track = MediaStreamTrack;

/** What the page that holds the session captures and hears. */
export interface CallMedia {
  readonly call: {
    readonly voice: ReadonlySignal<Track | undefined>;
    readonly camera: ReadonlySignal<Track | undefined>;
    readonly trouble: ReadonlySignal<ErrorCode | undefined>;
    join(options: { video: boolean }): Promise<Answer>;
    turnCameraOn(): Promise<Answer>;
    use(device: 'microphone' | 'camera', id: string): Promise<Answer>;
  };
  /** What arrives, by participant. */
  readonly tracks: ReadonlySignal<ReadonlyMap<string, { voice: Track; camera: Track }>>;
}

interface SessionCallProps {
  session: SessionView;
  media: CallMedia;
  send: Send;
}

/** The call of a session, where there is one: the question to whoever is rung, and the panel. */
export function SessionCall({ session, media, send }: SessionCallProps) {
  const t = useT();
  const { now } = session.activities.call;
  if (!now || session.phase === 'ended') return null;
  const { call } = media;
  const trouble = call.trouble.value;
  const own: OwnPart = {
    voice: call.voice.value,
    camera: call.camera.value,
    trouble: trouble ? errorText(t, { ok: false, error: trouble }) : '',
    onJoin: (video) => call.join({ video }),
    onCamera: () => call.turnCameraOn(),
    onUse: (device, id) => call.use(device, id),
  };
  const cameras = new Map([...media.tracks.value].map(([id, { camera }]) => [id, camera]));
  return (
    <>
      <CallPanel session={session} call={now} own={own} cameras={cameras} send={send} />
      {now.ringing !== null && (
        <CallAsk
          name={now.by}
          until={now.ringing}
          onAnswer={(video) => call.join({ video })}
          onNo={() => void send({ type: 'call.refuse', session: session.id, id: now.id, why: 'refused' })}
        />
      )}
    </>
  );
}

/** The voices of the others in a call one is in; for a session that is not shown as well. */
export function CallSounds({ session, media }: Pick<SessionCallProps, 'session' | 'media'>) {
  const { now } = session.activities.call;
  const tracks = media.tracks.value;
  if (!now?.mine?.here || session.phase === 'ended') return null;
  return now.members.map(({ id, you }) => {
    const track = you ? undefined : tracks.get(id)?.voice;
    return track && <Sound key={`${id} ${track.id}`} track={track} />;
  });
}
