import { type ReadonlySignal, signal } from '@preact/signals';
import { isCutOff, isDone, overLimits, type StripeMessage, type Transfer } from '../activities/files.ts';
import type { Fault } from '../activities/files-shown.ts';
import { ChannelPool, receiveFile, sendFile, TransferError } from '../files/files.ts';
import { forgetPrivate, hasPrivateDisk, keptPrivate, privateFile } from '../files/private-sink.ts';
import { MEMORY_BYTES } from '../files/sink.ts';
import { HulplijnError } from '../protocol/errors.ts';
import type { Answer } from '../session/answer.ts';
import type { Message } from '../session/message.ts';
import { permits } from '../session/session.ts';
import { answerTo } from './answer.ts';
import { FileStripes } from './file-stripes.ts';
import { randomId } from './random-id.ts';
import { receivedName } from './received-files.ts';
import type { SessionHost } from './session-host.ts';

/** How far a file is, in this page. */
export interface Moving {
  bytes: number;
  perSecond: number;
  /** Received whole, to be saved; on the private disk it waits for that over reloads. */
  file?: Blob;
  /** Sent from an earlier load of this page: it goes on when the same file is chosen again. */
  lacksFile?: boolean;
}

interface Running {
  stop: AbortController;
  began: number;
}

/** What people are told of how a transfer failed; nothing of one that somebody ended. */
const FAULTS: Record<TransferError['why'], Fault | undefined> = {
  cancelled: undefined,
  size: 'broken',
  hash: 'broken',
  credit: 'broken',
  malformed: 'broken',
  unreadable: 'unreadable',
  storage: 'storage',
};

/** No system's folders are in it, and its ending stays. */
const offeredName = (file: File) => file.name.replace(/[/\\]/g, '_').slice(-255);

/** The files of a session that this page sends and receives, once they are accepted (SH4). */
export class FileTransfers {
  readonly #host: SessionHost;
  readonly #worker: () => Worker;
  readonly #channels = new Map<string, RTCDataChannel>();
  readonly #pools = new Map<string, ChannelPool>();
  readonly #files = new Map<string, File>();
  readonly #running = new Map<string, Running>();
  #leftovers: Promise<void> | undefined;
  #over = false;
  readonly #stripes: FileStripes;
  readonly #moving = signal<ReadonlyMap<string, Moving>>(new Map());

  /** `worker` runs shared/files/file.worker.ts; asked for when it is first needed. */
  constructor(host: SessionHost, worker: () => Worker) {
    this.#host = host;
    this.#worker = worker;
    this.#stripes = new FileStripes(host, (peer) => this.#pool(peer));
  }

  /** By transfer. */
  get moving(): ReadonlySignal<ReadonlyMap<string, Moving>> {
    return this.#moving;
  }

  /** Offers a file to each of `to`. Refused as `forbidden`, `file-too-large` or `file-blocked`. */
  offer(file: File, to: readonly string[]): Promise<Answer> {
    return answerTo(() =>
      this.#host.inTurn(async () => {
        this.#host.mustBeHere();
        for (const one of to) await this.#offer(file, one);
      }),
    );
  }

  /** The file that was being sent before this page was loaded anew. */
  again(id: string, file: File): Promise<Answer> {
    return answerTo(async () => {
      const one = this.#transfers.find((transfer) => transfer.id === id);
      if (!one) throw new HulplijnError('not-found');
      if (offeredName(file) !== one.name || file.size !== one.size) throw new HulplijnError('another-file');
      this.#files.set(id, file);
      this.follow();
    });
  }

  /** The channel to `peer` is another, or there is none. Nothing is made for it before a file moves. */
  channel(peer: string, channel: RTCDataChannel | undefined): void {
    if (!channel) {
      this.#channels.delete(peer);
      this.#stripes.close(peer);
      return;
    }
    this.#channels.set(peer, channel);
    this.#pools.get(peer)?.add(channel);
    for (const { id, to, size } of this.#transfers) {
      if (to === peer && this.#running.has(id)) this.#widen(peer, size);
    }
  }

  /** `peer` speaks of further connections: only for a file that both agreed to. */
  passed(peer: string, message: StripeMessage): void {
    const { me } = this.#host;
    const between = ({ by, to }: Transfer) => (by === peer && to === me) || (by === me && to === peer);
    const wanted = this.#transfers.some((one) => between(one) && one.consent.life.is === 'on');
    if (wanted) void this.#stripes.take(peer, message);
  }

  /** The state is another: begins what is accepted, ends what is over. */
  follow(): void {
    const { state, me } = this.#host;
    this.#leftovers ??= this.#comeBack().catch(() => undefined);
    const open = new Set<string>();
    for (const one of this.#transfers) {
      if (state.ended || one.consent.life.is !== 'on' || isDone(one)) continue;
      open.add(one.id);
      if (this.#running.has(one.id)) continue;
      if (one.to === me && !one.received) this.#receive(one);
      if (one.by === me && !one.sent) this.#send(one);
    }
    for (const [id, { stop }] of this.#running) {
      if (!open.has(id)) stop.abort();
    }
    if (state.ended) this.#stripes.closeAll();
  }

  /** For good, and without a word: a page that is only loaded anew goes on afterwards. */
  stop(): void {
    this.#over = true;
    this.#stripes.closeAll();
    for (const pool of this.#pools.values()) pool.close();
    this.#pools.clear();
  }

  async #offer(file: File, to: string): Promise<void> {
    const { state, me } = this.#host;
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
    const message: Message = {
      v: 1,
      type: 'files.offer',
      id: randomId(),
      number,
      name: offeredName(file),
      size: file.size,
      mime: file.type,
      to,
    };
    const refused = overLimits(message, state.roster.limits);
    if (refused) throw new HulplijnError(refused);
    if (!permits(state, me, message)) throw new HulplijnError('forbidden');
    this.#files.set(message.id, file);
    await this.#host.post(message, [to]);
  }

  #send(one: Transfer): void {
    const file = this.#files.get(one.id);
    if (!file) {
      this.#say(one.id, { bytes: 0, perSecond: 0, lacksFile: true });
      return;
    }
    this.#run(one, async (options) => sendFile({ channels: this.#pool(one.to), id: one.number, file, ...options }));
    this.#widen(one.to, one.size);
  }

  #receive(one: Transfer): void {
    this.#run(one, async (options) => {
      const onDisk = await hasPrivateDisk();
      if (!onDisk && one.size > MEMORY_BYTES) throw new TransferError({ why: 'storage', by: 'us' });
      const name = receivedName(this.#host, one.id);
      const sink = onDisk ? ({ kind: 'private', name } as const) : ({ kind: 'memory' } as const);
      const got = await receiveFile({
        channels: this.#pool(one.by),
        id: one.number,
        size: one.size,
        sink,
        ...options,
      });
      const before = this.#moving.peek().get(one.id);
      this.#say(one.id, { perSecond: 0, ...before, bytes: one.size, ...(got.file && { file: got.file }) });
      return got;
    });
  }

  #run(
    one: Transfer,
    work: (options: { signal: AbortSignal; onprogress(bytes: number): void }) => Promise<{ sha256: string }>,
  ): void {
    const running: Running = { stop: new AbortController(), began: Date.now() };
    this.#running.set(one.id, running);
    const other = one.by === this.#host.me ? one.to : one.by;
    let first: number | undefined;
    const onprogress = (bytes: number) => {
      first ??= bytes; // what was there from before counts for no speed
      const seconds = Math.max(0.1, (Date.now() - running.began) / 1000);
      this.#say(one.id, { bytes, perSecond: (bytes - first) / seconds });
    };
    void work({ signal: running.stop.signal, onprogress })
      .then(({ sha256 }) => this.#post({ v: 1, type: 'files.done', id: one.id, sha256 }, other))
      .catch((error: unknown) => {
        if (running.stop.signal.aborted || this.#over) return undefined;
        // They say why in the session. If they do not, their page was just going: it begins again with what comes next.
        if (error instanceof TransferError && error.why === 'cancelled' && error.by === 'them') return undefined;
        // Cut off: said, so that nobody waits.
        const fault = error instanceof TransferError ? FAULTS[error.why] : undefined;
        return this.#post({ v: 1, type: 'files.cancel', id: one.id, ...(fault && { fault }) }, other);
      })
      .finally(() => {
        this.#running.delete(one.id);
        return this.#forgetUnwanted(receivedName(this.#host, one.id));
      })
      .then(() => {
        // What was ended may be wanted again by now.
        if (running.stop.signal.aborted && !this.#over) this.follow();
      })
      .catch(() => undefined); // the page goes; what is left on its disk is found by the next
  }

  get #transfers(): readonly Transfer[] {
    return this.#host.state.activities.files.transfers;
  }

  #widen(peer: string, size: number): void {
    this.#stripes.want(peer, size).catch(() => undefined); // it goes by the one channel
  }

  /** What earlier loads of this page have received waits to be saved; what became of nothing goes. */
  async #comeBack(): Promise<void> {
    for (const name of await keptPrivate(receivedName(this.#host, ''))) {
      const one = this.#transfers.find(({ id }) => name === receivedName(this.#host, id));
      if (!one?.received) await this.#forgetUnwanted(name);
      else this.#say(one.id, { bytes: one.size, perSecond: 0, file: await privateFile(name) });
    }
  }

  /** Received bytes are kept while more may come, and when they are whole. */
  async #forgetUnwanted(name: string): Promise<void> {
    const one = this.#transfers.find(({ id }) => name === receivedName(this.#host, id));
    if (one?.received || (one && mayGoOn(one) && !this.#host.state.ended)) return;
    if (await hasPrivateDisk()) await forgetPrivate(name);
  }

  #post(message: Message, to: string): Promise<void> {
    return this.#host.inTurn(() => this.#host.post(message, [to]));
  }

  #say(id: string, moving: Moving): void {
    this.#moving.value = new Map(this.#moving.peek()).set(id, moving);
  }

  #pool(peer: string): ChannelPool {
    const known = this.#pools.get(peer);
    if (known) return known;
    const pool = new ChannelPool(this.#worker());
    this.#pools.set(peer, pool);
    const channel = this.#channels.get(peer);
    if (channel) pool.add(channel);
    return pool;
  }
}

const mayGoOn = (one: Transfer) => one.consent.life.is !== 'off' || isCutOff(one);
