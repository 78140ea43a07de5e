import { type ReadonlySignal, signal } from '@preact/signals';
import { HulplijnError } from '../protocol/errors.ts';
import { type About, forget, type Kept, kept, ready, recorded } from './disk.ts';
import { Recorder } from './recorder.ts';

/** What the page says to seekable.worker.ts, and hears; `done`: 0 to 1. */
export interface ToSeekable {
  from: File;
  to: FileSystemFileHandle;
}
export type FromSeekable = { is: 'progress'; done: number } | { is: 'done' } | { is: 'failed' };

/** Not in TypeScript's DOM, nor in every browser. https://wicg.github.io/file-system-access/ */
interface Picking {
  showSaveFilePicker(options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}
const canPick = (page: object): page is Picking => 'showSaveFilePicker' in page;

/** Each made when it is first needed: the page knows where they are. */
export interface RecordingWorkers {
  disk(): Worker;
  seekable(): Worker;
}

/** The recordings of this browser that are not saved yet; one page at a time holds them. */
export class Recordings {
  readonly #workers: RecordingWorkers;
  readonly #kept = signal<readonly Kept[]>([]);
  readonly #saving = signal<ReadonlyMap<string, number>>(new Map());
  readonly #downloaded = signal<ReadonlySet<string>>(new Set());
  readonly #running = new Set<string>();

  constructor(workers: RecordingWorkers) {
    this.#workers = workers;
    void this.#look();
  }

  /** Those that may be saved or deleted; not those that run. */
  get kept(): ReadonlySignal<readonly Kept[]> {
    return this.#kept;
  }
  /** How far those are that are being saved, 0 to 1. */
  get saving(): ReadonlySignal<ReadonlyMap<string, number>> {
    return this.#saving;
  }

  /** Those that went to the browser's downloads: nobody says when one has arrived there. */
  get downloaded(): ReadonlySignal<ReadonlySet<string>> {
    return this.#downloaded;
  }

  /** In a press. Throws `cannot-record`. */
  async open(id: string, about: About, onfailed: (why: 'disk-full' | 'cannot-record') => void): Promise<Recorder> {
    this.#running.add(id);
    try {
      return await Recorder.open({ id, about, worker: this.#workers.disk(), onfailed });
    } catch (error) {
      this.#running.delete(id);
      throw error;
    }
  }

  /** It is over: offered from now on, if there is anything in it. */
  async close(id: string, recorder: Recorder): Promise<void> {
    await recorder.finish();
    this.#running.delete(id);
    await this.#look();
  }

  /**
   * In a press: to where the person chooses, and then it goes from here; or, without a picker, to where the browser puts
   * downloads, and then it stays until it is deleted. Throws `nothing-chosen`, `disk-full`.
   */
  async save(id: string, name: string): Promise<void> {
    const picked = canPick(window) ? await pick(window, name) : undefined;
    this.#say(id, 0);
    try {
      const to = picked ?? (await ready(id));
      await this.#makeSeekable(id, { from: await recorded(id), to });
      if (picked) await this.delete(id);
      else {
        download(await to.getFile(), name);
        this.#downloaded.value = new Set([...this.#downloaded.peek(), id]);
      }
    } finally {
      this.#say(id, undefined);
    }
  }

  async delete(id: string): Promise<void> {
    await forget(id);
    await this.#look();
  }

  async #look(): Promise<void> {
    this.#kept.value = await kept(this.#running).catch(() => []); // no private disk: then nothing is kept either
  }

  async #makeSeekable(id: string, work: ToSeekable): Promise<void> {
    const worker = this.#workers.seekable();
    try {
      await new Promise<void>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<FromSeekable>) => {
          if (data.is === 'progress') this.#say(id, data.done);
          else if (data.is === 'done') resolve();
          else reject(new HulplijnError('disk-full'));
        };
        worker.onerror = () => reject(new HulplijnError('server-error'));
        worker.postMessage(work);
      });
    } finally {
      worker.terminate();
    }
  }

  #say(id: string, done: number | undefined): void {
    const saving = new Map(this.#saving.peek());
    if (done === undefined) saving.delete(id);
    else saving.set(id, done);
    this.#saving.value = saving;
  }
}

async function pick(page: Picking, suggestedName: string): Promise<FileSystemFileHandle> {
  try {
    const types = [{ description: 'WebM', accept: { 'video/webm': ['.webm'] } }];
    return await page.showSaveFilePicker({ suggestedName, types });
  } catch (cause) {
    throw new HulplijnError('nothing-chosen', { cause });
  }
}

function download(file: File, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file); // as long as the page lives
  link.download = name;
  link.click();
}
