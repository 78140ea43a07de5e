import type { ComponentChildren } from 'preact';
import type { DashboardProps } from '../../../extension/entrypoints/dashboard/dashboard-view.tsx';
import { TransferDialog } from '../../../extension/entrypoints/dashboard/transfer-dialog.tsx';
import { TakeoverQuestion } from '../../../relay/site/takeover-question.tsx';
import type { Send, SessionView, Snapshot } from '../../../shared/session/view.ts';
import { NOTHING_ON } from '../activities.ts';
import * as fixed from './fixtures.ts';
import { Live } from './live.tsx';
import * as offers from './offers.ts';
import { bar, dashboard, type GalleryEntry, nothing } from './pages.tsx';
import { entry } from './screens.tsx';
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

/** A piece by itself, about a session that changes. */
function pieces(
  steps: readonly [SessionView, ...SessionView[]],
  draw: (session: SessionView) => ComponentChildren,
): GalleryEntry {
  return entry([], () => <Stepped steps={() => steps}>{draw}</Stepped>);
}

const LISTED = { availability: { on: true, missed: false } };
const piet = { ...MIA, id: fixed.id('piet'), name: 'Piet Bakker' };
const ours = [
  session({ mayTransfer: true }),
  session({ id: fixed.id('other'), mayTransfer: true, participants: [fixed.ANN, piet], helped: piet.id }),
] as const;
const [mias, piets] = ours;
const ofMia = snapshot([...ours], { ...LISTED, selected: mias.id });
const ofPiet = { ...ofMia, selected: piets.id };

const assistant = (name: string) => ({ ...fixed.BOB, id: fixed.id(name), name, assurance: 'proven' as const });
const [bob, cas] = [assistant('Bob'), assistant('Cas')];
const withThem = (...them: (typeof bob)[]) => session({ participants: [fixed.ANN, ...them, MIA] });
const given = { ...withThem(bob), role: 'assistant' as const };

/** The relay’s queues and agents: of the second look on, one queue is gone, and who was away is not any more. */
const forgets: Send = async (command) => {
  const answer = await fixed.send(command);
  if (command.type !== 'transferees' || document.documentElement.dataset.step === undefined) return answer;
  const { queues, agents, now } = offers.TRANSFEREES;
  const turned = agents.map((one) => ({ ...one, available: !one.available }));
  return { ok: true, value: { queues: queues.slice(0, 1), agents: turned.toReversed(), now } };
};

const knocked = (...knocks: SessionView['knocks']) => snapshot([session({ knocks })], LISTED);
const offered = (...all: Snapshot['offers']) => snapshot([session()], { ...LISTED, offers: all });
const asks = (name: string) =>
  session({
    role: 'customer',
    you: MIA.id,
    participants: [{ ...fixed.ANN, state: 'away', link: { is: 'lost', since: 0 } }, bob, cas, MIA],
    primaryAway: { since: Date.now() - 120_000, lostAt: Date.now() - 60_000 },
    activities: {
      ...NOTHING_ON,
      takeover: {
        asked: { id: fixed.id(name), name, primary: fixed.ANN.name, until: Date.now() + 27_000 },
        mine: null,
      },
    },
  });

/** What comes, goes and changes while somebody is at it, by name. */
export const ARRIVING: Record<string, GalleryEntry> = {
  'pressed-then-other': dashboards([ofMia, ofPiet, ofMia], { press: { what: 'transfer', session: mias.id } }),
  'pressed-then-chosen': dashboards([ofPiet, ofMia], { press: { what: 'transfer', session: mias.id } }),
  'asked-then-other': dashboards([ofMia, ofPiet, ofMia], { tab: 'session' }),
  'assistants-leave': pieces([withThem(bob, cas), withThem(cas), withThem()], (about) => (
    <TransferDialog what="control" session={about} send={fixed.send} onInvite={nothing} onDone={nothing} />
  )),
  'queue-goes': pieces([mias], (about) => (
    <TransferDialog what="session" session={about} send={forgets} onDone={nothing} />
  )),
  'cards-come': dashboards([
    offered(offers.OFFERED),
    { ...offered(offers.OFFERED, offers.TO_ME), sessions: knocked(...fixed.KNOCKS).sessions },
  ]),
  'knocks-follow': dashboards([knocked(...fixed.KNOCKS), knocked(...fixed.KNOCKS.slice(1))]),
  'bar-knocks-follow': bars([knocked(...fixed.KNOCKS), knocked(...fixed.KNOCKS.slice(1))]),
  'bar-offers-follow': bars([offered(offers.OFFERED, offers.TO_ME), offered(offers.TO_ME)]),
  'questions-follow': pieces([asks('Bob'), asks('Cas')], (about) => (
    <TakeoverQuestion session={about} send={fixed.send} />
  )),
  'control-given': dashboards([snapshot([withThem(bob)]), snapshot([given])]),
  'offer-answered': dashboards([offered(offers.OFFERED), offered()]),
  'bar-then-other': bars([ofMia, ofPiet, ofMia]),
};
