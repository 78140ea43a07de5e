import { hex } from '../protocol/ids.ts';
import { type BeforeProof, decode, decodeBeforeProof, encode, type Frame, type Hello, type Proof } from './frames.ts';
import type { Trust } from './link.ts';
import { prove, type Shown, type Side, verify } from './proof.ts';
import { TIMES } from './times.ts';
import { Turns } from './turns.ts';
import type { Wire } from './wire.ts';

/** What a line needs to know of its link, read when it is needed. */
export interface LineContext {
  id: string; // own participant id
  signingKey: CryptoKey;
  trust(): Trust;
  hello(): Omit<Hello, 't' | 'v' | 'nonce' | 'session' | 'trust'>;
}

export interface LineEvents {
  /** The proof holds. Awaited: nothing of the line is handled before. `false`: it must not be used. */
  proven(line: Line, shown: Shown, hello: Hello): Promise<boolean>;
  /** The proof does not hold. The line stays a moment, mute, so that the other end finds out too. */
  refused(line: Line): void;
  /** A frame of a proven line. Awaited: they are handled one after the other. */
  frame(line: Line, frame: Frame): Promise<void> | void;
  /** Silence began, or ended. */
  suspect(line: Line, suspect: boolean): void;
  ended(line: Line, why: LineEnd): void;
}

/** Why a line ended, for whoever looks for a fault. */
export type LineEnd = 'no answer' | (string & {});

type Stage =
  | { is: 'dialling' }
  /** Open; `hello` is what was sent. */
  | { is: 'proving'; hello: string; trust: Trust; theirs?: { hello: Hello; own: Side; theirs: Side } }
  | { is: 'proven'; hello: Hello; shown: Shown }
  | { is: 'refused'; at: number }
  | { is: 'over' };

/** One connection: proof, heartbeat, frames in order. Dies once and is never revived. */
export class Line {
  readonly id: number;
  readonly wire: Wire;
  readonly born = Date.now();
  suspect = false;
  #stage: Stage = { is: 'dialling' };
  #heard = Date.now();
  #sent = 0;
  readonly #turns = new Turns();
  readonly #context: LineContext;
  readonly #events: LineEvents;

  constructor(id: number, wire: Wire, context: LineContext, events: LineEvents) {
    this.id = id;
    this.wire = wire;
    this.#context = context;
    this.#events = events;
    wire.listen({
      open: () => this.#open(),
      data: (data) => {
        this.#heard = Date.now();
        // One chain for all: nothing overtakes the asynchronous check of the proof.
        this.#turns.run(() => this.#got(data)).catch((error: unknown) => this.end(`frame: ${String(error)}`));
      },
      close: (why) => this.end(why),
      shaky: () => this.#suspect(true),
    });
  }

  get stage(): Stage['is'] {
    return this.#stage.is;
  }
  /** The other side's hello, once proven. */
  get hello(): Hello | undefined {
    return this.#stage.is === 'proven' ? this.#stage.hello : undefined;
  }
  get shown(): Shown | undefined {
    return this.#stage.is === 'proven' ? this.#stage.shown : undefined;
  }

  /** On a proven line only; else nothing happens. */
  send(frame: Frame): void {
    if (this.#stage.is === 'proven') this.#write(frame);
  }

  end(why: LineEnd): void {
    if (this.#stage.is === 'over') return;
    this.#stage = { is: 'over' };
    this.wire.close();
    this.#events.ended(this, why);
  }

  /** Called several times a second with the time in ms. */
  tick(now: number): void {
    const quiet = now - this.#heard;
    // The page's own `close()` of a connection fires no event.
    if (this.#stage.is !== 'over' && !this.wire.alive) this.end('closed here');
    switch (this.#stage.is) {
      case 'dialling':
        if (now - this.born > TIMES.dial) this.end('no answer');
        return;
      case 'proving':
        if (now - this.born > TIMES.dial) this.end('not proven in time');
        return;
      case 'refused':
        if (now - this.#stage.at > TIMES.linger) this.end('refused');
        return;
      case 'proven':
        this.#beat(now, quiet);
        return;
      case 'over':
        return;
      default:
        this.#stage satisfies never;
    }
  }

  #beat(now: number, quiet: number): void {
    this.#suspect(quiet > TIMES.suspect || (this.suspect && quiet > TIMES.beat));
    // In doubt more often, so that the answer comes sooner.
    if (now - this.#sent > (quiet > TIMES.beat ? TIMES.beat / 2 : TIMES.beat)) this.#write({ t: 'ping' });
    if (quiet > TIMES.dead) this.end('silent');
  }

  /** This machine slept for `gap` ms: our sleep is not their silence. */
  slept(gap: number): void {
    this.#heard += gap;
  }

  #suspect(suspect: boolean): void {
    if (this.suspect === suspect || this.#stage.is !== 'proven') return;
    this.suspect = suspect;
    this.#events.suspect(this, suspect);
  }

  #write(frame: Frame | BeforeProof): void {
    this.#raw(encode(frame));
  }
  #raw(text: string): void {
    this.#sent = Date.now();
    this.wire.send(text);
  }

  #open(): void {
    if (this.#stage.is !== 'dialling') return;
    const trust = this.#context.trust();
    const raw = encode({
      t: 'hello',
      v: 1,
      session: this.wire.session,
      nonce: hex(crypto.getRandomValues(new Uint8Array(16))),
      trust: trust.kind,
      ...this.#context.hello(),
    });
    // The trust of this moment is what this line is proven against; if it changes meanwhile, the link judges again.
    this.#stage = { is: 'proving', hello: raw, trust };
    this.#raw(raw);
  }

  async #got(data: unknown): Promise<void> {
    switch (this.#stage.is) {
      case 'dialling':
        return this.end('data before open');
      case 'proving': {
        const frame = decodeBeforeProof(data);
        if (frame?.t === 'hello' && typeof data === 'string') return this.#greeted(data, frame);
        if (frame?.t === 'proof') return this.#shown(frame);
        return this.end('not a proof');
      }
      case 'proven': {
        const frame = decode(data);
        if (!frame) return this.end('not a frame');
        if (frame.t === 'ping') return this.#write({ t: 'pong' });
        if (frame.t === 'pong') return;
        return this.#events.frame(this, frame);
      }
      case 'refused':
      case 'over':
        return;
      default:
        return this.#stage satisfies never;
    }
  }

  async #greeted(raw: string, hello: Hello): Promise<void> {
    const stage = this.#stage;
    if (stage.is !== 'proving' || stage.theirs) return this.end('a second hello');
    const prints = await this.wire.fingerprints().catch(() => undefined);
    if (!prints) return this.#refuse();
    const own = { id: this.#context.id, hello: stage.hello, fingerprints: prints.own };
    const theirs = { id: this.wire.peer, hello: raw, fingerprints: prints.theirs };
    stage.theirs = { hello, own, theirs };
    const { signingKey } = this.#context;
    const proof = await prove({ session: this.wire.session, own, theirs, signingKey, trust: stage.trust });
    if (this.#stage === stage) this.#write(proof);
  }

  async #shown(proof: Proof): Promise<void> {
    const stage = this.#stage;
    if (stage.is !== 'proving' || !stage.theirs) return this.end('a proof before the hello');
    const { hello, own, theirs } = stage.theirs;
    const shown = await verify({ session: this.wire.session, own, theirs, trust: stage.trust }, hello, proof);
    if (this.#stage !== stage) return;
    if (!shown) return this.#refuse();
    this.#stage = { is: 'proven', hello, shown };
    const welcome = await this.#events.proven(this, shown, hello);
    if (!welcome && this.stage === 'proven') this.#refuse();
  }

  #refuse(): void {
    if (this.#stage.is === 'over') return;
    this.#stage = { is: 'refused', at: Date.now() };
    this.#events.refused(this);
  }
}
