import { tellActivities } from '../activities/index.ts';
import type { LinkStatus } from '../link/link.ts';
import type { Control } from '../protocol/control.ts';
import type { Roster } from '../protocol/relay-api.ts';
import type { Message } from '../session/message.ts';
import { participant, roleOf } from '../session/session.ts';
import { fileLog } from './file-log.ts';
import type { SessionControl } from './session-control.ts';
import type { SessionHost } from './session-host.ts';
import { transcriptFor } from './transcript.ts';

const RETRY_MS = 2_000;

interface KeepingParts {
  links: ReadonlyMap<string, LinkStatus>;
  control: SessionControl;
  /** Has the relay put that record in force; it answers with the roster. */
  tell(control: Control): Promise<Roster>;
  /** The relay's newest roster. */
  roster(roster: Roster): Promise<void>;
}

/**
 * What a customer's page does while the session is offered, and then (TS5): the keeper signs the first acceptor whom the
 * relay names, as soon as they are linked; and to who has accepted each customer hands over what their page kept.
 */
export class Keeping {
  readonly #host: SessionHost;
  readonly #parts: KeepingParts;
  #telling = false;

  constructor(host: SessionHost, parts: KeepingParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** In turn. The state or a link is another. */
  async follow(): Promise<void> {
    await this.#handOver();
    const acceptor = this.#acceptor;
    if (acceptor === undefined || this.#telling) return;
    this.#telling = true;
    const record = await this.#parts.control.accept(acceptor);
    // Whatever comes of it: the roster may have named another meanwhile, or the relay has not heard it.
    void this.#tell(record).catch(() => setTimeout(() => void this.#host.inTurn(() => this.follow()), RETRY_MS));
  }

  async #tell(record: Control): Promise<void> {
    try {
      await this.#parts.roster(await this.#parts.tell(record));
    } finally {
      this.#telling = false;
    }
  }

  /** Named by the relay, here, and linked with this page, which keeps the session. */
  get #acceptor(): string | undefined {
    const { state, me } = this.#host;
    const who = state.roster.offer?.acceptor;
    if (state.ended || state.keeper !== me || who === undefined) return undefined;
    const one = participant(state, who);
    const status = this.#parts.links.get(who);
    const isLinked = status?.state === 'live' && status.them !== undefined;
    return isLinked && one?.role === 'assistant' && one.state === 'present' ? who : undefined;
  }

  /** Once a transfer: what of it was stored before a reload of this page goes out twice, and changes nothing there. */
  async #handOver(): Promise<void> {
    const { state, me } = this.#host;
    const { handed, epoch, activities, roster } = state;
    const kept = handed?.why === 'accepted' && roleOf(state, me) === 'customer' && !state.ended;
    if (!kept || activities.files.handedOver >= epoch) return;
    // The record first: they may not have heard it yet from the relay.
    const controls = roster.controls.filter((one) => one.epoch <= epoch);
    const said: Message[] = controls.length > 0 ? [{ v: 1, type: 'control', controls }] : [];
    if (handed.by === me) said.push(...tellActivities(activities, state), ...transcriptFor(state, handed.to, 'kept'));
    said.push(...saidMeanwhile(state, me), ...fileLog(state));
    for (const one of said) await this.#host.post(one, [handed.to]);
  }
}

/** To all, while nobody was there who passes it on to other customers. */
function saidMeanwhile({ activities, notes }: SessionHost['state'], me: string): Message[] {
  const since = notes.findLast(({ what }) => what === 'offered')?.at;
  if (since === undefined) return [];
  const mine = activities.chat.lines.shown.filter((line) => line.writer === me && line.to === undefined);
  return mine.filter(({ at }) => at >= since).map((line) => ({ v: 1, type: 'chat.line', line }));
}
