import type { LinkStatus } from './link.ts';

/** A link's status as it is told: the whole of it, only when something changed, with the time its state began. */
export class Standing {
  #now: LinkStatus = { state: 'connecting', since: Date.now(), assurance: 'pending', them: undefined };
  readonly #tell: (status: LinkStatus) => void;

  constructor(tell: (status: LinkStatus) => void) {
    this.#tell = tell;
  }

  say(change: Partial<Omit<LinkStatus, 'since'>>): void {
    const before = this.#now;
    const since = change.state !== undefined && change.state !== before.state ? Date.now() : before.since;
    this.#now = { ...before, ...change, since };
    const changed = (['state', 'assurance', 'them'] as const).some((key) => this.#now[key] !== before[key]);
    if (changed) this.#tell({ ...this.#now });
  }
}
