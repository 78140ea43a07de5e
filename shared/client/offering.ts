import { HulplijnError } from '../protocol/errors.ts';
import type { Offer, RelayEvent, Roster, Transferees } from '../protocol/relay-api.ts';
import type { Ended } from '../session/session.ts';
import type { Command } from '../session/view.ts';
import type { RelayClient } from './relay-client.ts';
import type { SessionClient } from './session-client.ts';

type Offers = Extract<RelayEvent, { event: 'offers' }>['data'];
type OfferCommand = Extract<
  Command,
  { type: 'transfer session' | 'transferees' | 'available' | 'accept offer' | 'decline offer' | 'take back' }
>;

interface OfferingParts {
  session(id: string): SessionClient | undefined;
  /** The relay has let this agent in: its session opens, and is the one selected. */
  joined(roster: Roster): Promise<{ session: string }>;
  changed(): void;
}

/** Sessions that are offered to an agent and by them, and whether offers reach them (TS): the relay's word, in this page. */
export class Offering {
  readonly #relay: RelayClient;
  readonly #signingKey: string;
  readonly #parts: OfferingParts;
  #heard: Offers = { listed: false, on: false, offers: [], now: 0 };
  /** The notes of these have been put into their sessions. */
  readonly #noted = new Set<string>();

  constructor(relay: RelayClient, signingKey: string, parts: OfferingParts) {
    this.#relay = relay;
    this.#signingKey = signingKey;
    this.#parts = parts;
  }

  /** `undefined`: not listed in a queue. */
  get availability(): { on: boolean; missed: boolean } | undefined {
    const { listed, on, missed = false } = this.#heard;
    return listed ? { on, missed } : undefined;
  }

  /** Oldest first, in this machine's time. */
  get offers(): Offer[] {
    return this.#heard.offers;
  }

  heard({ offers, now, ...rest }: Offers): Promise<void> {
    const skew = Date.now() - now;
    const local = (one: Offer): Offer => ({ ...one, at: one.at + skew, lapsesAt: one.lapsesAt + skew });
    this.#heard = { ...rest, now, offers: offers.map(local) };
    this.#parts.changed();
    return this.takeNotes();
  }

  async obey(command: OfferCommand): Promise<unknown> {
    switch (command.type) {
      case 'transfer session':
        return this.#offer(command);
      case 'transferees':
        return inLocalTime(await this.#relay.transferees(command.mode));
      case 'available':
        return this.#relay.available(command.on);
      case 'decline offer':
        return this.#relay.declineOffer(command.offer);
      case 'accept offer':
        return this.#parts.joined(await this.#relay.accept(command.offer, this.#signingKey));
      case 'take back':
        return this.#parts.joined(await this.#relay.takeBack(command.offer, this.#signingKey));
      default:
        return command satisfies never;
    }
  }

  /** The relay decides; then the links are told, and this page's part is over (TS4). */
  async #offer({ session: id, to, message, notes }: Extract<OfferCommand, { type: 'transfer session' }>) {
    const session = this.#parts.session(id);
    if (!session) throw new HulplijnError('not-found');
    const control = await session.control.offer();
    const more = { ...(message && { message }), ...(notes && { notes }) };
    await this.#relay.offer(id, { control, to, ...more });
    await session.last.giveUp(control);
  }

  /** The session's notes came with the offer: they are in the session once this agent is in charge of it, whichever came first. */
  async takeNotes(): Promise<void> {
    for (const { id, session: about, notes, state } of this.#heard.offers) {
      const session = this.#parts.session(about);
      if (!notes || state.is !== 'taken' || !state.me || !session || session.ended || this.#noted.has(id)) continue;
      if (await session.notes.add(notes)) this.#noted.add(id);
    }
  }
}

/** Who had accepted, and could not be put in charge in time, has not left by themselves (TS5). */
export function outOf({ offer, you }: Roster, why: Ended['why']): Ended['why'] {
  return why === 'left' && offer?.acceptor === you ? 'not connected' : why;
}

function inLocalTime({ queues, now, ...rest }: Transferees): Transferees {
  const skew = Date.now() - now;
  const local = (since: number | undefined) => (since === undefined ? {} : { longest: since + skew });
  return { ...rest, now: now + skew, queues: queues.map((one) => ({ ...one, ...local(one.longest) })) };
}
