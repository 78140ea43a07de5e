import type { Answer } from '../../../shared/session/answer.ts';
import type {
  ChatItem,
  Command,
  KnockView,
  ParticipantView,
  SessionView,
  Snapshot,
} from '../../../shared/session/view.ts';
import { NO_OFFERS, NOT_OFFERED, NOTHING_ON } from '../activities.ts';
import { id } from './id.ts';
import { TRANSFEREES } from './offers.ts';
import { told } from './told.ts';

export { id };

/** Snapshots as a real session would give them, with long and foreign names. Times hang on the page's load. */
const NOW = Date.now();
const MINUTE = 60_000;

const ME = id('ann');

function participant(name: string, change: Partial<ParticipantView> = {}): ParticipantView {
  return {
    id: id(name),
    name,
    role: 'customer',
    way: 'link',
    state: 'present',
    joinedAt: NOW - 11 * MINUTE,
    link: { is: 'live' },
    assurance: 'proven',
    mayGetEarlierChat: false,
    ...change,
  };
}

export const ANN = participant('Ann de Vries', { id: ME, role: 'primary', way: 'started', link: { is: 'self' } });
export const MIA = participant('Mia Jansen');
const LONG = participant('Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck', {
  way: 'number',
  assurance: 'not compared',
});
const ARABIC = participant('مريم الزهراء', { link: { is: 'lost', since: NOW - 20_000 } });
export const BOB = participant('Bob 🙂 Bakker', { role: 'assistant', mayGetEarlierChat: true, assurance: 'mismatch' });

let lines = 0;
function line(
  from: ParticipantView,
  text: string,
  change: Partial<Extract<ChatItem, { kind: 'line' }>> = {},
): ChatItem {
  lines++;
  return {
    kind: 'line',
    id: `line-${lines}`,
    mine: from.id === ME,
    from: from.name,
    to: undefined,
    text,
    at: NOW - 10 * MINUTE + lines * 1000,
    waiting: false,
    ...change,
  };
}

const TALK: ChatItem[] = [
  { kind: 'event', id: 'started', at: NOW - 12 * MINUTE, what: 'started', name: ANN.name, to: undefined },
  { kind: 'event', id: 'joined', at: NOW - 11 * MINUTE, what: 'joined', name: MIA.name, to: undefined },
  line(MIA, 'Hello! It prints nothing at all, only white pages'),
  line(ANN, 'Hi Mia, thanks. Could you open the printer settings?'),
  line(MIA, 'like this? https://printers.example.org/settings?tray=1'),
  line(MIA, 'or https://bank.example.org@evil.example.com/pay and <script>alert(1)</script>'),
  line(ARABIC, 'شكرا جزيلا، الطابعة لا تعمل (HP 1320)'),
  line(ANN, 'Only for you: the code is on the label', { to: LONG.name }),
  line(BOB, 'a'.repeat(180)),
  line(ANN, 'Perfect. That one should say Tray 1.\nThen press Save.', { waiting: true }),
];

export function session(change: Partial<SessionView> = {}): SessionView {
  return {
    id: id('first'),
    number: '4182057730',
    mode: 'multi',
    role: 'primary',
    phase: 'open',
    startedAt: NOW - 12 * MINUTE,
    ended: undefined,
    you: ME,
    participants: [ANN, MIA],
    knocks: [],
    helped: MIA.id,
    primaryAway: undefined,
    ...NOT_OFFERED,
    activities: NOTHING_ON,
    chat: { items: TALK, unread: 0, draft: '', to: [{ id: MIA.id, name: MIA.name }] },
    invitePrompt: false,
    waitingForRelay: false,
    reported: false,
    ...change,
  };
}

export const WAITING = session({
  id: id('waiting'),
  phase: 'unjoined',
  number: '9021173488',
  startedAt: NOW - 80_000,
  participants: [ANN],
  chat: { items: TALK.slice(0, 1), unread: 0, draft: '', to: [] },
});
export const CROWD = session({
  id: id('crowd'),
  mode: 'single',
  participants: [ANN, BOB, MIA, LONG, ARABIC],
  chat: {
    items: TALK,
    unread: 3,
    draft: 'half typed',
    to: [BOB, MIA, LONG, ARABIC].map((one) => ({ id: one.id, name: one.name })),
  },
});
type Pair = SessionView['activities']['compare']['pairs'][number];
function comparing(change: Partial<Pair>, who: Partial<ParticipantView> = {}): SessionView {
  const mia = { ...MIA, way: 'number', assurance: 'not compared', ...who } as const;
  const pair: Pair = { with: mia.id, id: id('attempt'), first: true, stage: 'shown', code: null, ...change };
  return session({
    id: id(`compare ${pair.stage}`),
    participants: [ANN, mia],
    activities: { ...NOTHING_ON, compare: { pairs: [pair], reminded: [] } },
  });
}
export const UNCOMPARED = session({
  id: id('uncompared'),
  participants: [ANN, { ...MIA, way: 'number', assurance: 'not compared' }],
});
export const COMPARING = comparing({ code: '482913' });
export const COMPARE_OVER = comparing({ stage: 'over' });
export const COMPARE_DIFFERS = comparing({ stage: 'differs' }, { assurance: 'mismatch', link: { is: 'none' } });
export const COMPARING_GUEST = session({
  id: id('compare guest'),
  role: 'assistant',
  you: BOB.id,
  participants: [
    { ...ANN, link: { is: 'live' }, assurance: 'not compared' },
    { ...BOB, link: { is: 'self' }, assurance: 'proven' },
    MIA,
  ],
  activities: {
    ...NOTHING_ON,
    compare: {
      pairs: [{ with: ANN.id, id: id('attempt'), first: false, stage: 'shown', code: '482913' }],
      reminded: [],
    },
  },
});
type Now = NonNullable<SessionView['activities']['recording']['now']>;
/** One that Ann makes, as all see it. */
export function recording(
  change: Partial<Now>,
  about: Partial<SessionView> = {},
  last: SessionView['activities']['recording']['last'] = null,
): SessionView {
  const now: Now = { id: id('recording'), by: ANN.name, mine: true, is: 'on', asked: null, waits: [], ...change };
  return session({
    id: id('recording'),
    activities: { ...NOTHING_ON, recording: { mayRecord: true, now: last ? null : now, last } },
    ...about,
  });
}
export const UNREAD = session({
  id: id('unread'),
  startedAt: NOW - 75 * MINUTE,
  participants: [ANN, LONG],
  chat: { items: TALK.slice(0, 5), unread: 120, draft: '', to: [] },
});
export const ENDED = session({
  id: id('ended'),
  phase: 'ended',
  ended: { why: 'ended', by: ANN.name, at: NOW - MINUTE },
});
export const ASSISTING = session({
  id: id('assisting'),
  role: 'assistant',
  you: BOB.id,
  participants: [ANN, BOB, MIA],
});

export const KNOCKS: KnockView[] = [
  { id: id('piet'), name: 'Piet Bakker', way: 'number', at: NOW - 30_000, lapsesAt: NOW + 4 * MINUTE },
  { id: id('long'), name: LONG.name, way: 'used link', at: NOW - 10_000, lapsesAt: NOW + 4 * MINUTE },
];

export function snapshot(sessions: SessionView[], change: Partial<Snapshot> = {}): Snapshot {
  return {
    desk: 'Acme Support',
    site: 'https://support.example.org',
    me: ANN.name,
    modes: ['multi', 'single'],
    relay: { is: 'online' },
    sessions,
    selected: sessions[0]?.id,
    ...NO_OFFERS,
    ...change,
  };
}

export const RELAY_WAITING = { is: 'waiting', since: NOW - 20_000 } as const;

const LINK =
  'https://support.example.org/j/0123456789abcdef0123456789abcdef#Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';

/** Answers as the dashboard would; `refused@example.org` is refused. With `data-slow` on the page, once that is gone. */
export async function send(command: Command): Promise<Answer> {
  told(command);
  while (document.documentElement.hasAttribute('data-slow')) await new Promise(requestAnimationFrame);
  if (command.type === 'transferees') return { ok: true, value: TRANSFEREES };
  if (command.type !== 'invite') return { ok: true };
  if (command.how.by === 'link') return { ok: true, value: { is: 'link', url: LINK } };
  if (command.how.address.startsWith('refused')) return { ok: false, error: 'bad-request' };
  if (command.how.by === 'relay mail') return { ok: true, value: { is: 'sent' } };
  const body = `Hello,\n\nAnn de Vries of Acme Support invites you:\n${LINK}\n`;
  return { ok: true, value: { is: 'mailto', url: 'mailto:x', subject: 'Invitation', body } };
}
