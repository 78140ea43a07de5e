import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Control } from '../protocol/control.ts';
import { ErrorBody, HulplijnError } from '../protocol/errors.ts';
import {
  Admitted,
  Desk,
  type EmailAddress,
  type Guest,
  Ice,
  Invitation,
  Invited,
  Joined,
  type Language,
  Me,
  type Mode,
  Offer,
  type OfferRequest,
  RelayEvent,
  Roster,
  Seat,
  SignedIn,
  SignInStarted,
  Ticket,
  Transferees,
} from '../protocol/relay-api.ts';
import { parseJson, z } from '../protocol/schema.ts';

const ANSWER_MS = 10_000;
/** The relay sends at least a comment every 15 s: a stream silent for longer is dead, whatever TCP thinks. */
const STREAM_SILENCE_MS = 40_000;

type Call = { body?: unknown; signal?: AbortSignal; within?: number };

/**
 * The relay's HTTP interface (`protocol/relay-api.ts`) as calls. Everything that comes back is parsed here.
 * Every call throws a `HulplijnError`: the relay's own refusal, `relay-unreachable` when nothing answers, or `no-relay`
 * when what answers is something else.
 */
export class RelayClient {
  readonly origin: string;
  readonly #token: string | undefined;

  /** `origin` without a trailing slash; `token` of an agent's browser or a customer's seat. */
  constructor(origin: string, token?: string) {
    this.origin = origin;
    this.#token = token;
  }

  withToken(token: string): RelayClient {
    return new RelayClient(this.origin, token);
  }

  desk = (signal?: AbortSignal) => this.#get('desk', Desk, signal);
  me = () => this.#get('me', Me);
  ice = () => this.#get('ice', Ice);
  signIn = (email: string, language: Language) => this.#post('sign-in', SignInStarted, { email, language });
  verify = (request: string, secret: string, code: string, browser: string) =>
    this.#post('sign-in/verify', SignedIn, { request, secret, code, browser });
  signOut = () => this.#post('sign-out', z.unknown());
  revoke = (device: string) => this.#post('me/revoke', z.unknown(), { device });

  seat = () => this.#post('seats', Seat);
  ticket = async (): Promise<string> => (await this.#post('ticket', Ticket)).ticket;
  invitation = (id: string) => this.#get(`invitations/${id}`, Invitation);
  // `signingKey`: of the page that takes the place (TC6).
  join = (invitation: string, name: string, signingKey: string) =>
    this.#post(`invitations/${invitation}/join`, Joined, { name, signingKey });
  report = (invitation: string) => this.#post(`invitations/${invitation}/report`, z.unknown());
  knock = (number: string, name: string, signingKey: string) =>
    this.#post('knock', Joined, { number, name, signingKey });

  start = (signingKey: string, mode?: Mode) => this.#post('sessions', Roster, { signingKey, ...(mode && { mode }) });
  assist = (by: { number: string } | { invitation: string }, signingKey: string) =>
    this.#post('sessions/assist', Roster, { ...by, signingKey });
  invite = (
    session: string,
    request: { guest: Guest; language: Language; epoch: number; mail?: z.infer<typeof EmailAddress> },
  ) => this.#post(`sessions/${session}/invitations`, Invited, request);
  admit = (session: string, participant: string, epoch: number) =>
    this.#post(`sessions/${session}/admit`, Admitted, { participant, epoch });
  decline = (session: string, participant: string, epoch: number) =>
    this.#post(`sessions/${session}/decline`, z.unknown(), { participant, epoch });
  remove = (session: string, participant: string, epoch: number) =>
    this.#post(`sessions/${session}/remove`, z.unknown(), { participant, epoch });
  control = (session: string, control: Control) => this.#post(`sessions/${session}/control`, Roster, { control });
  transferees = (mode?: Mode) => this.#get(mode ? `transferees?mode=${mode}` : 'transferees', Transferees);
  available = (on: boolean) => this.#post('availability', z.unknown(), { on });
  offer = (session: string, request: OfferRequest) => this.#post(`sessions/${session}/offer`, Offer, request);
  accept = (offer: string, signingKey: string) => this.#post(`offers/${offer}/accept`, Roster, { signingKey });
  declineOffer = (offer: string) => this.#post(`offers/${offer}/decline`, z.unknown());
  takeBack = (offer: string, signingKey: string) => this.#post(`offers/${offer}/take-back`, Roster, { signingKey });
  leave = (session: string) => this.#post(`sessions/${session}/leave`, z.unknown());
  end = (session: string, epoch: number) => this.#post(`sessions/${session}/end`, z.unknown(), { epoch });

  /** What one page alone asks for (administration): `path` below `/api`; `within` so many ms. */
  ask<S extends z.ZodMiniType>(method: 'GET' | 'POST', path: string, schema: S, call: Omit<Call, 'signal'> = {}) {
    return this.#parsed(method, path, schema, call);
  }

  /** As it is, to be saved as a file. */
  async text(path: string): Promise<string> {
    return (await this.#call('GET', path, { signal: AbortSignal.timeout(ANSWER_MS) })).text();
  }

  /**
   * Outlives the page that calls it; whether it arrived cannot be known. A beacon is all that a browser sends
   * after the page.
   */
  gone(page: string): void {
    navigator.sendBeacon(`${this.origin}/api/gone`, JSON.stringify({ page, token: this.#token }));
  }

  /**
   * The event stream of this page load, from its first event until it breaks: then it throws, or ends after an abort.
   * Reconnecting is the caller's.
   */
  async *events(page: string, signal: AbortSignal): AsyncGenerator<RelayEvent> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), STREAM_SILENCE_MS);
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), STREAM_SILENCE_MS);
    };
    try {
      const response = await this.#call('GET', 'events', {
        signal: AbortSignal.any([signal, silence.signal]),
        headers: { 'hulplijn-page': page },
      });
      const frames = response.body
        ?.pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream({ onComment: heard }))
        .getReader();
      if (!frames) throw new HulplijnError('no-relay');
      for (;;) {
        const { done, value } = await frames.read();
        if (done) throw new HulplijnError('relay-unreachable');
        heard();
        const event = parseJson(RelayEvent, `{"event":${JSON.stringify(value.event ?? '')},"data":${value.data}}`);
        if (!event) throw new HulplijnError('no-relay');
        yield event;
      }
    } catch (cause) {
      if (signal.aborted) return;
      throw cause instanceof HulplijnError ? cause : new HulplijnError('relay-unreachable', { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  #get<S extends z.ZodMiniType>(path: string, schema: S, signal?: AbortSignal): Promise<z.output<S>> {
    return this.#parsed('GET', path, schema, signal ? { signal } : {});
  }

  #post<S extends z.ZodMiniType>(path: string, schema: S, body?: unknown): Promise<z.output<S>> {
    return this.#parsed('POST', path, schema, { body });
  }

  async #parsed<S extends z.ZodMiniType>(method: 'GET' | 'POST', path: string, schema: S, call: Call) {
    const deadline = AbortSignal.timeout(call.within ?? ANSWER_MS);
    const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline;
    const response = await this.#call(method, path, { ...call, signal });
    const parsed = z.safeParse(schema, await response.json().catch(() => undefined));
    if (!parsed.success) throw new HulplijnError('no-relay', { cause: parsed.error });
    return parsed.data;
  }

  async #call(method: 'GET' | 'POST', path: string, call: Call & { headers?: Record<string, string> }) {
    const headers: Record<string, string> = { ...call.headers };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (method === 'POST') headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(`${this.origin}/api/${path}`, {
        method,
        headers,
        body: method === 'POST' ? JSON.stringify(call.body ?? {}) : null,
        signal: call.signal ?? null,
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
    } catch (cause) {
      throw new HulplijnError('relay-unreachable', { cause });
    }
    if (response.ok) return response;
    const refusal = parseJson(ErrorBody, await response.text().catch(() => ''));
    throw refusal
      ? new HulplijnError(refusal.error, { retryAfter: refusal.retryAfter, pairs: refusal.pairs })
      : new HulplijnError(response.status >= 500 ? 'relay-unreachable' : 'no-relay');
  }
}
