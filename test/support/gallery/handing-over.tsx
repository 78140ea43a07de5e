import { TransferDialog } from '../../../extension/entrypoints/dashboard/transfer-dialog.tsx';
import type { BarProps } from '../../../extension/entrypoints/icon-bar/bar-view.tsx';
import type { ParticipantView, SessionView } from '../../../shared/session/view.ts';
import { NOTHING_ON } from '../activities.ts';
import { FILES_ON } from '../file-samples.ts';
import * as fixed from './fixtures.ts';
import * as offers from './offers.ts';
import { bar, dashboard, type GalleryEntry, nothing, popup } from './pages.tsx';
import { entry } from './screens.tsx';

const { session, snapshot, ANN, BOB, MIA, ASSISTING } = fixed;
const LISTED = { availability: { on: true, missed: false } };
const MINUTE = 60_000;
const LONG = 'Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck';

const SELF = { ...BOB, assurance: 'proven', link: { is: 'self' } } as const;
const mayGive = session({ mayTransfer: true, notes: 'Toner changed in May.\nCalls back at 16:00.' });
const assistant = (name: string, change: Partial<ParticipantView> = {}): ParticipantView => ({
  ...BOB,
  assurance: 'proven',
  id: fixed.id(name),
  name,
  ...change,
});
const crowded = session({
  participants: [
    ANN,
    assistant('Bob 🙂 Bakker', { assurance: 'not compared' }),
    assistant(LONG),
    assistant('مريم الزهراء', { link: { is: 'lost', since: Date.now() - 20_000 } }),
    MIA,
  ],
});

function control(widths: readonly number[], about: SessionView): GalleryEntry {
  return entry(widths, () => (
    <TransferDialog what="control" session={about} send={fixed.send} onInvite={nothing} onDone={nothing} />
  ));
}

/** To an assistant: offered to others, and the primary lost (EN3). */
const waits = (change: Partial<NonNullable<SessionView['offered']>>) =>
  session({
    role: 'assistant',
    you: BOB.id,
    participants: [SELF, MIA],
    offered: {
      since: Date.now() - MINUTE,
      place: 1,
      nobody: false,
      keeper: false,
      name: { en: 'Printers', nl: 'Printers' },
      acceptor: undefined,
      ...change,
    },
  });
type Mine = SessionView['activities']['takeover']['mine'];
const lost = (mine: Mine, name = ANN.name) =>
  session({
    role: 'assistant',
    you: BOB.id,
    participants: [{ ...ANN, name, state: 'away', link: { is: 'lost', since: Date.now() - 2 * MINUTE } }, SELF, MIA],
    primaryAway: { since: Date.now() - 2 * MINUTE, lostAt: Date.now() - MINUTE },
    activities: { ...NOTHING_ON, takeover: { asked: null, mine } },
  });
/** A bar with that session alone. */
const barOf = (about: SessionView, change: Partial<BarProps> = {}) => bar(snapshot([about], LISTED), about, change);
const notYet = { name: MIA.name, until: null, why: 'refused' as const };

/** Transfer of control and of sessions, and who takes over, by name. */
export const HANDING: Record<string, GalleryEntry> = {
  'transfer-control': control([800, 320], crowded),
  'transfer-control-nobody': control([320], session()),
  'dashboard-single': dashboard(snapshot([session({ mode: 'single' })])),
  'transfer-session': dashboard(
    snapshot([mayGive], LISTED),
    { press: { what: 'transfer', session: mayGive.id } },
    [1280, 320],
  ),
  'dashboard-offers': dashboard(
    snapshot([session(), fixed.UNREAD], {
      ...LISTED,
      offers: [offers.LONG_OFFER, offers.OFFERED, offers.TO_ME, offers.TAKEN, offers.TAKEN_BACK],
    }),
    {},
    [1280, 320],
  ),
  'dashboard-sent': dashboard(
    snapshot([], { ...LISTED, offers: [offers.SENT, offers.NOBODY, offers.SENT_TAKEN] }),
    {},
    [1280, 320],
  ),
  'dashboard-given-up': dashboard(
    snapshot(
      [session({ id: offers.SENT.session, phase: 'ended', ended: { why: 'left', by: undefined, at: Date.now() } })],
      {
        ...LISTED,
        offers: [offers.SENT],
      },
    ),
    {},
    [1280, 320],
  ),
  'dashboard-notes': dashboard(
    snapshot([mayGive], { availability: { on: false, missed: false } }),
    { tab: 'session' },
    [1280, 320],
  ),
  'dashboard-waits': dashboard(snapshot([waits({})]), {}, [1280, 320]),
  'dashboard-waits-you': dashboard(snapshot([waits({ acceptor: BOB.name })]), {}, [420]),
  'dashboard-waits-nobody': dashboard(snapshot([waits({ nobody: true, name: undefined })]), {}, [420]),
  'dashboard-lost': dashboard(snapshot([lost(null)]), {}, [1280, 320]),
  'dashboard-lost-asked': dashboard(
    snapshot([lost({ of: [{ name: MIA.name, until: Date.now() + 25_000, why: null }] })]),
    {},
    [420],
  ),
  'dashboard-lost-refused': dashboard(snapshot([lost({ of: [notYet] })]), {}, [420]),
  'bar-session-offer': bar(snapshot([mayGive], { ...LISTED, offers: [offers.OFFERED] }), mayGive),
  'bar-session-offer-long': bar(snapshot([mayGive], { ...LISTED, offers: [offers.LONG_OFFER] }), mayGive, {
    compact: true,
  }),
  'bar-nobody-took': bar(snapshot([session()], { ...LISTED, offers: [offers.NOBODY] }), session()),
  'bar-lost': barOf(lost(null)),
  'bar-lost-refused': barOf(lost({ of: [notYet] }, LONG), { compact: true }),
  'bar-lost-knock': bar(snapshot([lost(null), session({ id: fixed.id('own'), knocks: fixed.KNOCKS })]), lost(null)),
  'bar-lost-offer': bar(snapshot([lost(null)], { ...LISTED, offers: [offers.OFFERED] }), lost(null)),
  'bar-lost-relay': bar(snapshot([lost(null)], { relay: fixed.RELAY_WAITING }), lost(null)),
  'bar-waits': barOf(waits({})),
  'bar-waits-long': barOf(waits({ nobody: true, name: offers.LONG_QUEUE }), { compact: true }),
  'bar-waits-you': barOf(waits({ acceptor: LONG })),
  'bar-dot-lost': barOf(lost(null), { collapsed: true }),
  'bar-dot-calm': barOf(ASSISTING, { collapsed: true }),
  'bar-dot-file': barOf(session({ activities: FILES_ON }), { collapsed: true }),
  'bar-dot-waits': barOf(waits({}), { collapsed: true }),
  'bar-dot-nobody': bar(snapshot([session()], { ...LISTED, offers: [offers.NOBODY] }), session(), { collapsed: true }),
  'bar-taken': bar(snapshot([session()], { ...LISTED, offers: [offers.TAKEN] }), session()),
  'bar-taken-long': bar(snapshot([session()], { ...LISTED, offers: [offers.TAKEN_LONG] }), session(), {
    compact: true,
  }),
  'bar-taken-mine': bar(snapshot([session()], { ...LISTED, offers: [offers.SENT_TAKEN] }), session()),
  'bar-over': bar(snapshot([session()], { ...LISTED, offers: [offers.OVER] }), session(), { compact: true }),
  'bar-dot-taken': bar(snapshot([session()], { ...LISTED, offers: [offers.TAKEN_ARABIC] }), session(), {
    collapsed: true,
  }),
  'bar-dot-offer': bar(snapshot([ASSISTING], { ...LISTED, offers: [offers.TO_ME] }), ASSISTING, { collapsed: true }),
  'popup-missed': popup({ snapshot: snapshot([], { availability: { on: false, missed: true } }) }),
  'dashboard-missed': dashboard(snapshot([session()], { availability: { on: false, missed: true } }), {}, [1280, 320]),
  'popup-available': popup({ snapshot: snapshot([], LISTED) }),
  'popup-taken': popup({
    snapshot: snapshot([], {
      ...LISTED,
      offers: [offers.TAKEN, offers.TAKEN_LONG, offers.TAKEN_ARABIC, offers.OVER, offers.SENT, offers.SENT_TAKEN],
    }),
  }),
  'popup-offers': popup({
    snapshot: snapshot([session()], {
      availability: { on: false, missed: false },
      offers: [offers.OFFERED, offers.LONG_OFFER, offers.NOBODY],
    }),
  }),
};
