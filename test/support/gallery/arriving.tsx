import type { DashboardProps } from '../../../extension/entrypoints/dashboard/dashboard-view.tsx';
import type { SessionView, Snapshot } from '../../../shared/session/view.ts';
import * as fixed from './fixtures.ts';
import { Live } from './live.tsx';
import { bar, dashboard, type GalleryEntry } from './pages.tsx';
import { Stepped } from './stepped.tsx';
import { told } from './told.ts';

const { session, snapshot, MIA } = fixed;

type Steps = readonly [Snapshot, ...Snapshot[]];

/** A dashboard that is told one thing after another. Not for looking at, so in no list of widths. */
function dashboards(steps: Steps, change: Partial<DashboardProps> = {}): GalleryEntry {
  const view = (now: Snapshot) => (
    <Live initial={change.press}>
      {(press, onPress) => {
        const onPressed = (back: boolean) => {
          told({ pressed: { back } });
          onPress(undefined);
        };
        return dashboard(now, { ...change, press, onPressed }).view();
      }}
    </Live>
  );
  return { ...dashboard(steps[0], {}, []), view: () => <Stepped steps={() => steps}>{view}</Stepped> };
}

/** The same for the icon bar, which shows the selected session. */
function bars(steps: Steps): GalleryEntry {
  const shown = (now: Snapshot) => now.sessions.find(({ id }) => id === now.selected) as SessionView;
  return {
    ...bar(steps[0], shown(steps[0])),
    widths: [],
    view: () => <Stepped steps={() => steps}>{(now) => bar(now, shown(now)).view()}</Stepped>,
  };
}

const LISTED = { availability: { on: true } };
const piet = { ...MIA, id: fixed.id('piet'), name: 'Piet Bakker' };
const ours = [
  session({ mayTransfer: true }),
  session({ id: fixed.id('other'), mayTransfer: true, participants: [fixed.ANN, piet], helped: piet.id }),
] as const;
const [mias, piets] = ours;
const ofMia = snapshot([...ours], { ...LISTED, selected: mias.id });
const ofPiet = { ...ofMia, selected: piets.id };

/** What comes, goes and changes while somebody is at it, by name. */
export const ARRIVING: Record<string, GalleryEntry> = {
  'pressed-then-other': dashboards([ofMia, ofPiet, ofMia], { press: { what: 'transfer', session: mias.id } }),
  'pressed-then-chosen': dashboards([ofPiet, ofMia], { press: { what: 'transfer', session: mias.id } }),
  'asked-then-other': dashboards([ofMia, ofPiet, ofMia], { tab: 'session' }),
  'bar-then-other': bars([ofMia, ofPiet, ofMia]),
};
