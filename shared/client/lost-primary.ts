import type { LinkStatus } from '../link/link.ts';
import { lostAt } from '../session/session.ts';
import type { SessionHost } from './session-host.ts';

/**
 * Tells that the primary is lost as this page sees it (EN3): away for so long by the relay, and not linked with it, since a
 * live link needs no relay (RE2).
 */
export class LostPrimary {
  readonly #host: SessionHost;
  readonly #links: ReadonlyMap<string, LinkStatus>;
  readonly #onLost: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SessionHost, links: ReadonlyMap<string, LinkStatus>, onLost: () => void) {
    this.#host = host;
    this.#links = links;
    this.#onLost = onLost;
  }

  /** The state or a link is another, or that time has come: `onLost` may be called again and again. */
  follow(): void {
    clearTimeout(this.#timer);
    const { state, skew } = this.#host;
    const lost = lostAt(state);
    if (lost === undefined || state.ended || this.#links.get(state.primary ?? '')?.state === 'live') return;
    const wait = lost + skew - Date.now();
    if (wait > 0) this.#timer = setTimeout(() => this.follow(), wait);
    else this.#onLost();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
