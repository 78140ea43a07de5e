import { tellActivities } from '../activities/index.ts';
import type { LinkStatus } from '../link/link.ts';
import type { Participant } from '../protocol/relay-api.ts';
import type { Message } from '../session/message.ts';
import { reachable, roleOf, type SessionState } from '../session/session.ts';
import { introductionsDue } from './introductions.ts';
import type { SessionHost } from './session-host.ts';
import { passedOnAgain } from './transcript.ts';

/** What the primary tells the others by itself: who everybody is (SE1), and whoever comes later, what goes on. */
export class Welcome {
  readonly #host: SessionHost;
  readonly #links: ReadonlyMap<string, LinkStatus>;
  /** By participant: which stay of theirs. Told anew after a reload of this page: it changes nothing. */
  readonly #told = new Map<string, number>();
  /** Who has lost what it was told, until they are linked again. */
  readonly #forgetful = new Set<string>();

  constructor(host: SessionHost, links: ReadonlyMap<string, LinkStatus>) {
    this.#host = host;
    this.#links = links;
  }

  /** In turn. */
  async follow(): Promise<void> {
    const { state, me } = this.#host;
    if (roleOf(state, me) !== 'primary') return;
    for (const due of introductionsDue(state, this.#links, this.#forgetful)) await this.#host.post(due, [due.to]);
    for (const who of this.#forgetful) if (this.#links.get(who)?.them) this.#forgetful.delete(who);
    const newcomers = state.roster.participants.filter((one) => this.#isNew(one));
    for (const kind of ['agent', 'customer'] as const) {
      const to = newcomers.filter(({ role }) => (role === 'customer') === (kind === 'customer')).map(({ id }) => id);
      if (to.length > 0) for (const one of goingOn(state, kind)) await this.#host.post(one, to);
    }
    if (state.handed?.to !== me || state.handed.why === 'accepted') return; // keeping.ts
    for (const { id: to } of newcomers.filter(({ role }) => role === 'customer')) {
      for (const line of passedOnAgain(state, to)) {
        await this.#host.post({ v: 1, type: 'chat.line', line }, [to]);
      }
    }
  }

  /** That side has lost what it was told. In turn. */
  async lost(peer: string): Promise<void> {
    this.#told.delete(peer);
    this.#forgetful.add(peer);
    await this.follow();
  }

  #isNew({ id, joinedAt }: Participant): boolean {
    if (!reachable(this.#host.state).includes(id) || this.#told.get(id) === joinedAt) return false;
    this.#told.set(id, joinedAt);
    return true;
  }
}

function goingOn(state: SessionState, to: 'agent' | 'customer'): Message[] {
  const { helping, epoch, activities } = state;
  const chosen: Message[] = helping ? [{ v: 1, type: 'helping', epoch, who: helping.who }] : [];
  return [...chosen, ...tellActivities(activities, state, to)];
}
