import { tellActivities } from '../activities/index.ts';
import type { LinkStatus } from '../link/link.ts';
import type { Control } from '../protocol/control.ts';
import { type Message, parseMessage } from '../session/message.ts';
import { participant, roleOf } from '../session/session.ts';
import { fileLog } from './file-log.ts';
import type { SessionControl } from './session-control.ts';
import type { SessionHost } from './session-host.ts';
import { transcriptFor } from './transcript.ts';

const RETRY_MS = 2_000;
/** A line may have reached who offered the session so shortly before, and been passed on to nobody. */
const UNDER_WAY_MS = 60_000;

/**
 * What a customer's page does while the session is offered, and then (TS5): the keeper signs the first acceptor whom the
 * relay names, as soon as they are linked; and to who has accepted each customer hands over what their page kept.
 */
export class Keeping {
  readonly #host: SessionHost;
  readonly #links: ReadonlyMap<string, LinkStatus>;
  readonly #control: SessionControl;
  readonly #tell: (record: Control) => Promise<void>;
  #telling = false;
  /** The epoch for which this page load has said again what the primary before had not stored. */
  #saidAgain = 0;

  /** `tell`: has the relay put that record in force, and hears its roster. */
  constructor(
    host: SessionHost,
    links: ReadonlyMap<string, LinkStatus>,
    control: SessionControl,
    tell: (record: Control) => Promise<void>,
  ) {
    this.#host = host;
    this.#links = links;
    this.#control = control;
    this.#tell = tell;
  }

  /** In turn. The state or a link is another. */
  async follow(): Promise<void> {
    await this.#handOver();
    await this.#sayAgain();
    const acceptor = this.#acceptor;
    if (acceptor === undefined || this.#telling) return;
    const record = await this.#control.accept(acceptor);
    this.#telling = true;
    void this.#accept(record);
  }

  /** Not in turn: the relay may be long in answering. */
  async #accept(record: Control): Promise<void> {
    const told = await this.#tell(record).then(
      () => true,
      () => false,
    );
    this.#telling = false;
    // It has not heard it, or has named another meanwhile, whom a roster may have told already.
    if (!told) setTimeout(() => void this.#host.inTurn(() => this.follow()), RETRY_MS);
  }

  /** Named by the relay, here, and linked with this page, which keeps the session. */
  get #acceptor(): string | undefined {
    const { state, me } = this.#host;
    const who = state.roster.offer?.acceptor;
    if (state.ended || state.keeper !== me || who === undefined) return undefined;
    const one = participant(state, who);
    const status = this.#links.get(who);
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
    if (handed.by === me)
      said.push(...tellActivities(activities, state, 'agent'), ...transcriptFor(state, handed.to, 'kept'));
    said.push(...(await this.#saidMeanwhile()), ...fileLog(state));
    for (const one of said) await this.#host.post(one, [handed.to]);
  }

  /** To who is in charge now, as whoever was before may be gone without it: other customers hear of it by them. */
  async #sayAgain(): Promise<void> {
    const { state, me } = this.#host;
    const { handed, epoch } = state;
    if (!handed || handed.to !== state.primary || handed.why === 'accepted' || epoch <= this.#saidAgain) return;
    if (roleOf(state, me) !== 'customer' || state.ended) return;
    this.#saidAgain = epoch;
    for (const one of await this.#said()) await this.#host.post(one, [handed.to]);
  }

  /** To all, while nobody was there who passes it on to other customers, or shortly before. */
  #saidMeanwhile(): Promise<Message[]> {
    const offered = this.#host.state.notes.findLast(({ what }) => what === 'offered');
    return this.#said((offered?.at ?? 0) - UNDER_WAY_MS); // or in since then only
  }

  /** To all, since then (ms), or not stored yet by an agent who may have been to pass it on; it is shown once. */
  async #said(since = Number.POSITIVE_INFINITY): Promise<Message[]> {
    const { state, me, links } = this.#host;
    const { entries, unacknowledged } = await links.journal();
    const owed = new Set(unacknowledged.filter(({ peer }) => peer !== state.primary).map(({ seq }) => seq));
    const unheard = new Set(entries.filter(({ seq }) => owed.has(seq)).map(({ text }) => lineIn(text)));
    const mine = state.activities.chat.lines.shown.filter((line) => line.writer === me && line.to === undefined);
    return mine
      .filter(({ id, at }) => at >= since || unheard.has(id))
      .map((line) => ({ v: 1, type: 'chat.line', line }));
  }
}

function lineIn(text: string): string | undefined {
  const message = parseMessage(text);
  return message?.type === 'chat.line' ? message.line.id : undefined;
}
