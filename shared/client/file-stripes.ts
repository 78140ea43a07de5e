import type { StripeMessage } from '../activities/files.ts';
import type { ChannelPool } from '../files/files.ts';
import { Stripes, stripesFor } from '../files/stripes.ts';
import { sameSet } from '../link/fingerprints.ts';
import { z } from '../protocol/schema.ts';
import { writeMessage } from '../session/message.ts';
import type { SessionHost } from './session-host.ts';

/** The path in use, as statistics tell (W3C webrtc-stats); seconds. */
const Path = z.object({
  type: z.literal('candidate-pair'),
  nominated: z.literal(true),
  currentRoundTripTime: z.number(),
});

/** Further connections to those with whom large files are exchanged over a long way (stripes.ts). */
export class FileStripes {
  readonly #host: SessionHost;
  readonly #pool: (peer: string) => ChannelPool;
  readonly #open = new Map<string, { stripes: Stripes; fingerprints: readonly string[] }>();

  constructor(host: SessionHost, pool: (peer: string) => ChannelPool) {
    this.#host = host;
    this.#pool = pool;
  }

  /** Opens as many as a file of `size` bytes to `peer` is worth. Without them it goes by the one channel. */
  async want(peer: string, size: number): Promise<void> {
    const report = await this.#host.links.stats(peer);
    const paths = [...(report?.values() ?? [])].map((value) => z.safeParse(Path, value));
    const roundTrip = Math.max(0, ...paths.map(({ data }) => (data?.currentRoundTripTime ?? 0) * 1000));
    const count = stripesFor(size, roundTrip);
    if (count > 0) await this.#to(peer)?.open(count);
  }

  /** What `peer` says of theirs. */
  async take(peer: string, { said }: StripeMessage): Promise<void> {
    await this.#to(peer)?.receive(said);
  }

  /** They stand on what the connection in use has proven: no longer than that, and only to those. */
  close(peer: string): void {
    this.#open.get(peer)?.stripes.close();
    this.#open.delete(peer);
  }

  closeAll(): void {
    for (const peer of [...this.#open.keys()]) this.close(peer);
  }

  #to(peer: string): Stripes | undefined {
    const { links } = this.#host;
    const beside = links.beside(peer);
    if (!beside) return undefined;
    const { fingerprints } = beside;
    const known = this.#open.get(peer);
    if (known && sameSet(known.fingerprints, fingerprints)) return known.stripes;
    this.close(peer);
    const stripes = new Stripes({
      pool: this.#pool(peer),
      configuration: () => links.beside(peer)?.configuration ?? beside.configuration,
      peer: fingerprints,
      send: (said) => links.pass(peer, writeMessage({ v: 1, type: 'files.stripe', said })),
    });
    this.#open.set(peer, { stripes, fingerprints });
    return stripes;
  }
}
