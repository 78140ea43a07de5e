import { type ReadonlySignal, signal } from '@preact/signals';
import { announcement, mayRun, type Recording, startOf, unasked } from '../activities/recording.ts';
import { type ErrorCode, HulplijnError } from '../protocol/errors.ts';
import type { Progress, Recorder, Sources } from '../recording/recorder.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { Answer } from '../session/answer.ts';
import { permits, reachable } from '../session/session.ts';
import { answerTo } from './answer.ts';
import { randomId } from './random-id.ts';
import type { SessionHost } from './session-host.ts';

interface Running {
  id: string;
  recorder: Recorder;
  /** The answers that were last said to all. */
  said: string;
}

/** The recording of a session in the page that records it (SH7): runs while everybody here agrees, and asks who is new. */
export class SessionRecording {
  readonly #host: SessionHost;
  readonly #recordings: Recordings | undefined;
  readonly #sources: () => Sources;
  readonly #running = signal<Running | undefined>(undefined);
  readonly #trouble = signal<ErrorCode | undefined>(undefined);
  #opening = false;

  /** `sources`: what is shared and said now. */
  constructor(host: SessionHost, recordings: Recordings | undefined, sources: () => Sources) {
    this.#host = host;
    this.#recordings = recordings;
    this.#sources = sources;
  }

  /** While this page records. */
  get progress(): ReadonlySignal<Progress> | undefined {
    return this.#running.value?.recorder.progress;
  }
  /** Why it could not go on. */
  get trouble(): ReadonlySignal<ErrorCode | undefined> {
    return this.#trouble;
  }

  /** In a press: asks everybody who is here. Refused as `cannot-record`, `forbidden`. */
  start(): Promise<Answer> {
    return answerTo(async () => {
      if (!this.#recordings) throw new HulplijnError('cannot-record');
      if (this.#opening || this.#running.peek()) return;
      this.#opening = true;
      this.#trouble.value = undefined;
      try {
        await this.#begin(this.#recordings);
      } finally {
        this.#opening = false;
        this.follow();
      }
    });
  }

  async #begin(recordings: Recordings): Promise<void> {
    const id = randomId();
    const { participants } = this.#host.state.roster;
    const customers = participants.filter(({ role }) => role === 'customer').map(({ name }) => name);
    const about = { title: customers.join(', '), startedAt: Date.now() };
    const recorder = await recordings.open(id, about, (why) => this.#failed(id, why));
    try {
      await this.#host.inTurn(async () => {
        this.#host.mustBeHere();
        const { state, me } = this.#host;
        const message = startOf(state, id);
        if (!permits(state, me, message)) throw new HulplijnError('forbidden');
        await this.#host.post(message, reachable(state));
        this.#running.value = { id, recorder, said: '' };
      });
    } catch (error) {
      await recordings.close(id, recorder);
      throw error;
    }
  }

  /** The state, or what is shared and said, is another. */
  follow(): void {
    const running = this.#running.peek();
    if (!running) return;
    const { state } = this.#host;
    const { now } = state.activities.recording;
    if (state.ended || now?.id !== running.id) {
      this.#over(running);
      return;
    }
    const may = mayRun(now, state);
    if (!may) running.recorder.run(false); // first: what is new may not be in it
    running.recorder.feed(this.#sources());
    if (may) running.recorder.run(true);
    if (this.#isNews(now, running)) void this.#host.inTurn(() => this.#tell(running));
  }

  /** At once; what there is stays on the disk. */
  stop(): void {
    const running = this.#running.peek();
    if (!running) return;
    this.#running.value = undefined;
    void this.#recordings?.close(running.id, running.recorder);
  }

  #over({ id }: Running): void {
    this.stop();
    const { state, me } = this.#host;
    const { last } = state.activities.recording;
    if (state.ended || last?.id !== id || last.who === me) return;
    // Customers do not hear each other: whoever's no it was, all hear it from here.
    const { why, who } = last;
    void this.#host.inTurn(() => this.#host.post({ v: 1, type: 'recording.off', id, why, who }, reachable(state)));
  }

  #isNews(now: Recording, { said }: Running): boolean {
    return unasked(now, this.#host.state).length > 0 || (mayRun(now, this.#host.state) && answers(now) !== said);
  }

  async #tell(running: Running): Promise<void> {
    const { state } = this.#host;
    const { now } = state.activities.recording;
    if (now?.id !== running.id || !this.#isNews(now, running)) return;
    running.said = answers(now);
    await this.#host.post(announcement(now, state, unasked(now, state)), reachable(state));
  }

  #failed(id: string, why: ErrorCode): void {
    if (this.#running.peek()?.id !== id) return;
    this.#trouble.value = why;
    this.stop();
    const { me } = this.#host;
    void this.#host.inTurn(() =>
      this.#host.post({ v: 1, type: 'recording.off', id, why: 'cannot', who: me }, reachable(this.#host.state)),
    );
  }
}

const answers = ({ consents }: Recording) =>
  consents.flatMap(({ of, life }) => (life.is === 'on' ? [`${of} ${life.page}`] : [])).join();
