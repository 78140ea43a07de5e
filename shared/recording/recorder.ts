import { type ReadonlySignal, signal } from '@preact/signals';
import { HulplijnError } from '../protocol/errors.ts';
import type { About, FromDisk, ToDisk } from './disk.ts';
import { Picture } from './picture.ts';
import { Voices } from './voices.ts';

/** Text stays readable at a tenth of VP8's bits where there is VP9 (shared/link/README.md, Codecs). */
const TYPES = ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus'];
/** ms of recording that a crash may take. */
const CHUNK = 1000;

/** What is being recorded now. */
export interface Sources {
  screen: MediaStreamTrack | undefined;
  voices: readonly MediaStreamTrack[];
}

/** How much there is: time without the pauses, and bytes on the disk. */
export interface Progress {
  ms: number;
  bytes: number;
}

interface RecorderOptions {
  id: string;
  about: About;
  /** Runs disk.worker.ts. */
  worker: Worker;
  /** Disk or browser record no more: what there is until then stays. */
  onfailed(why: 'disk-full' | 'cannot-record'): void;
}

/** One recording, from the first chunk to the last, each on the disk as it comes. */
export class Recorder {
  readonly #worker: Worker;
  readonly #picture: Picture;
  readonly #voices: Voices;
  readonly #media: MediaRecorder;
  readonly #progress = signal<Progress>({ ms: 0, bytes: 0 });
  #chunks: Promise<void> = Promise.resolve();
  #ran = 0;
  #since: number | undefined;
  #over: Promise<void> | undefined;

  /** In a press. Throws `cannot-record` where the browser has no such codec or no private disk. */
  static async open(options: RecorderOptions): Promise<Recorder> {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    if (!mimeType) throw new HulplijnError('cannot-record');
    const voices = new Voices(); // within the press
    const recorder = new Recorder(options, mimeType, await Picture.open(), voices);
    const { id, about } = options;
    recorder.#say({ do: 'open', id, about });
    if ((await recorder.#answer('open', 'failed')) === 'open') return recorder;
    await recorder.finish();
    throw new HulplijnError('cannot-record');
  }

  private constructor(options: RecorderOptions, mimeType: string, picture: Picture, voices: Voices) {
    this.#worker = options.worker;
    this.#picture = picture;
    this.#voices = voices;
    const tracks = [this.#picture.track, ...this.#voices.tracks];
    this.#media = new MediaRecorder(new MediaStream(tracks), { mimeType, videoBitsPerSecond: 2_500_000 });
    this.#media.addEventListener('dataavailable', ({ data }) => this.#keep(data));
    this.#media.addEventListener('error', () => options.onfailed('cannot-record'));
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromDisk>) => {
      if (data.is === 'written') this.#progress.value = { ms: this.#ms, bytes: data.size };
      if (data.is === 'failed') options.onfailed('disk-full');
    });
  }

  get progress(): ReadonlySignal<Progress> {
    return this.#progress;
  }

  feed({ screen, voices }: Sources): void {
    this.#picture.show(screen);
    this.#voices.hear(voices);
  }

  /** Begins or goes on, or pauses: nothing of a pause is in the file. */
  run(on: boolean): void {
    if (this.#over || on === (this.#since !== undefined)) return;
    if (!on) this.#media.pause();
    else if (this.#media.state === 'inactive') this.#media.start(CHUNK);
    else this.#media.resume();
    this.#ran = this.#ms;
    this.#since = on ? performance.now() : undefined;
  }

  /** The last chunk is on the disk then. May be called twice. */
  finish(): Promise<void> {
    this.#over ??= this.#finish();
    return this.#over;
  }

  async #finish(): Promise<void> {
    if (this.#media.state !== 'inactive') {
      const stopped = new Promise((resolve) => this.#media.addEventListener('stop', resolve));
      this.#media.stop();
      await stopped;
    }
    this.#picture.close();
    this.#voices.close();
    await this.#chunks;
    this.#say({ do: 'close' });
    await this.#answer('closed', 'failed');
    this.#worker.terminate();
  }

  get #ms(): number {
    return this.#ran + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  #keep(data: Blob): void {
    this.#chunks = this.#chunks.then(async () => {
      const bytes = await data.arrayBuffer();
      this.#say({ do: 'write', bytes }, [bytes]);
    });
  }

  #say(message: ToDisk, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #answer(...wanted: FromDisk['is'][]): Promise<FromDisk['is']> {
    return new Promise((resolve) => {
      const heard = ({ data }: MessageEvent<FromDisk>) => {
        if (!wanted.includes(data.is)) return;
        this.#worker.removeEventListener('message', heard);
        resolve(data.is);
      };
      this.#worker.addEventListener('message', heard);
    });
  }
}
