import { type ReadonlySignal, signal } from '@preact/signals';
import type { Slot } from '../link/link.ts';
import type { Passed } from '../session/message.ts';
import { Calling } from './calling.ts';
import { FileTransfers } from './file-transfers.ts';
import { ScreenSharing } from './screen-sharing.ts';
import type { SessionHost } from './session-host.ts';

export type Tracks = Readonly<Record<Slot, MediaStreamTrack>>;

/** What is seen and heard in a session, in the page that holds it: tracks cannot cross to other pages. */
export class SessionMedia {
  readonly screen: ScreenSharing;
  readonly call: Calling;
  readonly files: FileTransfers;
  readonly #tracks = signal<ReadonlyMap<string, Tracks>>(new Map());

  constructor(host: SessionHost, fileWorker: () => Worker) {
    this.screen = new ScreenSharing(host);
    this.call = new Calling(host);
    this.files = new FileTransfers(host, fileWorker);
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
    this.screen.follow();
    this.call.follow();
    this.files.follow();
  }

  /** Nothing is captured or sent any more. */
  stop(): void {
    this.screen.stop();
    this.call.stop();
    this.files.stop();
  }
}
