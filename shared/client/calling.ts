import { type ReadonlySignal, signal } from '@preact/signals';
import { type Call, inCall, type Member } from '../activities/call.ts';
import { isOn } from '../activities/consent.ts';
import type { SendOptions } from '../link/link.ts';
import { type ErrorCode, HulplijnError } from '../protocol/errors.ts';
import type { Answer } from '../session/answer.ts';
import { linkedAmong } from '../session/linked.ts';
import type { Message } from '../session/message.ts';
import { permits, reachable } from '../session/session.ts';
import { answerTo } from './answer.ts';
import { captureDevice, type Device } from './capture.ts';
import { Outgoing } from './outgoing.ts';
import { randomId } from './random-id.ts';
import type { SessionHost } from './session-host.ts';

const FACES: SendOptions = { degradationPreference: 'maintain-framerate' };

/** One's own voice and picture in a session's call: captured here, sent to whoever is in it. */
export class Calling {
  readonly #host: SessionHost;
  readonly #voices: Outgoing;
  readonly #cameras: Outgoing;
  readonly #voice = signal<MediaStreamTrack | undefined>(undefined);
  readonly #camera = signal<MediaStreamTrack | undefined>(undefined);
  readonly #trouble = signal<ErrorCode | undefined>(undefined);
  /** Being answered or come back to: not twice at once. */
  #joining = false;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#voices = new Outgoing(host.links, 'voice');
    this.#cameras = new Outgoing(host.links, 'camera');
  }

  /** One's own, for the level meter and the self-view. */
  get voice(): ReadonlySignal<MediaStreamTrack | undefined> {
    return this.#voice;
  }
  get camera(): ReadonlySignal<MediaStreamTrack | undefined> {
    return this.#camera;
  }
  /** What became of a device in the middle of a call. */
  get trouble(): ReadonlySignal<ErrorCode | undefined> {
    return this.#trouble;
  }

  /** In a press: rings `of`. Refused as captureDevice says, or `forbidden`. */
  start(of: readonly string[], { video }: { video: boolean }): Promise<Answer> {
    return this.#begin({ video }, async () => {
      const { state } = this.#host;
      const id = randomId();
      const ring: Message = { v: 1, type: 'call.ring', epoch: state.epoch, id, of: [...of] };
      if (!permits(state, this.#host.me, ring)) throw new HulplijnError('forbidden');
      await this.#host.post(ring, reachable(state));
    });
  }

  /** In a press: answers, or joins what runs. Who has no microphone that works is said to all (TC5). */
  join({ video }: { video: boolean }): Promise<Answer> {
    const call = this.#call?.id; // another may ring while the browser asks for the microphone
    return this.#begin({ video }, async () => {
      if (this.#call?.id !== call) throw new HulplijnError('not-found');
    });
  }

  /** In a press, while in the call. */
  turnCameraOn(): Promise<Answer> {
    return answerTo(() => this.#take('camera'));
  }

  /** In a press: another microphone or camera from now on. */
  use(device: Device, id: string): Promise<Answer> {
    return answerTo(() => this.#take(device, id));
  }

  /** At once: nothing is captured or sent any more. */
  stop(): void {
    for (const one of [this.#voice, this.#camera]) {
      one.peek()?.stop();
      one.value = undefined;
    }
    this.#voices.to([], undefined);
    this.#cameras.to([], undefined);
  }

  /** The state is another: sends to whoever is in the call, mutes, comes back after a reload, or stops. */
  follow(): void {
    const call = this.#call;
    const mine = this.#mine;
    if (!call || !mine || this.#host.state.ended) {
      if (!this.#joining) this.stop();
      return;
    }
    const { state } = this.#host;
    if (!isOn(state, this.#host.me, mine.page)) {
      this.#comeBack(mine);
      return;
    }
    const others = linkedAmong(
      state,
      call.members.map(({ who }) => who),
    );
    const voice = this.#voice.peek();
    if (voice) voice.enabled = mine.mic;
    if (!mine.camera) this.#drop('camera');
    this.#voices.to(others, voice);
    this.#cameras.to(others, this.#camera.peek(), FACES);
  }

  get #call(): Call | null {
    return this.#host.state.activities.call.now;
  }
  get #mine(): Member | undefined {
    return this.#call?.members.find(({ who }) => who === this.#host.me);
  }

  #begin({ video }: { video: boolean }, first: () => Promise<void>): Promise<Answer> {
    return answerTo(async () => {
      if (this.#joining) return;
      this.#joining = true;
      this.#trouble.value = undefined;
      try {
        this.#keep('microphone', await this.#microphone());
        if (video) this.#keep('camera', await captureDevice('camera'));
        await this.#host.inTurn(async () => {
          this.#host.mustBeHere();
          await first();
          await this.#say({ mic: true, camera: video });
        });
      } catch (error) {
        this.stop();
        throw error;
      } finally {
        this.#joining = false;
        this.follow();
      }
    });
  }

  /** A running call goes on over a reload (SH2); the camera waits for a press. */
  #comeBack({ mic }: Member): void {
    if (this.#joining) return;
    this.#joining = true;
    void (async () => {
      try {
        this.#keep('microphone', await captureDevice('microphone'));
        await this.#host.inTurn(() => this.#say({ mic, camera: false }));
      } catch {
        this.stop();
        const id = this.#call?.id;
        if (id)
          await this.#host.inTurn(() => this.#host.post({ v: 1, type: 'call.leave', id }, reachable(this.#host.state)));
      } finally {
        this.#joining = false;
        this.follow();
      }
    })();
  }

  async #microphone(): Promise<MediaStreamTrack> {
    const call = this.#call?.id;
    try {
      return await captureDevice('microphone');
    } catch (error) {
      if (call) {
        const said: Message = { v: 1, type: 'call.refuse', id: call, why: 'cannot' };
        await this.#host.inTurn(() => this.#host.post(said, reachable(this.#host.state)));
      }
      throw error;
    }
  }

  async #take(device: Device, id?: string): Promise<void> {
    this.#trouble.value = undefined;
    this.#keep(device, await captureDevice(device, id));
    await this.#host.inTurn(async () => {
      const mine = this.#mine;
      if (mine) await this.#say({ mic: mine.mic, camera: this.#camera.peek() !== undefined });
    });
    this.follow();
  }

  async #say(part: Pick<Member, 'mic' | 'camera'>): Promise<void> {
    const { state } = this.#host;
    const call = this.#call;
    if (!call) throw new HulplijnError('not-found');
    await this.#host.post(inCall(state, call, part), reachable(state));
  }

  #keep(device: Device, track: MediaStreamTrack): void {
    this.#drop(device);
    this.#of(device).value = track;
    track.addEventListener('ended', () => this.#gone(device, track)); // unplugged, or taken away in the browser
  }

  #drop(device: Device): void {
    this.#of(device).peek()?.stop();
    this.#of(device).value = undefined;
  }

  #of(device: Device) {
    return device === 'microphone' ? this.#voice : this.#camera;
  }

  #gone(device: Device, track: MediaStreamTrack): void {
    if (this.#of(device).peek() !== track) return;
    this.#drop(device);
    this.#trouble.value = 'device-gone';
    const mine = this.#mine;
    if (!mine) return;
    const left = device === 'microphone' ? { mic: false, camera: mine.camera } : { mic: mine.mic, camera: false };
    void this.#host.inTurn(() => this.#say(left));
  }
}
