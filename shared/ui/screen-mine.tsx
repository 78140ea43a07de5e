import { useEffect, useId, useRef } from 'preact/hooks';
import type { ScreenShown } from '../activities/screen-shown.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { namesText, WithNames } from './names.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { type Point, PointerMark } from './screen-pointer.tsx';

type Mine = NonNullable<ScreenShown['mine']>;

export interface ScreenMineProps {
  mine: Mine;
  /** One line, for a bar: no picture, and newcomers below it. */
  compact?: boolean;
  /** What is shared, to be shown small to whom it belongs, with the pointer of whoever points on it. */
  track?: MediaStreamTrack | undefined;
  pointer?: (Point & { name: string }) | undefined;
  onStop(): void;
  /** Absent where the browser cannot, or nothing can be chosen from here. */
  onChoose?: (() => void) | undefined;
  /** Absent where there is no picture to change. */
  onMotion?(on: boolean): void;
  onNewcomer(to: string, yes: boolean): void;
}

/** For whoever shares (SH2): who sees what right now, the one press that stops it, and who else would like to see. */
export function ScreenMine({ mine, compact = false, track, pointer, ...on }: ScreenMineProps) {
  const { onStop, onChoose, onMotion, onNewcomer } = on;
  const t = useT();
  return (
    <section class={compact ? 'screen-mine compact' : 'screen-mine card'} aria-label={t('screen.mine')}>
      <div class="screen-mine-line">
        {!compact && track && <Preview track={track} pointer={pointer} />}
        <div class="screen-mine-main">
          <WhoSees mine={mine} />
          <div class="row wrapping">
            <Button kind="stop" onClick={onStop}>
              {t('screen.stop')}
            </Button>
            {onChoose && <Button onClick={onChoose}>{t('screen.another')}</Button>}
            {onMotion && (
              <Button aria-pressed={mine.motion} title={t('screen.motionWhat')} onClick={() => onMotion(!mine.motion)}>
                {t('screen.motion')}
              </Button>
            )}
          </div>
        </div>
      </div>
      {mine.newcomers.length > 0 && (
        <ul class="plain-list screen-newcomers" aria-live="polite">
          {mine.newcomers.map((one) => (
            <Newcomer key={one.id} name={one.name} onAnswer={(yes) => onNewcomer(one.id, yes)} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** “Anna and Bob see your window.” */
function WhoSees({ mine }: { mine: Mine }) {
  const t = useT();
  const names = mine.seers.map(({ name }) => name);
  const about = { count: names.length, surface: mine.surface };
  return (
    <p class="screen-sees" title={t('screen.sees', { ...about, names: namesText(t, names) })}>
      <WithNames t={t} text={t('screen.sees', { ...about, names: NAME_SLOT })} names={names} cut />
    </p>
  );
}

function Newcomer({ name, onAnswer }: { name: string; onAnswer(yes: boolean): void }) {
  const t = useT();
  const id = useId();
  return (
    <li class="screen-newcomer">
      <p id={id}>
        <WithName text={t('screen.newcomer', { name: NAME_SLOT })} name={name} />
      </p>
      <div class="row">
        <Button aria-describedby={id} onClick={() => onAnswer(false)}>
          {t('screen.newcomerNo')}
        </Button>
        <Button kind="primary" aria-describedby={id} onClick={() => onAnswer(true)}>
          {t('screen.newcomerYes')}
        </Button>
      </div>
    </li>
  );
}

function Preview({ track, pointer }: Pick<ScreenMineProps, 'pointer'> & { track: MediaStreamTrack }) {
  const t = useT();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);
  return (
    <div class="screen-preview">
      <video ref={video} autoplay muted playsInline aria-label={t('screen.mine')} />
      {pointer && <PointerMark at={pointer} />}
    </div>
  );
}
