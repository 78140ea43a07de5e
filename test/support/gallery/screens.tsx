import type { ComponentChildren } from 'preact';
import type { ScreenShown } from '../../../shared/activities/screen-shown.ts';
import { ScreenAsk, type ScreenAskProps } from '../../../shared/ui/screen-ask.tsx';
import { ScreenAsked } from '../../../shared/ui/screen-asked.tsx';
import { ScreenMine } from '../../../shared/ui/screen-mine.tsx';
import { ScreenViewer, type ScreenViewerProps } from '../../../shared/ui/screen-viewer.tsx';
import * as fixed from './fixtures.ts';
import { Live } from './live.tsx';
import { arrivingTrack, movingTrack, stillTrack } from './moving.ts';
import type { GalleryEntry } from './pages.tsx';
import { told } from './told.ts';

const SECONDS = 1000;
const LONG = 'Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck';
const nothing = () => undefined;
const named = (name: string) => ({ id: fixed.id(name), name });

export function entry(widths: readonly number[], draw: () => ComponentChildren, customer = false): GalleryEntry {
  return {
    view: () => (
      <main class={customer ? 'customer screen-page' : 'screen-page'}>
        <h1>Acme Support</h1>
        {draw()}
      </main>
    ),
    style: () => import('./customer.css'),
    widths,
  };
}

function viewer(widths: readonly number[], change: () => Partial<ScreenViewerProps>, customer = false): GalleryEntry {
  return entry(
    widths,
    () => (
      <Live initial={withTrack(change())}>{(props) => <ScreenViewer name="Mia" surface="window" {...props} />}</Live>
    ),
    customer,
  );
}

function withTrack<Props extends Partial<ScreenViewerProps>>(props: Props) {
  return { ...props, track: props.track ?? movingTrack() };
}

function ask(width: number, change: Partial<ScreenAskProps> = {}, ms = 27 * SECONDS): GalleryEntry {
  const asked = { id: fixed.id('ask'), name: 'Anna de Vries' };
  return entry(
    [width],
    () => (
      <Live initial={{ ...asked, until: Date.now() + ms }}>
        {(question) => (
          <ScreenAsk
            asked={question}
            seers={[{ name: asked.name, customer: false }]}
            canShare
            onShow={async () => {
              told('show');
              return true;
            }}
            onNo={told}
            {...change}
          />
        )}
      </Live>
    ),
    true,
  );
}

function mine(
  width: number,
  change: Partial<NonNullable<ScreenShown['mine']>>,
  where: 'dashboard' | 'customer' | 'bar',
): GalleryEntry {
  const compact = where === 'bar';
  const shown = { id: fixed.id('mine'), since: Date.now(), surface: 'window' as const, motion: false, newcomers: [] };
  return entry(
    [width],
    () => (
      <Live initial={compact ? undefined : movingTrack()}>
        {(track) => (
          <ScreenMine
            mine={{ ...shown, seers: [named('Anna de Vries')], ...change }}
            compact={compact}
            track={track}
            pointer={{ x: 0.4, y: 0.3, name: 'Anna' }}
            onStop={() => told('stop')}
            onChoose={() => told('choose')}
            onNewcomer={(to, yes) => told({ to, yes })}
            {...(compact ? {} : { onMotion: (on) => told({ motion: on }) })}
          />
        )}
      </Live>
    ),
    where !== 'dashboard',
  );
}

const ENDS = ['refused', 'lapsed', 'cannot', 'stopped', 'reloaded', 'gone'] as const;

/** The pieces of shared screens, by name. */
export const SCREENS: Record<string, GalleryEntry> = {
  'screen-viewer': viewer([1100, 360], () => ({ onPoint: told, motion: { on: false, toggle: () => told('motion') } })),
  'screen-viewer-pointer': viewer([1100], () => ({
    name: LONG,
    surface: 'monitor',
    pointer: { x: 0.25, y: 0.5, name: 'Anna de Vries' },
  })),
  'screen-viewer-customer': viewer([320], () => ({ name: 'Anna de Vries' }), true),
  'screen-viewer-arriving': viewer([1100], () => ({ track: arrivingTrack(), surface: 'browser' })),
  'screen-viewer-still': entry([1100], () => (
    <Live initial={[movingTrack(640, 360), stillTrack()] as const}>
      {([moving, still]) => (
        <>
          <ScreenViewer track={moving} name="Mia" surface="window" />
          <ScreenViewer track={still} name="Piet" surface="window" />
        </>
      )}
    </Live>
  )),
  'screen-viewer-waiting': viewer([360], () => ({
    track: new RTCPeerConnection().addTransceiver('video').receiver.track,
    surface: 'unknown',
  })),
  'screen-ask': ask(800),
  'screen-ask-crowd': ask(320, {
    seers: [
      { name: 'Anna de Vries', customer: false },
      { name: LONG, customer: false },
      { name: 'مريم الزهراء', customer: true },
      { name: 'Piet', customer: true },
    ],
  }),
  'screen-ask-cannot': ask(320, { canShare: false }),
  'screen-ask-problem': ask(800, { problem: 'Something went wrong. Try again.' }),
  'screen-ask-short': ask(800, {}, 2.5 * SECONDS),
  'screen-ask-lapsed': ask(320, {}, -SECONDS),
  'screen-mine': mine(
    700,
    { seers: [named('Anna de Vries'), named('Bob 🙂 Bakker')], newcomers: [named(LONG)] },
    'dashboard',
  ),
  'screen-mine-crowd': mine(
    360,
    { surface: 'monitor', seers: ['Anna', 'Bob', LONG, 'مريم الزهراء', 'Piet'].map(named), newcomers: [] },
    'dashboard',
  ),
  'screen-mine-customer': mine(320, { newcomers: [named('Bob 🙂 Bakker')] }, 'customer'),
  'screen-mine-compact': mine(320, {}, 'bar'),
  'screen-mine-newcomer': mine(800, { surface: 'browser', seers: [], newcomers: [named('Bob 🙂 Bakker')] }, 'bar'),
  'screen-asked': entry([320], () =>
    [...ENDS, null].map((why) => (
      <ScreenAsked
        key={why}
        ask={{ id: fixed.id('ask'), of: named('Mia'), until: why ? null : Date.now() + 27 * SECONDS, why }}
        onCancel={() => told('cancel')}
        onAgain={nothing}
      />
    )),
  ),
};
