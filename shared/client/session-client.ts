import { helpedIn } from '../activities/activity.ts';
import { type ActivityCommand, nextDueActivity, obeyActivity, permitsPassed } from '../activities/index.ts';
import { saidNo } from '../activities/takeover.ts';
import type { Hub, JournalEntry, LinkStatus, SessionLinks } from '../link/link.ts';
import { Turns } from '../link/turns.ts';
import type { Control } from '../protocol/control.ts';
import { HulplijnError } from '../protocol/errors.ts';
import { type Act, may } from '../protocol/permissions.ts';
import type { Participant, Roster } from '../protocol/relay-api.ts';
import { type Message, parsePassed } from '../session/message.ts';
import { missingNotes } from '../session/notes.ts';
import {
  anchorOf,
  applyRoster,
  type Ended,
  isLeftBehind,
  openSession,
  participant,
  permits,
  reachable,
  reduce,
  roleOf,
  type SessionState,
  settle,
} from '../session/session.ts';
import type { SessionView } from '../session/view.ts';
import { Deliveries } from './deliveries.ts';
import { Judge } from './judge.ts';
import { Keeping } from './keeping.ts';
import { LAST_WORDS_MS, LastWords } from './last-words.ts';
import { nothingStored, type PageStore, type StoredSession } from './page-store.ts';
import { randomId } from './random-id.ts';
import { SessionChat } from './session-chat.ts';
import { SessionCompare } from './session-compare.ts';
import { SessionControl } from './session-control.ts';
import type { SessionHost } from './session-host.ts';
import { type MediaParts, SessionMedia } from './session-media.ts';
import { SessionNotes } from './session-notes.ts';
import { showSession } from './show.ts';
import { speak } from './spoken.ts';
import type { Signer } from './trust.ts';
import { passOn, WantedLinks } from './wanted-links.ts';
import { Welcome } from './welcome.ts';

export interface SessionDeps extends MediaParts {
  /** This page load. */
  page: string;
  hub: Hub;
  store: PageStore;
  signer: Signer;
  /** This person is not in it any more: as if they had pressed Leave. */
  leave(): void;
  /** Has the relay put that record in force, and hears its roster (TS5). */
  control(this: void, record: Control): Promise<void>;
  /** Whether the site lists this agent in a queue. */
  listed(): boolean;
  /** Something shown has changed. */
  changed(): void;
}

/** One session in one page: its state, its links, and what people do in it. */
export class SessionClient {
  #state: SessionState;
  readonly #deps: SessionDeps;
  readonly #links: SessionLinks;
  readonly #statuses = new Map<string, LinkStatus>();
  readonly #deliveries = new Deliveries();
  readonly #wanted: WantedLinks;
  readonly #chat: SessionChat;
  readonly #compare: SessionCompare;
  readonly #media: SessionMedia;
  readonly #control: SessionControl;
  readonly #judge: Judge;
  /** Ways out: end, leave, remove. */
  readonly last: LastWords;
  readonly #welcome: Welcome;
  readonly #keeping: Keeping;
  readonly notes: SessionNotes;
  readonly #stored: SessionHost['stored'];
  #skew: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #turns = new Turns();
  #closed = false;
  invitePrompt = false;
  waitingForRelay = false;
  reported = false;

  private constructor(roster: Roster, stored: StoredSession | undefined, deps: SessionDeps) {
    this.#deps = deps;
    const anchor = stored?.anchor ?? anchorOf(roster);
    this.#state = openSession(roster, deps.page, anchor);
    this.#skew = Date.now() - roster.now;
    this.#stored = stored ?? nothingStored(roster.id, anchor);
    this.#links = deps.hub.session(roster.id, {
      received: (entry) => this.#inTurn(() => this.#received(entry)),
      passed: (peer, text) => this.#passed(peer, text),
      status: (peer, status) => this.#inTurn(() => this.#status(peer, status)),
      acknowledged: (peer, seq) => this.#acknowledged(peer, seq),
      lostStore: (peer) =>
        this.#inTurn(async () => {
          if (!reachable(this.#state).includes(peer)) return; // another customer: gets nothing from here
          await this.#compare.lostStore(peer);
          await this.#chat.give(peer, 'lost');
          await this.#welcome.lost(peer);
        }),
      media: (peer, tracks) => this.#media.arrived(peer, tracks),
      bulk: (peer, channel) => this.#media.files.channel(peer, channel),
    });
    this.last = new LastWords(this.#host, () => this.#finish());
    this.#wanted = new WantedLinks(this.#links, this.#statuses, deps.store.key, this.last.removed, (peer) => {
      this.#deliveries.gone(peer);
      this.#statuses.delete(peer);
    });
    this.#chat = new SessionChat(this.#host);
    this.#compare = new SessionCompare(this.#host, {
      links: this.#statuses,
      owes: (peer) => this.#deliveries.owes(peer),
      trustChanged: () => this.#wanted.follow(this.#state),
    });
    this.#media = new SessionMedia(this.#host, this.#statuses, deps);
    this.#control = new SessionControl(this.#host, this.#statuses, this.last.removed);
    this.#judge = new Judge(this.#host, this.#statuses, this.#control);
    this.#welcome = new Welcome(this.#host, this.#statuses);
    this.#keeping = new Keeping(this.#host, this.#statuses, this.#control, deps.control);
    this.notes = new SessionNotes(this.#host);
  }

  get #host(): SessionHost {
    const client = this;
    return {
      get state() {
        return client.#state;
      },
      get me() {
        return client.#me;
      },
      get skew() {
        return client.#skew;
      },
      links: this.#links,
      signer: this.#deps.signer,
      stored: this.#stored,
      inTurn: (work) => this.#inTurn(work),
      post: (message, to) => this.#post(message, to),
      save: () => this.#save(),
      mustBeHere: () => this.#mustBeHere(),
      mustBeAllowed: (act) => this.#mustBeAllowed(act),
      changed: () => this.#changed(),
    };
  }

  /** Reads what was kept and comes back to where this session was; only then anything new is heard. */
  static async open(roster: Roster, stored: StoredSession | undefined, deps: SessionDeps): Promise<SessionClient> {
    const client = new SessionClient(roster, stored, deps);
    await client.#inTurn(() => client.#replay(stored !== undefined));
    await client.roster(roster);
    return client;
  }

  get id(): string {
    return this.#state.roster.id;
  }
  get epoch(): number {
    return this.#state.epoch;
  }
  get ended(): Ended | undefined {
    return this.#state.ended;
  }
  get rosterNow(): Roster {
    return this.#state.roster;
  }
  get myRole() {
    return roleOf(this.#state, this.#me);
  }
  get dismissed() {
    return this.#stored.dismissed;
  }
  isLeftBehindBy(roster: Roster): boolean {
    return isLeftBehind(this.#state, roster);
  }
  get #me(): string {
    return this.#state.roster.you;
  }

  view(): SessionView {
    return showSession(this.#state, {
      links: this.#statuses,
      removed: this.last.removed,
      undelivered: this.#deliveries.lines(),
      seen: this.#stored.seen,
      draft: this.#stored.draft,
      invitePrompt: this.invitePrompt,
      waitingForRelay: this.waitingForRelay,
      reported: this.reported,
      listed: this.#deps.listed(),
      skew: this.#skew,
    });
  }

  /** The relay's newest roster. */
  roster(roster: Roster): Promise<void> {
    return this.#inTurn(() => {
      this.#skew = Date.now() - roster.now;
      this.#state = applyRoster(this.#state, roster, Date.now());
      return this.#state.ended ? this.#finish() : this.#follow();
    });
  }

  async #follow(): Promise<void> {
    await this.#control.take(this.#state.roster.controls);
    if (saidNo(this.#state.activities.takeover, this.#state)) return this.#deps.leave();
    await this.#wanted.follow(this.#state);
    for (const note of missingNotes(this.#state, this.last.stays)) await this.#post(note, []);
    await this.#greet();
    for (const held of this.#judge.takeHeld()) await this.#received(held);
    await this.#save();
    this.#changed();
  }
  get control(): SessionControl {
    return this.#control;
  }
  get chat(): SessionChat {
    return this.#chat;
  }
  /** What is seen and heard here: for views in this very page. */
  get media(): SessionMedia {
    return this.#media;
  }

  /** Does what a view asks of an activity. Throws a HulplijnError when it may not be. */
  obey(command: ActivityCommand): Promise<void> {
    if (command.type === 'screen.stop') this.#media.screen.stop(); // before anything that could be slow
    return this.#inTurn(async () => {
      this.#mustBeHere();
      for (const said of obeyActivity(this.#state.activities, this.#state, command, randomId)) {
        if (!permits(this.#state, this.#me, said.message)) throw new HulplijnError('forbidden');
        await this.#post(said.message, said.to === 'all' ? reachable(this.#state) : said.to);
      }
    });
  }

  /** The primary helps that customer from now on: what is shared ends by that (PA2, PA3). */
  help(who: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#mustBeAllowed('select');
      if (roleOf(this.#state, who) !== 'customer') throw new HulplijnError('not-found');
      if (helpedIn(this.#state) !== who)
        await this.#post({ v: 1, type: 'helping', epoch: this.epoch, who }, reachable(this.#state));
    });
  }

  /** The relay says that this page is not in the session any more; of a stay since `version` it says nothing. */
  out(why: Ended['why'], version = Number.POSITIVE_INFINITY): Promise<void> {
    return this.#inTurn(async () => {
      if (version < this.#state.roster.version) return;
      this.#state = { ...this.#state, ended: this.#state.ended ?? { why, at: Date.now() } };
      await this.#finish();
    });
  }

  async dismiss(): Promise<void> {
    this.#stored.dismissed = true;
    await this.#save();
  }

  /** Closes the links without a word: the page goes. With `forget`, everything kept of it is deleted. */
  async close(options: { forget?: boolean } = {}): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#media.stop();
    await this.#links.close(options);
    if (options.forget) await this.#deps.store.forgetSession(this.id);
  }

  // --- what arrives -------------------------------------------------------------------------------------------------

  async #replay(knewIt: boolean): Promise<void> {
    const { entries, unacknowledged } = await this.#links.journal();
    const me = participant(this.#state, this.#me);
    const wasHere = knewIt || (me !== undefined && this.#state.roster.now - me.joinedAt > LAST_WORDS_MS);
    this.#state = { ...this.#state, lost: entries.length === 0 && wasHere };
    const { counted, open } = this.#judge.sort(entries);
    for (const { seq, from, message, at } of counted) {
      this.#state = reduce(this.#state, from, message, at);
      if (from === this.#me) this.#deliveries.sent(seq, message, []);
      if (message.type === 'removed') this.last.mark(message);
    }
    for (const { peer, seq } of unacknowledged) this.#deliveries.awaited(seq, peer);
    for (const entry of open) await this.#received(entry);
  }

  async #received(entry: JournalEntry): Promise<void> {
    const heard = await this.#judge.judge(entry);
    if (!heard) return;
    const { from, message, at } = heard;
    const before = this.#state;
    this.#state = reduce(this.#state, from, message, at);
    if (this.#state.ended) return this.#finish();
    await passOn(this.#state, this.#links, heard);
    if (message.type === 'control') await this.#control.heard(message.controls);
    if (saidNo(this.#state.activities.takeover, this.#state)) this.#deps.leave();
    await this.#wanted.heard(this.#state);
    if (message.type === 'introduction' || message.type === 'control') {
      await this.#greet();
      await this.#wanted.follow(this.#state);
      for (const held of this.#judge.takeHeld()) await this.#received(held);
    }
    if (message.type === 'removed') this.last.heard(message);
    if (message.type === 'left') this.#links.drop(from);
    if (this.#state !== before) this.#changed();
    await this.#save();
  }

  /** What this page tells others by itself: as primary, or as a customer whose page keeps the session. */
  async #greet(): Promise<void> {
    await this.#welcome.follow();
    await this.#keeping.follow();
  }

  #passed(peer: string, text: string): void {
    const message = parsePassed(text);
    if (message && !this.#state.ended && permitsPassed(this.#state, peer, message)) this.#media.passed(peer, message);
  }

  async #status(peer: string, status: LinkStatus): Promise<void> {
    if (!participant(this.#state, peer)) return;
    this.#statuses.set(peer, status);
    await this.#control.linked(peer, status);
    if (status.state === 'live') {
      await this.#greet();
      await this.#chat.offerEarlier(peer, status);
    } else if (peer === this.#state.primary && !this.#state.ended) await this.#follow(); // now they may be lost (EN3)
    this.#changed();
  }

  #acknowledged(peer: string, seq: number): void {
    if (this.#deliveries.stored(seq, peer)) this.#changed();
  }

  async #post(message: Message, to: readonly string[]): Promise<void> {
    const entry = await this.#links.post(await speak(this.#host, message), to);
    this.#deliveries.sent(entry.seq, message, to);
    this.#state = reduce(this.#state, this.#me, message, entry.at);
    await this.#wanted.heard(this.#state);
    this.#changed();
  }

  async #save(): Promise<void> {
    if (this.#closed) return;
    await this.#deps.store.putSession({
      ...this.#stored,
      roster: this.#state.roster,
      touchedAt: this.#state.ended?.at ?? Date.now(),
    });
  }

  async #finish(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#save();
    this.#changed();
    setTimeout(() => void this.#links.close(), LAST_WORDS_MS);
  }

  #mustBeHere(): Participant {
    const me = participant(this.#state, this.#me);
    if (!me || this.#state.ended) throw new HulplijnError('session-ended');
    return me;
  }

  #mustBeAllowed(act: Act): void {
    if (!may(this.#mustBeHere().role, act)) throw new HulplijnError('forbidden');
  }

  /** One thing at a time: nothing overtakes an unfinished write. A failure is its caller's, not the next one's. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    return this.#turns.run(() => (this.#closed ? undefined : work()));
  }

  /** What time changes by itself (a held line shows, a question lapses) happens when it is due. */
  #armTimer(): void {
    clearTimeout(this.#timer);
    const due = nextDueActivity(this.#state.activities);
    if (due === undefined || this.#closed) return;
    const wait = Math.max(0, due - Date.now());
    this.#timer = setTimeout(() => {
      this.#state = settle(this.#state, Date.now());
      this.#changed();
    }, wait);
  }

  #changed(): void {
    this.#armTimer();
    this.#compare.follow();
    this.#media.follow();
    if (!this.#closed) this.#deps.changed();
  }
}
