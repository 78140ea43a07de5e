import { askerOf } from '../activities/takeover.ts';
import type { LinkStatus } from '../link/link.ts';
import { type Control, controlBytes } from '../protocol/control.ts';
import { HulplijnError } from '../protocol/errors.ts';
import { inChargeBefore, keepersFor, participant, reachable, roleOf } from '../session/session.ts';
import { type Bearer, checkControls, type KnownKeys } from './check-controls.ts';
import { isRemoved, type Removal } from './last-words.ts';
import { PartingNote } from './parting-note.ts';
import type { SessionHost } from './session-host.ts';

/** Who is in charge of a session, in one page: signed here, checked here, passed on by who comes into charge (TC6). */
export class SessionControl {
  readonly #host: SessionHost;
  readonly #links: ReadonlyMap<string, LinkStatus>;
  readonly #removed: ReadonlyMap<string, Removal>;
  readonly #note: PartingNote;

  /** `removed`: whom the primary removed, of which the relay may not have heard yet. */
  constructor(host: SessionHost, links: ReadonlyMap<string, LinkStatus>, removed: ReadonlyMap<string, Removal>) {
    this.#host = host;
    this.#links = links;
    this.#removed = removed;
    this.#note = new PartingNote(host);
  }

  /** The primary's: puts an assistant in charge, whom `note` is for. Refused as `forbidden`, `not-found`, `not-here`. */
  async sign(to: string, note?: string): Promise<Control> {
    this.#host.mustBeAllowed('transfer');
    const control = await this.#signed(to, 'handed over');
    await this.#note.keep(control, note);
    return control;
  }

  /** The record that gives the session into a customer's keeping (TS5). Refused as `forbidden`, `not-here`. */
  async offer(): Promise<Control> {
    this.#host.mustBeAllowed('transfer');
    const to = keepersFor(this.#host.state).find((who) => this.#links.get(who)?.them && this.#isIn(who));
    if (to === undefined) throw new HulplijnError('not-here');
    return this.#signed(to, 'offered');
  }

  /** The keeper's: who has accepted it is in charge (TS5). Refused as `not-found`, `not-here`. */
  accept(to: string): Promise<Control> {
    return this.#signed(to, 'accepted');
  }

  /** A customer's Yes to that question (EN3). Refused as `not-found` when it is not asked any more. */
  agree(id: string): Promise<Control> {
    const { state, me } = this.#host;
    const to = askerOf(state.activities.takeover, id, me);
    // A relay that says the primary is away is not believed by who talks with the primary.
    if (to === undefined || this.#links.get(state.primary ?? '')?.state === 'live')
      throw new HulplijnError('not-found');
    return this.#signed(to, 'primary lost');
  }

  async #signed(to: string, why: Control['why']): Promise<Control> {
    const { state, me, signer } = this.#host;
    const may = roleOf(state, to) === (why === 'offered' ? 'customer' : 'assistant');
    if (!may || !this.#isIn(to)) throw new HulplijnError('not-found');
    const key = this.#links.get(to)?.them?.signingKey;
    if (participant(state, to)?.state !== 'present' || key === undefined) throw new HulplijnError('not-here');
    const control = { epoch: state.epoch + 1, why, by: me, to, key };
    return { ...control, signature: await signer.sign(controlBytes(state.roster.id, control)) };
  }

  #isIn(who: string): boolean {
    const { state } = this.#host;
    const one = participant(state, who);
    return one !== undefined && !isRemoved(state, this.#removed, one);
  }

  /**
   * What holds of the relay's records is in force. Those whom it is about tell the others: the relay may be gone, and who
   * is still linked with a primary that was lost follows nobody until that one gives in (EN3).
   */
  async take(controls: readonly Control[]): Promise<void> {
    const { state, me } = this.#host;
    const instead = await this.#instead(controls);
    const last = (instead ?? (await checkControls(state, this.#known, controls))).at(-1);
    if (last) {
      const heard = controls.filter(({ epoch }) => epoch <= last.epoch);
      const concerns = [last.to, last.by, state.primary].includes(me);
      const to = concerns ? reachable(state) : [];
      const from = instead?.[0]?.epoch;
      await this.#host.post(
        { v: 1, type: 'control', controls: heard, ...(from !== undefined && { instead: from }) },
        to,
      );
    }
    await this.#note.follow();
  }

  /**
   * Who was in charge may have signed two records of one epoch, and a link have brought the one that the relay did not
   * put in force: it sets one by compare-and-set, so that one counts, with all that follows, if it holds as they do.
   */
  async #instead(controls: readonly Control[]): Promise<Control[] | undefined> {
    const { state } = this.#host;
    const other = controls.find((control) =>
      state.followed.some((one) => one.epoch === control.epoch && !isSame(one, control)),
    );
    const before = other && inChargeBefore(state, other.epoch);
    if (!before) return undefined;
    const chain = await checkControls({ ...state, ...before }, this.#known, controls, { is: 'instead' });
    return chain.at(-1)?.epoch === controls.at(-1)?.epoch ? chain : undefined;
  }

  /** Keeps under which key `peer` is known: after a reload there would be the relay's word for it alone. */
  async linked(peer: string, { them }: LinkStatus): Promise<void> {
    const { keys } = this.#host.stored;
    if (!them || keys[peer] === them.signingKey) return;
    keys[peer] = them.signingKey;
    await this.#host.save();
  }

  /** A link brought them, and they are in force: whoever is in charge by them passes them on, before anything else. */
  async heard(controls: Control[]): Promise<void> {
    const { state, me } = this.#host;
    if (controls.at(-1)?.to === me) await this.#host.post({ v: 1, type: 'control', controls }, reachable(state));
  }

  /** Whether what that link brought holds. `unknown`: the relay has still to say so. */
  async holds(peer: string, controls: readonly Control[]): Promise<'yes' | 'no' | 'unknown'> {
    const { state } = this.#host;
    const fresh = controls.filter(({ epoch }) => epoch > state.epoch).length;
    const hold = async (bearer: Bearer) => (await checkControls(state, this.#known, controls, bearer)).length === fresh;
    if (await hold({ is: 'link', peer })) return 'yes';
    const last = controls.at(-1);
    const isSaid = state.roster.controls.some((one) => last && isSame(one, last));
    if (isSaid && (await hold({ is: 'both', peer }))) return 'yes';
    return (await hold({ is: 'either' })) ? 'unknown' : 'no';
  }

  get #known(): KnownKeys {
    return { links: this.#links, kept: this.#host.stored.keys, signer: this.#host.signer };
  }
}

/** The same in all but the signature, which is another each time. */
const isSame = (one: Control, other: Control): boolean =>
  (['epoch', 'why', 'by', 'to', 'key'] as const).every((what) => one[what] === other[what]);
