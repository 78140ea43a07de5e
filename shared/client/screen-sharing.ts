import { type ReadonlySignal, signal } from '@preact/signals';
import { isOn } from '../activities/consent.ts';
import type { OffWhy } from '../activities/off-why.ts';
import { changeOf, type Motion, type Point, type Share, startOf } from '../activities/screen.ts';
import type { SendOptions } from '../link/link.ts';
import { HulplijnError } from '../protocol/errors.ts';
import type { Answer } from '../session/answer.ts';
import { linkedAmong } from '../session/linked.ts';
import { type Message, writeMessage } from '../session/message.ts';
import { permits, reachable } from '../session/session.ts';
import { answerTo } from './answer.ts';
import { type Captured, captureScreen } from './capture.ts';
import { Outgoing } from './outgoing.ts';
import { randomId } from './random-id.ts';
import type { SessionHost } from './session-host.ts';

/** A place on a picture, in fractions of its width and height, and who points there. */
export interface Pointer {
  by: string;
  at: { x: number; y: number };
}

const SHARP: SendOptions = { degradationPreference: 'maintain-resolution' };
const SMOOTH: SendOptions = { degradationPreference: 'maintain-framerate' };

/** What this page shows of its own screen in a session: captured here, sent to those who may see it, stopped at once. */
export class ScreenSharing {
  readonly #host: SessionHost;
  readonly #track = signal<MediaStreamTrack | undefined>(undefined);
  readonly #pointer = signal<Pointer | undefined>(undefined);
  /** The share that the track belongs to; none while it is being announced. */
  #share: string | undefined;
  readonly #outgoing: Outgoing;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#outgoing = new Outgoing(host.links, 'screen');
  }

  /** One's own, to look at. */
  get track(): ReadonlySignal<MediaStreamTrack | undefined> {
    return this.#track;
  }

  /** Only in a press: opens the browser's picker. Refused as `nothing-chosen`, `cannot-capture`, `forbidden`. */
  share(): Promise<Answer> {
    const asked = this.#asked; // another question, of another agent even, may come while the picker is open
    return this.#begin(({ surface }) => {
      if (this.#asked !== asked) throw new HulplijnError('forbidden');
      return startOf(this.#host.state, randomId(), surface, asked);
    });
  }

  /** The same share goes on with something else chosen. Only in a press. */
  change(): Promise<Answer> {
    return this.#begin(({ surface }) => {
      const mine = this.#mine;
      if (!mine) throw new HulplijnError('not-found');
      return changeOf(mine, { surface });
    });
  }

  #begin(say: (captured: Captured) => ReturnType<typeof startOf>): Promise<Answer> {
    return answerTo(async () => {
      const captured = await captureScreen();
      await this.#announce(captured, () => say(captured));
    });
  }

  async #announce({ track }: Captured, say: () => ReturnType<typeof startOf>): Promise<void> {
    try {
      await this.#host.inTurn(async () => {
        this.#host.mustBeHere();
        const message = say();
        if (message.type !== 'screen.on' || !permits(this.#host.state, this.#host.me, message)) {
          throw new HulplijnError('forbidden');
        }
        this.#track.peek()?.stop();
        this.#track.value = track;
        this.#share = undefined; // or this track would be taken for that of the share before
        track.addEventListener('ended', () => this.#ended(track)); // the browser's own "Stop sharing"
        await this.#host.post(message, reachable(this.#host.state));
        this.#share = message.id;
        this.follow();
        if (track.readyState === 'ended') this.#ended(track);
      });
    } catch (error) {
      track.stop();
      throw error;
    }
  }

  /** Who points where on one's own screen, while it is shown. */
  get pointer(): ReadonlySignal<Pointer | undefined> {
    return this.#pointer;
  }

  /** Shows whoever shares `share` where one points, or that one points no more. */
  point(share: string, at: Pointer['at'] | undefined): void {
    const by = this.#host.state.activities.screen.shares.find(({ id }) => id === share)?.by;
    if (by) this.#host.links.pass(by, writeMessage({ v: 1, type: 'screen.point', share, at: at ?? null }));
  }

  /** Asks whoever shows `share` for smooth motion, or for sharp text again. */
  wish(share: string, motion: boolean): void {
    const by = this.#host.state.activities.screen.shares.find(({ id }) => id === share)?.by;
    if (by) this.#host.links.pass(by, writeMessage({ v: 1, type: 'screen.motion', share, on: motion }));
  }

  wished({ share, on }: Motion): void {
    const mine = this.#mine;
    if (mine?.id === share && mine.motion !== on) this.#say(changeOf(mine, { motion: on }));
  }

  pointed(by: string, { share, at }: Point): void {
    if (share !== this.#share) return;
    this.#pointer.value = at ? { by, at } : undefined;
  }

  /** At once, whatever else this page, its store or the relay are doing (SH2). The session hears of it next. */
  stop(): void {
    this.#track.peek()?.stop();
    this.#track.value = undefined;
    this.#share = undefined;
    this.#pointer.value = undefined;
    this.#outgoing.to([], undefined);
  }

  /** The share that is on, if one is, is over, and the session hears why. */
  end(why: OffWhy): void {
    if (!this.#track.peek()) return;
    const mine = this.#mine;
    this.stop();
    if (mine) this.#sayOff(mine.id, why);
  }

  /** The state is another: sends to whom it says, or stops. */
  follow(): void {
    const track = this.#track.peek();
    const mine = this.#mine;
    if (!track || this.#share === undefined) return; // being announced
    const { state } = this.#host;
    if (!mine || mine.id !== this.#share || state.ended) {
      const over = this.#share;
      this.stop();
      // Over by itself here (another customer is helped now): others may have heard of it in another order.
      if (over && !mine && !state.ended) this.#sayOff(over);
      return;
    }
    const hint = mine.motion ? 'motion' : 'detail';
    if (track.contentHint !== hint) track.contentHint = hint;
    const seers = mine.seers.filter(({ who, page }) => isOn(state, who, page)).map(({ who }) => who);
    this.#outgoing.to(linkedAmong(state, seers), track, mine.motion ? SMOOTH : SHARP);
  }

  get #asked(): string | undefined {
    const { state, me } = this.#host;
    return state.activities.screen.asks.find(({ of, life }) => of === me && life.is === 'asked')?.id;
  }

  get #mine(): Share | undefined {
    const { state, me } = this.#host;
    return state.activities.screen.shares.find(({ by }) => by === me);
  }

  #ended(track: MediaStreamTrack): void {
    if (this.#track.peek() === track) this.end('stopped');
  }

  #sayOff(id: string, why: OffWhy = 'stopped'): void {
    this.#say({ v: 1, type: 'screen.off', id, why });
  }

  #say(message: Message): void {
    void this.#host.inTurn(() => this.#host.post(message, reachable(this.#host.state)));
  }
}
