import { ParticipantId } from '../shared/protocol/ids.ts';
import { z } from '../shared/protocol/schema.ts';
import type { Clock } from './clock.ts';
import { Records } from './store/records.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';

const Switch = z.object({
  on: z.boolean(),
  since: z.int(),
  missed: z.optional(z.boolean()), // switched off because they let an offer lapse, not by themselves
});
/** What counts here of an agent's browsers (agents.ts) and of a page that is connected (session-book.ts). */
const Browser = z.object({ id: ParticipantId });
const Connected = z.object({});

/** TS6: available is an agent whose switch is on, and of whom a dashboard is connected. */
export class Availability {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #switches: Records<typeof Switch>; // by agent
  readonly #browsers: Records<typeof Browser>;
  readonly #connected: Records<typeof Connected>;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#switches = new Records(store, 'availability', Switch);
    this.#browsers = new Records(store, 'device', Browser);
    this.#connected = new Records(store, 'presence', Connected);
  }

  /** Whether it is on, or off because they let an offer lapse. */
  async switchOf(agent: string): Promise<{ on: boolean; missed: boolean }> {
    const { on = false, missed = false } = (await this.#switches.get(agent)) ?? {};
    return { on, missed };
  }

  set(agent: string, on: boolean): Promise<void> {
    return this.#turn(agent, { on, since: this.#clock.now() });
  }

  async #turn(agent: string, turned: z.infer<typeof Switch>): Promise<void> {
    const { on } = turned;
    const isKnown = await this.#switches.change(agent, (found) => (found.on === on ? found : turned));
    if (!isKnown && !(await this.#switches.create(agent, turned))) return this.#turn(agent, turned);
    await this.#store.publish(topics.agent(agent), '');
  }

  /** An offer made to them at `since` lapsed: away, unless they became available only after it was made. */
  async missed(agent: string, since: number): Promise<void> {
    const found = await this.#switches.get(agent);
    if (found?.on && found.since <= since && (await this.isAvailable(agent)))
      await this.#turn(agent, { on: false, since: this.#clock.now(), missed: true });
  }

  async isAvailable(agent: string): Promise<boolean> {
    if (!(await this.switchOf(agent)).on) return false;
    for (const { value } of await this.#browsers.list(`${agent}:`)) {
      if (await this.#connected.get(value.id)) return true;
    }
    return false;
  }

  /** Those of them who are available. */
  async among(agents: readonly string[]): Promise<string[]> {
    const are = await Promise.all(agents.map((agent) => this.isAvailable(agent)));
    return agents.filter((_, index) => are[index]);
  }
}
