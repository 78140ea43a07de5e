import { HulplijnError } from '../../shared/protocol/errors.ts';
import type { RelayEvent, Roster } from '../../shared/protocol/relay-api.ts';

/** How a knock ends; `nothing`: the relay knows of no knock. */
export type Decision = { is: 'admitted'; roster: Roster } | { is: 'refused' | 'elsewhere' | 'nothing' };

/**
 * Listens to a seat's event stream until the knock is decided. `knocked`: this browser did knock, so an empty start only
 * means "not yet"; otherwise it means that there is nothing to wait for. `heard` is called when the relay answers.
 */
export async function untilDecided(
  events: AsyncIterable<RelayEvent>,
  knocked: boolean,
  heard: () => void,
): Promise<Decision> {
  for await (const { event, data } of events) {
    if (event === 'roster' && data.phase !== 'ended') return { is: 'admitted', roster: data };
    // Out: it went with its page, which was away for too long; nothing waits any more.
    if (event === 'refused' || event === 'out') return { is: 'refused' };
    if (event === 'replaced') return { is: 'elsewhere' };
    if (event === 'ready' && !knocked) return { is: 'nothing' };
    if (event === 'ready') heard();
  }
  // An aborted stream just ends.
  throw new HulplijnError('relay-unreachable');
}
