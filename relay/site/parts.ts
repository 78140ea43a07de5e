import type { RelayClient } from '../../shared/client/relay-client.ts';
import type { Desk, Ice, Roster } from '../../shared/protocol/relay-api.ts';
import type { Route } from './route.ts';
import type { Seats } from './seat.ts';
import type { Conversation } from './visit.ts';

/** What a page needs to talk as `id`; `relay` carries the seat's token. */
export interface Place {
  relay: RelayClient;
  id: string;
  token: string;
  page: string;
}

export interface Entering {
  name: string;
  desk: Pick<Desk, 'name' | 'url'>;
  /** What the answer to **Join** brought, or nothing when coming back. */
  roster: Roster | undefined;
  /** What that answer said of ICE servers; nothing: they are asked for. */
  ice: Ice | undefined;
  /** The relay gave this seat to another page. */
  onElsewhere(): void;
}

/** Everything ready to enter a session at once; nobody has been dialled. */
export interface Prepared {
  /** What this page signs with, as others write it down (protocol/ids.ts SigningKey). */
  signingKey: string;
  /**
   * **Join** is pressed: from now on others may dial. The invitation's key, if there is one, is kept as one that cannot
   * be read out (JO3).
   */
  pressed(invited: { id: string; key: string } | undefined): Promise<void>;
  enter(entering: Entering): Promise<Conversation>;
  /** Not to be used any more; with `forget`, what it keeps in this browser is deleted. May be called twice. */
  close(options?: { forget?: boolean }): Promise<void>;
}

export interface Parts {
  relay: RelayClient; // without a token
  seats: Seats;
  route: Route;
  secure: boolean;
  href: string; // the address as it was opened
  prepare(place: Place): Promise<Prepared>;
  /** The key leaves the address (JO3). */
  cleanAddress(): void;
}
