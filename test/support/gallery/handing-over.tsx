import { TransferDialog } from '../../../extension/entrypoints/dashboard/transfer-dialog.tsx';
import type { ParticipantView, SessionView } from '../../../shared/session/view.ts';
import { NOTHING_ON } from '../activities.ts';
import * as fixed from './fixtures.ts';
import * as offers from './offers.ts';
import { bar, dashboard, type GalleryEntry, nothing, popup } from './pages.tsx';
import { entry } from './screens.tsx';

const { session, snapshot, ANN, BOB, MIA, ASSISTING } = fixed;
const LISTED = { availability: { on: true } };
const MINUTE = 60_000;

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
    assistant('Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck'),
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
const lost = (mine: Mine) =>
  session({
    role: 'assistant',
    you: BOB.id,
    participants: [{ ...ANN, state: 'away', link: { is: 'lost', since: Date.now() - 2 * MINUTE } }, SELF, MIA],
    primaryAway: { since: Date.now() - 2 * MINUTE, lostAt: Date.now() - MINUTE },
    activities: { ...NOTHING_ON, takeover: { asked: null, mine } },
  });
const notYet = { name: MIA.name, until: null, why: 'refused' as const };

/** Transfer of control and of sessions, and who takes over, by name. */
export const HANDING: Record<string, GalleryEntry> = {
  'transfer-control': control([800, 320], crowded),
  'transfer-control-nobody': control([320], session()),
  'transfer-session': dashboard(snapshot([mayGive], LISTED), { press: 'transfer' }, [1280, 320]),
  'dashboard-offers': dashboard(
    snapshot([session(), fixed.UNREAD], {
      ...LISTED,
      offers: [offers.LONG_OFFER, offers.OFFERED, offers.TO_ME, offers.TAKEN],
    }),
    {},
    [1280, 320],
  ),
  'dashboard-sent': dashboard(
    snapshot([], { ...LISTED, offers: [offers.SENT, offers.NOBODY, offers.SENT_TAKEN] }),
    {},
    [1280, 320],
  ),
  'dashboard-notes': dashboard(snapshot([mayGive], { availability: { on: false } }), { tab: 'session' }, [1280, 320]),
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
  'bar-dot-offer': bar(snapshot([ASSISTING], { ...LISTED, offers: [offers.TO_ME] }), ASSISTING, { collapsed: true }),
  'popup-available': popup({ snapshot: snapshot([], LISTED) }),
  'popup-offers': popup({
    snapshot: snapshot([session()], {
      availability: { on: false },
      offers: [offers.OFFERED, offers.LONG_OFFER, offers.NOBODY],
    }),
  }),
};
