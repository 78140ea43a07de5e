import type { CallShown } from '../activities/call-shown.ts';
import type { T } from '../locales/messages.ts';
import type { Answer } from '../session/answer.ts';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { CallDevices } from './call-devices.tsx';
import { useT } from './i18n.ts';
import { NAME_SLOT, PersonName, WithName } from './person-name.tsx';
import { Duration } from './time.tsx';
import { LevelMeter, Picture } from './track.tsx';
import { useAct } from './use-act.ts';

type Running = NonNullable<CallShown['now']>;

/** One's own part in a call: what is captured in this page, and what may be done about it. */
export interface OwnPart {
  voice: MediaStreamTrack | undefined;
  camera: MediaStreamTrack | undefined;
  /** What became of a device, in words. */
  trouble: string;
  onJoin(video: boolean): Promise<Answer>;
  onCamera(): Promise<Answer>;
  onUse(kind: 'microphone' | 'camera', id: string): Promise<Answer>;
}

interface CallPanelProps {
  session: SessionView;
  call: Running;
  own: OwnPart;
  /** The others' cameras, by participant. */
  cameras: ReadonlyMap<string, MediaStreamTrack>;
  send: Send;
}

/** A call that runs (SH5, SH6): who is in it, the pictures, and mute, camera, devices, the way out or in. */
export function CallPanel({ session, call, own, cameras, send }: CallPanelProps) {
  const t = useT();
  const act = useAct();
  const about = { session: session.id, id: call.id };
  const { mine } = call;
  return (
    <section class="call card" aria-label={t('call.title')}>
      <div class="row wrapping">
        <p class="grow call-who">
          {call.members.map((one) => (
            <span key={one.id} class="call-member">
              <PersonName name={one.you ? t('call.you') : one.name} />
              {!one.mic && <span class="meta">{t('call.muted')}</span>}
            </span>
          ))}
          <Duration since={call.since} />
        </p>
        {mine?.here ? (
          <>
            {own.voice && <LevelMeter track={own.voice} label={t('call.speaking')} />}
            <Button
              icon={mine.mic ? 'mic' : 'mic off'}
              aria-pressed={!mine.mic}
              onClick={() => void act.run(() => send({ type: 'call.mic', ...about, on: !mine.mic }))}
            >
              {mine.mic ? t('call.mute') : t('call.unmute')}
            </Button>
            {mine.camera ? (
              <Button icon="camera off" onClick={() => void act.run(() => send({ type: 'call.cameraOff', ...about }))}>
                {t('call.cameraOff')}
              </Button>
            ) : (
              <Button icon="camera" disabled={act.busy} onClick={() => void act.run(own.onCamera)}>
                {t('call.cameraOn')}
              </Button>
            )}
            <Button
              kind="stop"
              icon="phone off"
              onClick={() => void act.run(() => send({ type: 'call.hangUp', ...about }))}
            >
              {session.role === 'primary' ? t('call.hangUp') : t('call.leave')}
            </Button>
          </>
        ) : (
          <Button kind="primary" icon="phone" disabled={act.busy} onClick={() => void act.run(() => own.onJoin(false))}>
            {t('call.join')}
          </Button>
        )}
      </div>
      {call.rung.map((one) => {
        const text = rungText(t, one);
        return (
          text && (
            <p key={one.id} class="meta" role="status">
              <WithName text={text} name={one.name} />
            </p>
          )
        );
      })}
      <Pictures call={call} own={own} cameras={cameras} />
      {(own.trouble || act.problem) && (
        <p class="problem" role="alert">
          {act.problem || own.trouble}
        </p>
      )}
      {mine?.here && <CallDevices voice={own.voice} camera={own.camera} onUse={own.onUse} />}
    </section>
  );
}

function Pictures({ call, own, cameras }: Pick<CallPanelProps, 'call' | 'own' | 'cameras'>) {
  const t = useT();
  const shown = call.members.flatMap((one) => {
    const track = one.you ? own.camera : cameras.get(one.id);
    return one.camera && track ? [{ ...one, track }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <div class="call-pictures">
      {shown.map(({ id, name, track, you }) => (
        <figure key={id}>
          <Picture track={track} mirrored={you} label={you ? t('call.ownCamera') : t('call.cameraOf', { name })} />
          <figcaption class="meta">
            <PersonName name={you ? t('call.you') : name} />
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

function rungText(t: T, { until, why }: Running['rung'][number]): string | undefined {
  if (until !== null) return t('call.ringing', { name: NAME_SLOT });
  if (why === 'refused') return t('call.refused', { name: NAME_SLOT });
  if (why === 'lapsed') return t('call.noAnswer', { name: NAME_SLOT });
  return why === 'cannot' ? t('call.cannot', { name: NAME_SLOT }) : undefined;
}
