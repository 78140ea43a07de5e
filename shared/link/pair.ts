import { type Election, type ElectionEvent, newElection, step } from './election.ts';
import type { Frame, Hello } from './frames.ts';
import { Line, type LineContext, type LineEnd, type LineEvents } from './line.ts';
import type { PeerIdentity, Trust } from './link.ts';
import type { Outbox } from './outbox.ts';
import type { PairContext } from './pair-context.ts';
import { judge, type Shown } from './proof.ts';
import { Redial } from './redial.ts';
import { Standing } from './standing.ts';
import type { Waiting } from './store.ts';
import type { Wire } from './wire.ts';

/** So many connections of a pair may be unproven at once. */
const UNPROVEN = 6;

/** The link to one participant in one session: all its connections, the one in use, and when to dial again. */
export class Pair {
  readonly outbox: Outbox;
  readonly #context: PairContext;
  readonly #redial: Redial;
  readonly #standing: Standing;
  readonly #lines = new Map<number, Line>();
  #made = 0;
  #dialling: number | undefined; // since when a dial has no wire yet
  #election: Election;
  #trust: Trust;
  #over = false;

  constructor(peer: string, outbox: Outbox, trust: Trust, context: PairContext) {
    this.outbox = outbox;
    this.#context = context;
    this.#trust = trust;
    this.#redial = new Redial(context.id, peer);
    this.#election = newElection(context.id, peer);
    this.#standing = new Standing((status) => this.#over || context.status(status));
  }

  /** Judges what the present connection has shown anew; the connection stays if it fits. */
  trust(trust: Trust): void {
    this.#trust = trust;
    for (const line of [...this.#lines.values()]) {
      if (line.shown) this.#judge(line, line.shown);
    }
  }

  /** A connection, dialled or come in. */
  adopt(wire: Wire): void {
    if (wire.dialled) this.#dialling = undefined;
    // Whoever opens connection after connection and proves nothing is turned away.
    if (this.#over || (!wire.dialled && this.#dials.length >= UNPROVEN)) {
      wire.close();
      return;
    }
    this.#made += 1;
    this.#lines.set(this.#made, new Line(this.#made, wire, this.#lineContext, this.#lineEvents));
  }

  /** A dial came to nothing before there was a wire. */
  dialFailed(): void {
    this.#dialling = undefined;
    this.#redial.failed(Date.now());
  }

  /** The relay says that the other is absent. */
  absent(): void {
    for (const line of [...this.#lines.values()]) {
      if (line.wire.dialled && line.stage === 'dialling') line.end('absent');
    }
  }

  /** Something changed for the better: dial now, if need be. */
  news(): void {
    this.#redial.news();
    this.#dialIfDue(Date.now());
  }

  /** The other knows of us already: its first dial gets a moment's start. */
  letThemDial(): void {
    this.#redial.later(Date.now());
  }

  /** The relay is gone: what is only half signalled cannot finish, and PeerJS says nothing about it. */
  signallingLost(): void {
    for (const line of [...this.#lines.values()]) if (line.stage === 'dialling') line.end('signalling lost');
  }

  /** Who is at the other end of the connection in use. */
  get them(): PeerIdentity | undefined {
    return this.#chosen()?.shown?.them;
  }

  add(waiting: Waiting): void {
    this.outbox.add(waiting);
    this.#chosen()?.send({ t: 'kept', n: waiting.n, text: waiting.text });
  }
  pass(text: string): void {
    this.#chosen()?.send({ t: 'pass', text });
  }

  tick(now: number): void {
    for (const line of [...this.#lines.values()]) line.tick(now);
    this.#dialIfDue(now);
  }
  slept(gap: number): void {
    for (const line of this.#lines.values()) line.slept(gap);
  }

  /** Closes every connection, which tells the other at once. `again`: new ones may follow. */
  hangUp(again: boolean): void {
    this.#over = !again;
    for (const line of [...this.#lines.values()]) line.end('hung up');
  }

  #chosen(): Line | undefined {
    return this.#election.chosen === undefined ? undefined : this.#lines.get(this.#election.chosen);
  }

  /**
   * The trust as it binds now: who has shown the invitation's key once must always show it, or a relay could step in
   * between at a re-dial and say that it has none.
   */
  get #held(): Trust {
    const trust = this.#trust;
    return trust.kind === 'invitation' && this.outbox.trusted ? { ...trust, required: true } : trust;
  }

  /** There is no line to be content with. */
  get #needs(): boolean {
    return this.#chosen()?.suspect ?? true;
  }

  /** When each connection began that is not proven yet. */
  get #dials(): number[] {
    const early = (line: Line) => line.stage === 'dialling' || line.stage === 'proving';
    return [...this.#lines.values()].flatMap((line) => (early(line) ? [line.born] : []));
  }

  #dialIfDue(now: number): void {
    if (this.#over || !this.#needs) return;
    const dials = this.#dials;
    if (this.#dialling !== undefined) dials.push(this.#dialling);
    if (!this.#redial.due(now, dials) || !this.#context.dial()) return;
    this.#dialling = now;
    this.#redial.dialled(now);
  }

  get #lineContext(): LineContext {
    const { id, page, life, identity } = this.#context;
    return {
      id,
      signingKey: identity.signingKey,
      trust: () => this.#trust,
      hello: () => ({
        key: identity.public.signingKey,
        fingerprints: [...identity.public.fingerprints],
        page,
        life,
        ...(this.outbox.knows === undefined ? {} : { knows: this.outbox.knows }),
        received: this.outbox.received,
        needs: this.#needs,
      }),
    };
  }

  get #lineEvents(): LineEvents {
    return {
      proven: (line, shown, hello) => this.#proven(line, shown, hello),
      refused: (line) => this.#refused(line),
      frame: (line, frame) => this.#frame(line, frame),
      suspect: (line, suspect) => {
        this.#elect({ type: 'suspect', id: line.id, suspect });
        if (line !== this.#chosen()) return;
        if (suspect) this.#redial.lost(Date.now());
        this.#standing.say({ state: suspect ? 'lost' : 'live' });
      },
      ended: (line, why) => this.#ended(line, why),
    };
  }

  async #proven(line: Line, shown: Shown, hello: Hello): Promise<boolean> {
    const judged = judge(this.#held, shown);
    if (judged === 'mismatch') return false;
    if (judged === 'unknown') {
      line.end('proven against another trust');
      return true;
    }
    if (shown.key === 'right') this.outbox.trust();
    const met = await this.outbox.meet(hello.life);
    if (met !== 'known') {
      // Lines to a stored state that is gone carry numbers that mean something else now.
      for (const other of [...this.#lines.values()]) {
        if (other !== line && other.hello && other.hello.life !== hello.life) other.end('of a lost store');
      }
    }
    if (met === 'lost') this.#context.lostStore();
    if (hello.knows === this.#context.life) await this.#acknowledged(hello.life, hello.received);
    // It may have ended meanwhile, or the trust may have changed.
    if (line.stage !== 'proven') return true;
    this.#elect({ type: 'proven', line: { id: line.id, page: hello.page, needs: hello.needs } });
    line.wire.takeOverCandidates(({ candidate = '', sdpMid = null, sdpMLineIndex = null, usernameFragment = null }) =>
      line.send({ t: 'ice', candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment } }),
    );
    return true;
  }

  #refused(line: Line): void {
    this.#elect({ type: 'ended', id: line.id });
    this.#redial.failed(Date.now());
    // A live line that was proven is not put in doubt by somebody else's failed attempt.
    if (this.#needs) this.#standing.say({ state: 'lost', assurance: 'mismatch' });
  }

  #judge(line: Line, shown: Shown): void {
    const judged = judge(this.#held, shown);
    if (judged === 'unknown') line.end('to be proven anew');
    else if (judged === 'mismatch') {
      line.end('does not fit the trust');
      this.#redial.failed(Date.now());
      if (this.#needs) this.#standing.say({ state: 'lost', assurance: 'mismatch' });
    } else if (line === this.#chosen()) this.#standing.say({ assurance: judged });
  }

  #ended(line: Line, why: LineEnd): void {
    if (why === 'no answer') this.#context.doubt();
    const wasChosen = this.#chosen() === line;
    const proven = this.#election.proven.some((other) => other.id === line.id);
    this.#lines.delete(line.id);
    this.#elect({ type: 'ended', id: line.id });
    if (wasChosen) this.#dialIfDue(Date.now());
    else if (!proven) this.#redial.failed(Date.now());
  }

  async #frame(line: Line, frame: Frame): Promise<void> {
    const life = line.hello?.life;
    if (life === undefined) return;
    switch (frame.t) {
      case 'kept': {
        const taken = await this.outbox.take(life, frame.n, frame.text);
        if (taken.is === 'gap') return line.end('gap');
        if (taken.is === 'next') this.#context.received(taken.entry);
        return line.send({ t: 'ack', n: this.outbox.received });
      }
      case 'ack':
        return this.#acknowledged(life, frame.n);
      case 'pass':
        return this.#context.passed(frame.text);
      case 'use':
      case 'using':
        return this.#elect({ type: frame.t, id: line.id, e: frame.e });
      case 'ice':
        return line.wire.addCandidate(frame.candidate);
      case 'media':
        return this.#context.media.take(line, frame);
      case 'ping':
      case 'pong':
        return; // the line's own
      default:
        return frame satisfies never;
    }
  }

  async #acknowledged(life: string, n: number): Promise<void> {
    const seqs = await this.outbox.acknowledge(life, n);
    if (seqs.length > 0) this.#context.acknowledged(seqs);
  }

  #elect(event: ElectionEvent): void {
    const [state, effects] = step(this.#election, event);
    this.#election = state;
    for (const effect of effects) {
      switch (effect.type) {
        case 'choose':
          this.#choose(effect.id);
          break;
        case 'send':
          this.#lines.get(effect.id)?.send(effect.frame);
          break;
        case 'close':
          this.#lines.get(effect.id)?.end(effect.why);
          break;
        case 'none':
          this.#redial.lost(Date.now());
          this.#standing.say({ state: 'lost' });
          this.#context.media.use(undefined);
          break;
        default:
          effect satisfies never;
      }
    }
  }

  #choose(id: number): void {
    const line = this.#lines.get(id);
    if (!line?.shown) return;
    this.#redial.succeeded();
    const judged = judge(this.#held, line.shown);
    if (judged === 'mismatch' || judged === 'unknown') this.#judge(line, line.shown);
    else {
      this.#standing.say({ state: line.suspect ? 'lost' : 'live', assurance: judged, them: line.shown.them });
      for (const { n, text } of this.outbox.waiting) line.send({ t: 'kept', n, text });
      this.#context.media.use(line);
    }
  }
}
