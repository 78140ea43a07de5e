import { ParticipantId } from '../../shared/protocol/ids.ts';
import type { Limits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Clock } from '../clock.ts';
import { hashed, newToken } from '../secrets.ts';
import { Records } from '../store/records.ts';
import type { Store } from '../store/store.ts';

const TicketRecord = z.object({ id: ParticipantId, token: z.string(), until: z.int() });
/** Who asked for it, and the key of the token that was shown for it (`Caller.token`). */
export type TicketOf = Pick<z.infer<typeof TicketRecord>, 'id' | 'token'>;

/** SE2: a ticket opens one signalling socket, as one id, within its short life. */
export class Tickets {
  readonly #records: Records<typeof TicketRecord>;
  readonly #clock: Clock;
  readonly #limits: Pick<Limits, 'ticketLife'>;

  constructor(store: Store, clock: Clock, limits: Pick<Limits, 'ticketLife'>) {
    this.#records = new Records(store, 'ticket', TicketRecord, ({ until }) => ({ expiresAt: until }));
    this.#clock = clock;
    this.#limits = limits;
  }

  async issue({ id, token }: TicketOf): Promise<string> {
    const ticket = newToken();
    const until = this.#clock.now() + this.#limits.ticketLife * 1000;
    await this.#records.create(hashed(ticket), { id, token, until });
    return ticket;
  }

  /** Whose it is, once. */
  async use(ticket: string): Promise<TicketOf | undefined> {
    return this.#records.take(hashed(ticket));
  }
}
