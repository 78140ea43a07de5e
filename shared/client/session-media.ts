import { type ReadonlySignal, signal } from '@preact/signals';
import { isOn } from '../activities/consent.ts';
import type { LinkStatus, Slot } from '../link/link.ts';
import type { Sources } from '../recording/recorder.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { Passed } from '../session/message.ts';
import { Calling } from './calling.ts';
import { FileTransfers } from './file-transfers.ts';
import { LostPrimary } from './lost-primary.ts';
import { ScreenSharing } from './screen-sharing.ts';
import type { SessionHost } from './session-host.ts';
import { SessionRecording } from './session-recording.ts';

export type Tracks = Readonly<Record<Slot, MediaStreamTrack>>;

/** What a page gives: what it has of its own. */
export interface MediaParts {
  /** Made when the first file moves (shared/files/file.worker.ts). */
  fileWorker(): Worker;
  /** Where it may record (SH7): an agent's. */
  recordings?: Recordings | undefined;
}

/** What is seen and heard in a session, in the page that holds it: tracks cannot cross to other pages. */
export class SessionMedia {
  readonly screen: ScreenSharing;
  readonly call: Calling;
  readonly files: FileTransfers;
  readonly recording: SessionRecording;
  readonly #host: SessionHost;
  readonly #lost: LostPrimary;
  readonly #tracks = signal<ReadonlyMap<string, Tracks>>(new Map());

  constructor(host: SessionHost, links: ReadonlyMap<string, LinkStatus>, { fileWorker, recordings }: MediaParts) {
    this.#host = host;
    this.screen = new ScreenSharing(host);
    this.#lost = new LostPrimary(host, links, () => this.screen.end('lost')); // then nothing is shared (TC6)
    this.call = new Calling(host);
    this.files = new FileTransfers(host, fileWorker);
    this.recording = new SessionRecording(host, recordings, () => this.#sources());
  }

  /** By participant: what their slots carry; the state says whether anything is being sent in them. */
  get tracks(): ReadonlySignal<ReadonlyMap<string, Tracks>> {
    return this.#tracks;
  }

  arrived(peer: string, tracks: Tracks | undefined): void {
    const next = new Map(this.#tracks.peek());
    if (tracks) next.set(peer, tracks);
    else next.delete(peer);
    this.#tracks.value = next;
    this.recording.follow();
  }

  passed(peer: string, message: Passed): void {
    switch (message.type) {
      case 'screen.point':
        this.screen.pointed(peer, message);
        break;
      case 'files.stripe':
        this.files.passed(peer, message);
        break;
      case 'screen.motion':
        this.screen.wished(message);
        break;
      default:
        message satisfies never;
    }
  }

  /** The session's state is another. */
  follow(): void {
    this.#lost.follow();
    this.screen.follow();
    this.call.follow();
    this.files.follow();
    this.recording.follow();
  }

  /** Nothing is captured or sent any more. */
  stop(): void {
    this.#lost.stop();
    this.screen.stop();
    this.call.stop();
    this.files.stop();
    this.recording.stop();
  }

  /** What is shared and said now: the screen that was shared last, and the voices of the call one is in. */
  #sources(): Sources {
    const { state, me } = this.#host;
    const { screen, call } = state.activities;
    const tracks = this.#tracks.peek();
    const screens = screen.shares.flatMap(({ by, seers }) => {
      if (by === me) return this.screen.track.peek() ?? [];
      const seen = seers.some(({ who, page }) => who === me && isOn(state, me, page));
      return (seen && tracks.get(by)?.screen) || [];
    });
    const members = call.now?.members ?? [];
    const others = members.flatMap(({ who }) => tracks.get(who)?.voice ?? []);
    const own = this.call.voice.peek();
    const voices = own && members.some(({ who }) => who === me) ? [own, ...others] : [];
    return { screen: screens.at(-1), voices };
  }
}
