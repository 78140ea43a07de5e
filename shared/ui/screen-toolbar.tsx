import { Button, IconButton } from './button.tsx';
import { useT } from './i18n.ts';
import { STEP } from './screen-zoom.ts';
import type { useFullScreen } from './use-full-screen.ts';
import type { usePoint } from './use-point.ts';
import type { useView } from './use-view.ts';

export interface Motion {
  on: boolean;
  toggle(): void;
}

interface ScreenToolbarProps {
  view: Pick<ReturnType<typeof useView>, 'zoom' | 'scale' | 'layout' | 'zoomTo' | 'zoomBy'>;
  full: ReturnType<typeof useFullScreen>;
  /** For whoever may choose; absent where nobody may. */
  motion: Motion | undefined;
  point: Pick<ReturnType<typeof usePoint>, 'on' | 'toggle'> | undefined; // absent where nobody may point
}

/** What a viewer does with the picture, each with its key. */
export function ScreenToolbar({ view, full, motion, point }: ScreenToolbarProps) {
  const t = useT();
  const keyed = (text: string, key: string) => ({ title: `${text} (${key})`, 'aria-keyshortcuts': key });
  return (
    <fieldset class="screen-tools">
      <legend class="visually-hidden">{t('screen.tools')}</legend>
      <Button
        kind="quiet"
        aria-pressed={view.zoom === 'fit'}
        onClick={() => view.zoomTo('fit')}
        {...keyed(t('screen.fit'), '0')}
      >
        {t('screen.fit')}
      </Button>
      <Button
        kind="quiet"
        aria-pressed={view.zoom === 1}
        onClick={() => view.zoomTo(1)}
        {...keyed(t('screen.actual'), '1')}
      >
        {t('screen.actual')}
      </Button>
      <span class="row screen-zoom">
        <IconButton
          icon="zoom out"
          label={t('screen.zoomOut')}
          onClick={() => view.zoomBy(1 / STEP)}
          aria-keyshortcuts="-"
        />
        <span class="screen-percent meta">
          {view.layout && new Intl.NumberFormat(t.language, { style: 'percent' }).format(view.scale)}
        </span>
        <IconButton icon="zoom in" label={t('screen.zoomIn')} onClick={() => view.zoomBy(STEP)} aria-keyshortcuts="+" />
      </span>
      {full.toggle && (
        <IconButton
          icon={full.on ? 'leave full screen' : 'full screen'}
          label={full.on ? t('screen.fullLeave') : t('screen.full')}
          onClick={full.toggle}
          aria-keyshortcuts="F"
        />
      )}
      {motion && (
        <Button aria-pressed={motion.on} title={t('screen.motionWhat')} aria-keyshortcuts="M" onClick={motion.toggle}>
          {t('screen.motion')}
        </Button>
      )}
      {point && (
        <Button icon="pointer" aria-pressed={point.on} onClick={point.toggle}>
          {t('screen.point')}
        </Button>
      )}
    </fieldset>
  );
}
