import { ParticipantId } from '../../shared/protocol/ids.ts';
import { RelayEvent, type Roster } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { Caller } from './relay-http.ts';

type EventOf<E extends RelayEvent['event']> = Extract<RelayEvent, { event: E }>;

/** A page's event stream: what came so far, and the next that is what one waits for. */
export interface Events {
  readonly all: RelayEvent[];
  /** Resolves to the first event that has come or comes, and was not taken before, for which `which` says yes. */
  next<E extends RelayEvent['event']>(event: E, which?: (event: EventOf<E>) => boolean): Promise<EventOf<E>>;
  roster(which: (roster: Roster) => boolean): Promise<Roster>;
  /** Resolves when the relay has closed the stream. */
  closed: Promise<void>;
  /** As a page that crashes: no "gone". */
  drop(): Promise<void>;
}

export function newPage(): string {
  return z.parse(ParticipantId, crypto.randomUUID().replaceAll('-', ''));
}

export async function openEvents(caller: Caller, page = newPage()): Promise<Events> {
  const answer = await caller.raw('GET', '/api/events', undefined, { 'Hulplijn-Page': page });
  if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`);
  const reader = answer.body.getReader();
  const all: RelayEvent[] = [];
  const taken = new Set<RelayEvent>();
  let wake: () => void = () => {};
  let over = false;

  const closed = (async () => {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text += decoder.decode(value, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          if (block.startsWith(':')) continue;
          const event = /^event: (.*)$/m.exec(block)?.[1];
          const data: unknown = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null');
          all.push(z.parse(RelayEvent, { event, data }));
          wake();
        }
      }
    } catch {
      // the relay is gone: as closed as can be
    }
    over = true;
    wake();
  })();

  async function find(which: (event: RelayEvent) => boolean): Promise<RelayEvent> {
    for (;;) {
      const found = all.find((event) => !taken.has(event) && which(event));
      if (found) {
        taken.add(found);
        return found;
      }
      if (over) throw new Error(`the stream ended; it said ${JSON.stringify(all.map(({ event }) => event))}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  const events: Events = {
    all,
    async next(event, which = () => true) {
      const is = (one: RelayEvent): one is EventOf<typeof event> => one.event === event;
      const found = await find((one) => is(one) && which(one));
      if (!is(found)) throw new Error('unreachable');
      return found;
    },
    roster: async (which) => (await events.next('roster', ({ data }) => which(data))).data,
    closed,
    drop: () => reader.cancel(),
  };
  return events;
}
