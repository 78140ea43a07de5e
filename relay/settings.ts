import { type InForce, LimitName, type SettingsChange } from '../shared/protocol/administration-api.ts';
import { HulplijnError } from '../shared/protocol/errors.ts';
import { contradictions, LIMIT_RANGES, type Limits, OfferLapsed, OfferMissed } from '../shared/protocol/limits.ts';
import { Language, Mode } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import type { Config } from './config.ts';
import { Records } from './store/records.ts';
import type { Store, Unsubscribe } from './store/store.ts';

/** What an administrator set, over what the environment says; what is not set is as that. */
const SettingsRecord = z.object({
  limits: z.partialRecord(LimitName, z.int()),
  deskName: z.optional(z.string()),
  languages: z.optional(z.array(Language)),
  modes: z.optional(z.array(Mode)),
  offerLapsed: z.optional(OfferLapsed),
  offerMissed: z.optional(OfferMissed),
});
type SettingsRecord = z.infer<typeof SettingsRecord>;

type Adjustable = Pick<Config, 'limits' | 'deskName' | 'languages' | 'modes'>;

const KEY = 'settings';

/**
 * The settings of a running relay. Everybody reads the one configuration, which is refreshed in place when a record in
 * the store changes, on whichever relay.
 */
export class Settings {
  readonly #store: Store;
  readonly #records: Records<typeof SettingsRecord>;
  readonly #config: Adjustable;
  /** By the environment. */
  readonly given: InForce;

  constructor(store: Store, config: Adjustable) {
    this.#store = store;
    this.#records = new Records(store, KEY, SettingsRecord);
    this.#config = config;
    this.given = inForce(config);
  }

  /** As they are now. */
  get now(): InForce {
    return inForce(this.#config);
  }

  /** Reads what was set, and follows it from then on. */
  async begin(): Promise<Unsubscribe> {
    const undo = await this.#store.subscribe(KEY, () => void this.#refresh());
    await this.#refresh();
    return undo;
  }

  /**
   * Sets them, here at once and on every other relay; resolves to how they were and are. Limits that are wrong together
   * are refused as `limits-contradict`.
   */
  async change(change: SettingsChange): Promise<{ before: InForce; after: InForce }> {
    const before = this.now;
    await this.#records.create(KEY, { limits: {} });
    await this.#records.change(KEY, (record) => {
      const next = merged({ ...record, limits: this.#fitting(record.limits) }, change);
      const pairs = this.#wrong(next.limits);
      if (pairs.length > 0) throw new HulplijnError('limits-contradict', { pairs });
      return next;
    });
    await this.#refresh();
    await this.#store.publish(KEY, '');
    return { before, after: this.now };
  }

  async #refresh(): Promise<void> {
    const record = await this.#records.get(KEY);
    const config = this.#config;
    const { limits, deskName, languages, modes, offerLapsed, offerMissed } = this.given;
    Object.assign(config.limits, limits, this.#fitting(record?.limits ?? {}), {
      offerLapsed: record?.offerLapsed ?? offerLapsed,
      offerMissed: record?.offerMissed ?? offerMissed,
    });
    config.deskName = record?.deskName ?? deskName;
    config.languages.splice(0, Infinity, ...(record?.languages ?? languages));
    config.modes.splice(0, Infinity, ...(record?.modes ?? modes));
  }

  #wrong(set: Partial<Limits>) {
    return contradictions({ ...this.given.limits, ...set });
  }

  /**
   * What the environment says, or this program takes, may be another since: what does not go with that any more counts
   * as given.
   */
  #fitting(set: Partial<Limits>): Partial<Limits> {
    const left = { ...set };
    for (const name of LimitName.options) {
      const [least, most] = LIMIT_RANGES[name];
      const value = left[name];
      if (value !== undefined && (value < least || value > most)) delete left[name];
    }
    // Each time fewer are left; as given all go together.
    for (let [pair] = this.#wrong(left); pair; [pair] = this.#wrong(left)) {
      delete left[pair.lower];
      delete left[pair.upper];
    }
    return left;
  }
}

function inForce({ limits, deskName, languages, modes }: Adjustable): InForce {
  const { blockedFileTypes: _types, offerLapsed, offerMissed, ...numbers } = limits;
  return { limits: numbers, deskName, languages: [...languages], modes: [...modes], offerLapsed, offerMissed };
}

/** Null takes what was set away again. */
function merged({ limits, ...record }: SettingsRecord, { limits: wanted, ...change }: SettingsChange): SettingsRecord {
  const numbers: Partial<Limits> = { ...limits };
  for (const name of LimitName.options) {
    const value = wanted?.[name];
    if (value === null) delete numbers[name];
    else if (value !== undefined) numbers[name] = value;
  }
  const { deskName, languages, modes, offerLapsed, offerMissed } = { ...record, ...change };
  return {
    limits: numbers,
    ...(deskName && { deskName }),
    ...(languages && { languages }),
    ...(modes && { modes }),
    ...(offerLapsed && { offerLapsed }),
    ...(offerMissed && { offerMissed }),
  };
}
