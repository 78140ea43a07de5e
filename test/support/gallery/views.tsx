/// <reference types="vite/client" />
import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import {
  type DashboardProps,
  DashboardView,
  ElsewhereView,
} from '../../../extension/entrypoints/dashboard/dashboard-view.tsx';
import { FailedView } from '../../../extension/entrypoints/dashboard/failed-view.tsx';
import { type BarProps, BarView } from '../../../extension/entrypoints/icon-bar/bar-view.tsx';
import { type OptionsProps, OptionsView } from '../../../extension/entrypoints/options/options-view.tsx';
import { type PopupProps, PopupView } from '../../../extension/entrypoints/popup/popup-view.tsx';
import { type WelcomeProps, WelcomeView } from '../../../extension/entrypoints/welcome/welcome-view.tsx';
import type { SessionView, Snapshot } from '../../../shared/session/view.ts';
import { ChatPanel } from '../../../shared/ui/chat-panel.tsx';
import { FilesPanel } from '../../../shared/ui/files-panel.tsx';
import { NOTHING_KEPT } from '../activities.ts';
import { FILE_PARTS, FILES_ON } from '../file-samples.ts';
import { ADMINISTRATION } from './administration.tsx';
import * as fixed from './fixtures.ts';
import { Live } from './live.tsx';
import { SCREENS } from './screens.tsx';

export interface GalleryEntry {
  view(): VNode;
  style(): Promise<unknown>;
  widths: readonly number[];
}

const nothing = () => undefined;
const ok = async () => ({ ok: true }) as const;

function popup(change: Partial<PopupProps> = {}): GalleryEntry {
  const props: PopupProps = {
    account: { name: 'Ann de Vries', site: 'support.example.org' },
    snapshot: undefined,
    modes: ['multi', 'single'],
    mode: 'multi',
    email: true,
    entry: '',
    onEmail: nothing,
    onMode: nothing,
    onEntry: nothing,
    send: fixed.send,
    onSignIn: nothing,
    onDashboard: nothing,
    onSettings: nothing,
    ...change,
  };
  return {
    view: () => (
      <Live initial={props.entry}>{(entry, onEntry) => <PopupView {...props} entry={entry} onEntry={onEntry} />}</Live>
    ),
    style: () => import('../../../extension/entrypoints/popup/popup.css'),
    widths: [360],
  };
}

function bar(snapshot: Snapshot, session: SessionView, change: Partial<BarProps> = {}): GalleryEntry {
  return {
    view: () => (
      <Live initial={change.collapsed ?? false}>
        {(collapsed, onCollapsed) => (
          <main>
            <BarView
              snapshot={snapshot}
              session={session}
              send={fixed.send}
              onMailto={nothing}
              onDashboard={nothing}
              onPress={nothing}
              opens="down"
              compact={false}
              grip={{ onStart: nothing, onMove: nothing, onEnd: nothing, onNudge: nothing }}
              {...change}
              collapsed={collapsed}
              onCollapsed={onCollapsed}
            />
          </main>
        )}
      </Live>
    ),
    style: () => import('../../../extension/entrypoints/icon-bar/bar.css'),
    widths: [change.compact ? 440 : 1100],
  };
}

function dashboard(snapshot: Snapshot, change: Partial<DashboardProps> = {}): GalleryEntry {
  const props: DashboardProps = {
    snapshot,
    send: fixed.send,
    media: () => undefined,
    recordings: NOTHING_KEPT,
    press: undefined,
    onPressed: nothing,
    email: true,
    onEmail: nothing,
    mode: 'multi',
    onMode: nothing,
    tab: 'chat',
    onTab: nothing,
    noBar: false,
    onNoBarSeen: nothing,
    onMailto: nothing,
    onSignIn: nothing,
    onSettings: nothing,
    onAdministration: nothing,
    ...change,
  };
  return {
    view: () => <Live initial={props.tab}>{(tab, onTab) => <DashboardView {...props} tab={tab} onTab={onTab} />}</Live>,
    style: () => import('../../../extension/entrypoints/dashboard/dashboard.css'),
    widths: [1280, 420],
  };
}

function welcome(step: WelcomeProps['step']): GalleryEntry {
  const refuse = async () => ({ ok: false, error: 'bad-request' }) as const;
  return {
    view: () => (
      <WelcomeView
        step={step}
        onSite={refuse}
        onEmail={refuse}
        onCode={refuse}
        onBack={nothing}
        onSignOut={nothing}
        shortcut="Alt+Shift+H"
      />
    ),
    style: () => import('../../../extension/entrypoints/welcome/welcome.css'),
    widths: [800, 320],
  };
}

function options(change: Partial<OptionsProps> = {}): GalleryEntry {
  const device = (name: string, current: boolean) => ({
    id: fixed.id(name),
    browser: name,
    createdAt: 1_790_000_000_000,
    usedAt: 1_795_000_000_000,
    current,
  });
  return {
    view: () => (
      <OptionsView
        sound
        onSound={nothing}
        notify={false}
        onNotify={async (on) => on}
        account={{ name: 'Ann de Vries', email: 'ann.de.vries@support.example.org', site: 'support.example.org' }}
        language="browser"
        onLanguage={nothing}
        everyPage={false}
        onEveryPage={async () => false}
        devices={{ is: 'here', list: [device('Chrome, Linux', true), device('Firefox, Windows', false)] }}
        onRevoke={ok}
        onSignOut={ok}
        onSignIn={nothing}
        onAdministration={nothing}
        {...change}
      />
    ),
    style: () => import('../../../extension/entrypoints/options/options.css'),
    widths: [800, 320],
  };
}

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
  'dashboard-none': dashboard(snapshot([]), { noBar: true }),
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
  ...SCREENS,
  ...ADMINISTRATION,
  options: options(),
  'options-signed-out': options({ account: undefined, onAdministration: undefined }),
};
