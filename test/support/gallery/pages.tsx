/// <reference types="vite/client" />
import type { VNode } from 'preact';
import { type DashboardProps, DashboardView } from '../../../extension/entrypoints/dashboard/dashboard-view.tsx';
import { type BarProps, BarView } from '../../../extension/entrypoints/icon-bar/bar-view.tsx';
import { type OptionsProps, OptionsView } from '../../../extension/entrypoints/options/options-view.tsx';
import { type PopupProps, PopupView } from '../../../extension/entrypoints/popup/popup-view.tsx';
import { type WelcomeProps, WelcomeView } from '../../../extension/entrypoints/welcome/welcome-view.tsx';
import type { SessionView, Snapshot } from '../../../shared/session/view.ts';
import { NOTHING_KEPT } from '../activities.ts';
import * as fixed from './fixtures.ts';
import { Live } from './live.tsx';
import { told } from './told.ts';

export interface GalleryEntry {
  view(): VNode;
  style(): Promise<unknown>;
  widths: readonly number[];
}

export const nothing = () => undefined;
const ok = async () => ({ ok: true }) as const;

export function popup(change: Partial<PopupProps> = {}): GalleryEntry {
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

export function bar(snapshot: Snapshot, session: SessionView, change: Partial<BarProps> = {}): GalleryEntry {
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
              onPress={told}
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

export function dashboard(
  snapshot: Snapshot,
  change: Partial<DashboardProps> = {},
  widths: readonly number[] = [1280, 420],
): GalleryEntry {
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
    unreadable: false,
    onUnreadableSeen: nothing,
    onMailto: nothing,
    onSignIn: nothing,
    onSettings: nothing,
    onAdministration: nothing,
    ...change,
  };
  return {
    view: () => <Live initial={props.tab}>{(tab, onTab) => <DashboardView {...props} tab={tab} onTab={onTab} />}</Live>,
    style: () => import('../../../extension/entrypoints/dashboard/dashboard.css'),
    widths,
  };
}

export function welcome(step: WelcomeProps['step']): GalleryEntry {
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

export function options(change: Partial<OptionsProps> = {}): GalleryEntry {
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
