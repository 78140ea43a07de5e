import { type Signal, signal } from '@preact/signals';
import { randomId } from '../../shared/client/random-id.ts';
import { type ErrorCode, HulplijnError } from '../../shared/protocol/errors.ts';
import type { Desk, Ice, Joined, Roster } from '../../shared/protocol/relay-api.ts';
import { keepTrying } from './keep-trying.ts';
import { type Decision, untilDecided } from './knock.ts';
import { OnePage } from './one-page.ts';
import type { Parts, Place, Prepared } from './parts.ts';
import type { KeptSeat } from './seat.ts';
import { endOf, follow, type Joining, type Reporting, stillTrouble, type Trouble, type Visit } from './visit.ts';

type Ready = { place: Place; prepared: Prepared };
/** The relay tells a lapse itself; this much later the page believes it without the relay. */
const LAPSE_SLACK_MS = 10_000;

/** Takes one customer through a visit: owns the state that the pages draw, and does what they ask for. */
export class Visitor {
  readonly visit: Signal<Visit> = signal<Visit>({ is: 'starting', trouble: undefined });
  readonly desk: Signal<Desk | undefined> = signal<Desk | undefined>(undefined);
  /** What was typed: kept through every refusal and every page (IN8). */
  readonly name = signal('');
  readonly number = signal('');

  readonly #parts: Parts;
  readonly #life = new AbortController();
  #ready: Promise<Ready> | undefined;
  #lock: OnePage | undefined;
  #waiting: AbortController | undefined;
  #knocking: Place | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Finds out where this address leads. */
  async start(): Promise<void> {
    const { relay, route, secure, seats } = this.#parts;
    keepTrying(
      () => relay.desk(),
      () => undefined,
      this.#life.signal,
    )
      .then((desk) => (this.desk.value = desk))
      .catch(() => undefined); // no name in the header is no reason to stop
    if (route.is === 'support') return this.#go({ is: 'support', link: undefined });
    if (!secure) return this.#go({ is: 'insecure' });
    if (route.is === 'bad link') return this.#go({ is: 'over', why: 'bad link' });
    const kept = await seats.find(route.is === 'invitation' ? route.id : undefined);
    await (kept ? this.#comeBack(kept) : this.#showForm());
  }

  /** **Join**: with the name typed, and the number typed or the link's invitation. */
  async join(): Promise<void> {
    const joining = this.#knockOrEnter(); // before anything is drawn
    this.#joining({ is: 'sending', trouble: undefined });
    try {
      // A page left open for long has a seat that the relay has forgotten: another one, once.
      await joining.catch((error) => {
        if (error instanceof HulplijnError && error.code === 'signed-out') return this.#knockOrEnter();
        throw error;
      });
    } catch (error) {
      if (this.#life.signal.aborted) return;
      if (!(error instanceof HulplijnError)) throw error;
      this.#joining({ is: 'refused', code: error.code, retryAfter: error.retryAfter });
    }
  }

  async #knockOrEnter(): Promise<void> {
    const { route, seats } = this.#parts;
    const ready = await this.#warm();
    const { id, token } = ready.place;
    const seat: KeptSeat = { id, token, name: this.name.value.trim(), keptAt: Date.now() };
    if (route.is === 'invitation') seat.invitation = route.id;
    const invited = route.is === 'invitation' && route.key ? { id: route.id, key: route.key } : undefined;
    // Beside the question: nobody waits for the browser's store while the answer is under way.
    const kept = Promise.all([ready.prepared.pressed(invited), seats.keep(seat)]).then(this.#parts.cleanAddress);
    try {
      const asked = this.#tryingTo(() => this.#ask(ready, seat.name), this.#joiningTrouble);
      const [joined] = await Promise.all([asked, kept]);
      if (joined.state === 'present') return await this.#enter(seat, ready, joined);
      seat.lapsesAt = Date.now() + joined.lapsesAt - joined.now;
      await seats.keep(seat);
    } catch (error) {
      await kept.catch(() => undefined); // or it would be kept after it was forgotten
      if (!this.#life.signal.aborted) await this.#forget(seat, ready);
      throw error;
    }
    await this.#wait(seat, ready);
  }

  #ask({ place, prepared: { signingKey } }: Ready, name: string): Promise<Joined> {
    const { route } = this.#parts;
    return route.is === 'invitation'
      ? place.relay.join(route.id, name, signingKey)
      : place.relay.knock(this.number.value, name, signingKey);
  }

  /** "I did not ask for this", in three steps: ask, sure, thanks. */
  reporting(reporting: Reporting): void {
    const visit = this.visit.value;
    if (visit.is === 'invitation') this.#go({ ...visit, reporting });
  }

  async report(): Promise<void> {
    const { relay, route } = this.#parts;
    if (route.is !== 'invitation') return;
    this.reporting({ is: 'sending', trouble: undefined });
    try {
      await this.#tryingTo(
        () => relay.report(route.id),
        (trouble) => this.reporting({ is: 'sending', trouble }),
      );
    } catch {
      // Refused: the invitation is over already, which is what was wanted.
    }
    this.#go({ is: 'reported' });
  }

  /** Leaves while waiting to be let in: the knock is gone, the form is there again. */
  stopWaiting(): void {
    this.#waiting?.abort();
  }

  /** **Use here**: the other tab lets go first. */
  async useHere(): Promise<void> {
    this.#go({ is: 'elsewhere', asking: true });
    await this.#lock?.takeOver();
    this.#go({ is: 'starting', trouble: undefined });
    await this.start();
  }

  /** Back to the form, from a page that ends. */
  async again(): Promise<void> {
    this.#go({ is: 'starting', trouble: undefined });
    await this.#showForm();
  }

  /** The page goes: a knock goes with it; a conversation sees to itself. */
  goes(): void {
    const visit = this.visit.value;
    if (visit.is === 'session') void visit.conversation.close();
    if (visit.is === 'waiting') this.#knocking?.relay.gone(this.#knocking.page);
    this.#life.abort();
  }

  /** Whether closing the page would leave somebody alone: the browser asks first (ST5). */
  get inSession(): boolean {
    return this.visit.value.is === 'session';
  }

  async #showForm(): Promise<void> {
    this.#lock?.close();
    this.#lock = undefined;
    const { relay, route, href } = this.#parts;
    if (route.is !== 'invitation') this.#go({ is: 'number', joining: { is: 'not yet' } });
    else {
      const invitation = await this.#tryingTo(
        () => relay.invitation(route.id),
        (trouble) => this.#go({ is: 'starting', trouble }),
      ).catch((error) => {
        if (error instanceof HulplijnError) return undefined;
        throw error;
      });
      if (!invitation || invitation.state === 'over') return this.#go({ is: 'over', why: 'invitation over' });
      if (invitation.guest === 'representative') return this.#go({ is: 'support', link: href });
      this.#go({ is: 'invitation', invitation, joining: { is: 'not yet' }, reporting: { is: 'no' } });
    }
    // Seat, ticket and socket are ready before Join is pressed; a failure shows when it is.
    this.#warm().catch(() => undefined);
  }

  /** This browser was here before: to its seat without a knock, if nobody else holds it. */
  async #comeBack(seat: KeptSeat): Promise<void> {
    if (!(await this.#hold(seat.id))) return this.#go({ is: 'elsewhere', asking: false });
    const { relay, prepare } = this.#parts;
    const place = { relay: relay.withToken(seat.token), id: seat.id, token: seat.token, page: newPage() };
    const prepared = await this.#tryingTo(
      () => prepare(place),
      (trouble) => this.#go({ is: 'starting', trouble }),
    );
    await prepared.pressed(undefined); // once, before this page load
    const ready = { place, prepared };
    this.#ready = Promise.resolve(ready);
    this.name.value = seat.name;
    await (seat.session ? this.#enter(seat, ready) : this.#wait(seat, ready));
  }

  /** Until the knock is answered, or lapses, or the customer leaves. */
  async #wait(seat: KeptSeat, ready: Ready): Promise<void> {
    const { relay, page } = ready.place;
    this.#knocking = ready.place;
    const since = seat.keptAt; // when Join was pressed, also after a reload
    const shown = (trouble: Trouble | undefined) => this.#go({ is: 'waiting', since, trouble });
    this.#waiting = new AbortController();
    const signals = [this.#waiting.signal, this.#life.signal];
    if (seat.lapsesAt !== undefined) {
      shown(undefined);
      signals.push(AbortSignal.timeout(Math.max(0, seat.lapsesAt - Date.now()) + LAPSE_SLACK_MS));
    }
    const over = AbortSignal.any(signals);
    // Not having knocked (a crash in between): whether there is a seat shows at once, or the form does.
    const knocked = seat.lapsesAt !== undefined;
    const listen = () => untilDecided(relay.events(page, over), knocked, () => shown(undefined));
    const onTrouble = knocked ? shown : (trouble: Trouble) => this.#go({ is: 'starting', trouble });
    const decision = await this.#tryingTo(listen, onTrouble, over).catch((error): Decision => {
      // A seat that the relay has forgotten waits nowhere.
      if (!over.aborted && error instanceof HulplijnError && error.code === 'signed-out') return { is: 'refused' };
      if (!over.aborted) throw error;
      return { is: this.#waiting?.signal.aborted ? 'nothing' : 'refused' };
    });
    if (this.#life.signal.aborted || this.visit.value.is === 'elsewhere') return;
    if (decision.is === 'elsewhere') return this.#letGo();
    if (decision.is === 'admitted') return this.#enter(seat, ready, { roster: decision.roster });
    if (over.aborted) relay.gone(page);
    await this.#forget(seat, ready);
    if (decision.is === 'nothing') return this.again();
    if (seat.invitation) return this.#go({ is: 'refused' });
    // JO4: the same sentence as for a wrong number, in the same place.
    this.#go({ is: 'number', joining: { is: 'refused', code: 'bad-number', retryAfter: undefined } });
    this.#warm().catch(() => undefined);
  }

  async #enter(seat: KeptSeat, ready: Ready, { roster, ice }: { roster?: Roster; ice?: Ice } = {}): Promise<void> {
    const kept: KeptSeat = roster ? { ...seat, session: roster.id } : { ...seat };
    delete kept.lapsesAt;
    const entering = ready.prepared.enter({
      name: seat.name,
      desk: this.desk.value ?? { name: roster?.desk ?? '', url: this.#parts.relay.origin },
      roster,
      ice,
      onElsewhere: () => void this.#letGo(),
    });
    const [conversation] = await Promise.all([entering, this.#parts.seats.keep(kept)]);
    this.#go({ is: 'session', conversation });
    const unwatch = conversation.snapshot.subscribe((snapshot) => {
      const ended = endOf(snapshot);
      if (!ended || this.visit.value.is !== 'session') return;
      this.#go({ is: 'ended', ended, received: conversation.drawReceived() });
      // Not at once: the first look happens while subscribing.
      queueMicrotask(() => unwatch());
      void conversation.finish();
      void this.#parts.seats.forget(seat.id);
    });
  }

  /** Another tab of this browser has the seat now. */
  async #letGo(): Promise<void> {
    const visit = this.visit.value;
    if (visit.is !== 'session' && visit.is !== 'waiting') return;
    this.#go({ is: 'elsewhere', asking: false });
    this.#waiting?.abort();
    const ready = await this.#ready;
    if (visit.is === 'session') await visit.conversation.close();
    await ready?.prepared.close();
    this.#ready = undefined;
  }

  /** `false`: another tab has it. */
  #hold(id: string): Promise<boolean> {
    this.#lock ??= new OnePage(id, () => this.#letGo());
    return this.#lock.take();
  }

  /** The seat is dead: nothing of it stays in this browser. */
  async #forget(seat: KeptSeat, ready: Ready): Promise<void> {
    this.#ready = undefined;
    await this.#parts.seats.forget(seat.id);
    await ready.prepared.close({ forget: true });
    this.#lock?.close();
    this.#lock = undefined;
  }

  /** Seat, ticket and socket; once for a form, whoever asks first. */
  #warm(): Promise<Ready> {
    this.#ready ??= this.#tryingTo(async () => {
      const { relay, prepare } = this.#parts;
      const seat = await relay.seat();
      await this.#hold(seat.id);
      const place = { relay: relay.withToken(seat.token), id: seat.id, token: seat.token, page: newPage() };
      return { place, prepared: await prepare(place) };
    }, this.#joiningTrouble);
    this.#ready.catch(() => (this.#ready = undefined));
    return this.#ready;
  }

  /** Said only to somebody who pressed **Join** and waits. */
  #joiningTrouble = (trouble: Trouble): void => {
    const visit = this.visit.value;
    const waits = (visit.is === 'number' || visit.is === 'invitation') && visit.joining.is === 'sending';
    if (waits) this.#joining({ is: 'sending', trouble });
  };

  #tryingTo<A>(call: () => Promise<A>, onTrouble: (trouble: Trouble) => void, signal = this.#life.signal): Promise<A> {
    let trouble: Trouble | undefined;
    const heard = (code: ErrorCode) => {
      trouble = stillTrouble(trouble, code, Date.now());
      onTrouble(trouble);
    };
    return keepTrying(call, heard, signal);
  }

  #joining(joining: Joining): void {
    const visit = this.visit.value;
    if (visit.is === 'number' || visit.is === 'invitation') this.#go({ ...visit, joining });
  }

  #go(visit: Visit): void {
    this.visit.value = follow(this.visit.value, visit);
  }
}

function newPage(): string {
  return randomId();
}
