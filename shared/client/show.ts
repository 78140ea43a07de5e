import { helpedIn } from '../activities/activity.ts';
import { isShut } from '../activities/compare.ts';
import { showActivities } from '../activities/index.ts';
import { saidNo } from '../activities/takeover.ts';
import type { LinkStatus } from '../link/link.ts';
import type { Participant } from '../protocol/relay-api.ts';
import { keeperIn, keepersFor, lostAt, nameIn, primaryOf, reachable, type SessionState } from '../session/session.ts';
import type {
  Assurance,
  ChatEvent,
  ChatItem,
  ChatView,
  LinkView,
  ParticipantView,
  SessionView,
} from '../session/view.ts';
import { isRemoved, type Removal } from './last-words.ts';

/** What a page knows of a session beside its state: links, what is not delivered, what has been seen. */
export interface Surroundings {
  links: ReadonlyMap<string, LinkStatus>;
  /** Whom the primary removed: out, though the relay may not have heard of it yet. */
  removed: ReadonlyMap<string, Removal>;
  /** Ids of own lines not yet stored by everybody they are for. */
  undelivered: ReadonlySet<string>;
  /** How many lines of others had been shown when a view last showed them (PA5). */
  seen: number;
  draft: string;
  invitePrompt: boolean;
  waitingForRelay: boolean;
  reported: boolean;
  /** Whether the site lists this agent in a queue. */
  listed: boolean;
  /** This machine's clock minus the relay's, ms. */
  skew: number;
}

/** The snapshot of one session for all views. */
export function showSession(state: SessionState, around: Surroundings): SessionView {
  const { roster } = state;
  const me = roster.participants.find(({ id }) => id === roster.you);
  const role = me?.role ?? 'customer';
  const local = (moment: number) => moment + around.skew;
  return {
    id: roster.id,
    number: role === 'customer' ? '' : roster.number,
    mode: roster.mode,
    role,
    phase: state.ended ? 'ended' : roster.phase,
    startedAt: local(roster.startedAt),
    ended: showEnded(state),
    you: roster.you,
    participants: inOrder(roster.participants)
      .filter((one) => !isRemoved(state, around.removed, one))
      .map((one) => showParticipant(state, around, one)),
    knocks: roster.knocks.map(({ id, name, way, at, lapsesAt }) => ({
      id,
      name,
      way,
      at: local(at),
      lapsesAt: local(lapsesAt),
    })),
    helped: helpedIn(state),
    primaryAway: showAway(state, local),
    offered: showOffered(state, local),
    mayTransfer: around.listed && !state.ended && role === 'primary' && keepersFor(state).length > 0,
    notes: state.activities.notebook.text,
    chat: showChat(state, around),
    activities: showActivities(state.activities, state),
    invitePrompt: around.invitePrompt,
    waitingForRelay: around.waitingForRelay,
    reported: around.reported,
  };
}

function showEnded(state: SessionState): SessionView['ended'] {
  const { activities, ended, handed } = state;
  if (!ended) return undefined;
  const { why, by, at } = ended;
  if (why !== 'left' || !handed || !saidNo(activities.takeover, state)) return { why, by, at };
  return { why: 'said no', by: nameIn(state, handed.to), at };
}

function showAway(state: SessionState, local: (moment: number) => number): SessionView['primaryAway'] {
  const [primary, lost] = [primaryOf(state), lostAt(state)];
  return primary && lost !== undefined ? { since: local(primary.since), lostAt: local(lost) } : undefined;
}

/** As this page has heard it from who offers it; the relay's word is where in the queue, who accepted, and to whom it has passed. */
function showOffered(state: SessionState, local: (moment: number) => number): SessionView['offered'] {
  const { handed, roster } = state;
  const keeper = keeperIn(state);
  if (keeper === undefined) return undefined;
  const { at, place, nobody = false, name, acceptor: who } = roster.offer ?? {};
  const since = at === undefined ? (handed?.at ?? local(roster.now)) : local(at);
  const acceptor = who && nameIn(state, who);
  return { since, place, nobody, keeper: keeper === roster.you, name, acceptor };
}

function inOrder(participants: readonly Participant[]): Participant[] {
  return [...participants].sort(
    (a, b) => Number(b.role === 'primary') - Number(a.role === 'primary') || a.joinedAt - b.joinedAt,
  );
}

function showParticipant(state: SessionState, around: Surroundings, one: Participant): ParticipantView {
  const iAmPrimary = state.roster.participants.some(({ id, role }) => id === state.roster.you && role === 'primary');
  const status = around.links.get(one.id);
  return {
    id: one.id,
    name: one.name,
    role: one.role,
    way: one.way,
    state: one.state,
    joinedAt: one.joinedAt + around.skew,
    link: showLink(state, status, one),
    assurance: one.id === state.roster.you ? 'proven' : showAssurance(state, status, one),
    mayGetEarlierChat:
      iAmPrimary &&
      one.role === 'assistant' &&
      !isShut(state.activities.compare, state, one.id) &&
      !state.activities.chat.shownEarlier.includes(one.id) &&
      state.activities.chat.lines.shown.some(({ to }) => to === undefined),
  };
}

function showLink(state: SessionState, status: LinkStatus | undefined, one: Participant): LinkView {
  if (one.id === state.roster.you) return { is: 'self' };
  if (!status) return { is: 'none' };
  return status.state === 'lost' ? { is: 'lost', since: status.since } : { is: status.state };
}

function showAssurance(state: SessionState, status: LinkStatus | undefined, one: Participant): Assurance {
  if (isShut(state.activities.compare, state, one.id)) return 'mismatch';
  return status?.assurance ?? 'pending';
}

/** How many lines of others are shown: what `seen` is compared with. */
export function othersLines(state: SessionState): number {
  return state.activities.chat.lines.shown.filter(({ writer }) => writer !== state.roster.you).length;
}

/** Whoever offered a session and has it again took it back. */
export function shownWhat(notes: SessionState['notes'], note: SessionState['notes'][number]): ChatEvent {
  if (note.what !== 'accepted') return note.what;
  const offered = notes.slice(0, notes.indexOf(note)).findLast(({ what }) => what === 'offered');
  return offered?.who === note.to ? 'taken back' : 'accepted';
}

function showChat(state: SessionState, around: Surroundings): ChatView {
  const { roster, notes } = state;
  const chat = state.activities.chat.lines;
  const open = new Set(reachable(state));
  const nameOf = (id: string) => nameIn(state, id);
  const items: ChatItem[] = [];
  const notesBefore = (position: number) => {
    for (const note of notes) {
      if (note.before + chat.earlier !== position) continue;
      const to = note.to === undefined ? undefined : nameOf(note.to);
      const what = shownWhat(notes, note);
      items.push({ kind: 'event', id: `note ${note.key}`, at: note.at, what, name: note.name, to });
    }
  };
  chat.shown.forEach((line, position) => {
    notesBefore(position);
    items.push({
      kind: 'line',
      id: line.id,
      mine: line.writer === roster.you,
      from: line.name,
      to: line.to === undefined ? undefined : nameOf(line.to),
      text: line.text,
      at: line.at,
      waiting: around.undelivered.has(line.id),
    });
  });
  notesBefore(chat.shown.length);
  return {
    items,
    unread: Math.max(0, othersLines(state) - around.seen),
    draft: around.draft,
    to: roster.participants.filter(({ id }) => open.has(id)).map(({ id, name }) => ({ id, name })),
  };
}
