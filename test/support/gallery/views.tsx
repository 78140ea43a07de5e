import { signal } from '@preact/signals';
import { type DashboardProps, ElsewhereView } from '../../../extension/entrypoints/dashboard/dashboard-view.tsx';
import { FailedView } from '../../../extension/entrypoints/dashboard/failed-view.tsx';
import { ChatPanel } from '../../../shared/ui/chat-panel.tsx';
import { FilesPanel } from '../../../shared/ui/files-panel.tsx';
import { NOTHING_KEPT } from '../activities.ts';
import { FILE_PARTS, FILES_KEPT, FILES_ON } from '../file-samples.ts';
import { ADMINISTRATION } from './administration.tsx';
import { ARRIVING } from './arriving.tsx';
import * as fixed from './fixtures.ts';
import { HANDING } from './handing-over.tsx';
import { bar, dashboard, type GalleryEntry, nothing, options, popup, welcome } from './pages.tsx';
import { SCREENS } from './screens.tsx';

const { UNCOMPARED, COMPARING, COMPARING_GUEST, COMPARE_OVER, COMPARE_DIFFERS } = fixed;
const { session, snapshot, recording, WAITING, CROWD, UNREAD, ENDED, ASSISTING, KNOCKS, RELAY_WAITING } = fixed;
const talking = session();
const recorded = recording({});
const waits = [
  { name: 'Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck', until: null },
  { name: 'Mia Jansen', until: null },
];
const ASSISTED = { role: ASSISTING.role, you: ASSISTING.you, participants: ASSISTING.participants };
const KEPT: DashboardProps['recordings'] = {
  ...NOTHING_KEPT,
  kept: signal([
    { id: fixed.id('kept'), title: 'Mia Jansen', startedAt: Date.now() - 3_600_000, bytes: 48_300_000 },
    { id: fixed.id('saving'), title: 'Wilhelmina van Oranje', startedAt: Date.now() - 90_000_000, bytes: 812 },
    { id: fixed.id('down'), title: '', startedAt: Date.now() - 190_000_000, bytes: 1_200_000_000 },
  ]),
  saving: signal(new Map([[fixed.id('saving'), 0.42]])),
  downloaded: signal(new Set([fixed.id('down')])),
};
const knocking = session({ knocks: KNOCKS });
const many = [talking, UNREAD, WAITING, ENDED];
const filing = session({ activities: FILES_ON });
const at = { desk: 'Acme Support', site: 'https://support.example.org' };

/** Every view in every state worth looking at, by name. */
export const GALLERY: Record<string, GalleryEntry> = {
  popup: popup(),
  'popup-running': popup({ snapshot: snapshot(many, { relay: RELAY_WAITING }), entry: '418 205 7731' }),
  'popup-signed-out': popup({ account: undefined }),
  bar: bar(snapshot([talking]), talking),
  'bar-invite': bar(snapshot([session({ invitePrompt: true })]), session({ invitePrompt: true })),
  'bar-knock': bar(snapshot([knocking]), knocking),
  'bar-trouble': bar(snapshot([CROWD]), CROWD),
  'bar-relay': bar(snapshot([UNREAD], { relay: RELAY_WAITING }), UNREAD),
  'bar-assisting': bar(snapshot([ASSISTING]), ASSISTING),
  'bar-offer': bar(snapshot([filing]), filing),
  'bar-compact': bar(snapshot([talking]), talking, { compact: true }),
  'bar-dot': bar(snapshot([UNREAD]), UNREAD, { collapsed: true }),
  'bar-ended': bar(snapshot([ENDED]), ENDED),
  'bar-recording': bar(snapshot([recorded]), recorded),
  'dashboard-recording': dashboard(snapshot([recorded, UNREAD]), { tab: 'tools' }),
  'dashboard-recording-paused': dashboard(snapshot([recording({ is: 'paused', waits })])),
  'dashboard-recording-asked': dashboard(
    snapshot([recording({ mine: false, is: 'asked', asked: Date.now() + 25_000, waits }, ASSISTED)]),
  ),
  'dashboard-recording-over': dashboard(
    snapshot([recording({}, {}, { why: 'refused', name: fixed.MIA.name, you: false })]),
    { recordings: KEPT },
  ),
  'dashboard-none': dashboard(snapshot([]), { noBar: true, unreadable: true }),
  'dashboard-waiting': dashboard(snapshot([WAITING]), { tab: 'participants' }),
  'dashboard-inviting': dashboard(snapshot([{ ...WAITING, invitePrompt: true }])),
  'dashboard-talking': dashboard(snapshot(many)),
  'dashboard-knocks': dashboard(snapshot([knocking, UNREAD, WAITING])),
  'dashboard-crowd': dashboard(snapshot([CROWD]), { tab: 'participants' }),
  'dashboard-uncompared': dashboard(snapshot([UNCOMPARED]), { tab: 'tools' }),
  'dashboard-compare': dashboard(snapshot([COMPARING]), { tab: 'participants' }),
  'dashboard-compare-guest': dashboard(snapshot([COMPARING_GUEST]), { tab: 'participants' }),
  'dashboard-compare-over': dashboard(snapshot([COMPARE_OVER]), { tab: 'participants' }),
  'dashboard-compare-differs': dashboard(snapshot([COMPARE_DIFFERS]), { tab: 'participants' }),
  'dashboard-crowd-chat': dashboard(snapshot([CROWD], { relay: RELAY_WAITING })),
  'dashboard-tools': dashboard(snapshot([CROWD]), { tab: 'tools' }),
  'dashboard-session': dashboard(snapshot(many), { tab: 'session' }),
  'dashboard-offer': dashboard(snapshot([filing, UNREAD])),
  'dashboard-last': dashboard(snapshot(many, { selected: ENDED.id })),
  'dashboard-ended': dashboard(snapshot([ENDED, WAITING])),
  'dashboard-assisting': dashboard(snapshot([ASSISTING]), { tab: 'session' }),
  'dashboard-elsewhere': {
    ...dashboard(snapshot([])),
    view: () => <ElsewhereView onGoThere={nothing} onUseHere={nothing} />,
  },
  'dashboard-failed': {
    ...dashboard(snapshot([])),
    view: () => <FailedView onAgain={nothing} />,
  },
  'welcome-site': welcome({ at: 'site', site: '' }),
  'welcome-email': welcome({ ...at, at: 'email', email: '' }),
  'welcome-code': welcome({ ...at, at: 'code', email: 'ann.de.vries@support.example.org' }),
  'welcome-in': welcome({ ...at, at: 'in', name: 'Ann de Vries' }),
  'customer-chat': {
    view: () => (
      <main class="customer customer-chat">
        <h1>{fixed.ANN.name}</h1>
        <ChatPanel session={session({ role: 'customer', you: fixed.MIA.id })} send={fixed.send} />
      </main>
    ),
    style: () => import('./customer.css'),
    widths: [800, 320],
  },
  files: {
    view: () => (
      <main>
        <h1>{fixed.ANN.name}</h1>
        <FilesPanel session={filing} parts={FILE_PARTS} send={fixed.send} />
      </main>
    ),
    style: () => import('./customer.css'),
    widths: [800, 320],
  },
  'files-kept': {
    view: () => (
      <main>
        <h1>{fixed.ANN.name}</h1>
        <FilesPanel session={session({ activities: FILES_KEPT })} parts={FILE_PARTS} send={fixed.send} />
      </main>
    ),
    style: () => import('./customer.css'),
    widths: [320],
  },
  ...HANDING,
  ...ARRIVING,
  ...SCREENS,
  ...ADMINISTRATION,
  options: options(),
  'options-signed-out': options({ account: undefined, onAdministration: undefined }),
};
