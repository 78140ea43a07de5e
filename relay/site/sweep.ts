import { forgetPlace, keptPlaces } from '../../shared/client/connections.ts';
import { seatLock } from './one-page.ts';
import { Seats } from './seat.ts';

/**
 * Deletes what pages left that never joined, or closed before they could delete it: places that are nobody's seat and
 * that no open page holds.
 */
export async function sweep(): Promise<void> {
  const seats = new Set(await new Seats().ids());
  for (const id of await keptPlaces()) {
    if (seats.has(id)) continue;
    await navigator.locks.request(seatLock(id), { ifAvailable: true }, (lock) => lock && forgetPlace(id));
  }
}
