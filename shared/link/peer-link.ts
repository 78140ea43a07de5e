import { type DataConnection, Peer, PeerErrorType } from 'peerjs';
import type { Hub } from './link.ts';
import { PeerWire } from './peer-wire.ts';
import { backOff, inTime, TIMES } from './times.ts';
import type { Wire } from './wire.ts';

export interface SignallingOptions {
  id: string; // own participant id
  relay: URL; // http(s) origin
  certificate: RTCCertificate;
  ticket(): Promise<string>;
  ice(): Promise<RTCIceServer[]>;
}

export interface SignallingEvents {
  state(state: Hub['signalling']): void;
  /** The socket is there (again): others can be dialled. */
  open(): void;
  lost(): void;
  incoming(wire: Wire): void;
  /** The relay knows nobody of that id. */
  absent(peer: string): void;
}

/** How PeerJS puts the id of an absent peer into words; it says it nowhere else. */
const ABSENT = /^Could not connect to peer (\S+)$/;

/**
 * The page's one Peer over the whole life of the page: its socket, dials and incoming connections. The only importer
 * of peerjs (peer-wire.ts takes a type of it). What PeerJS does not do and this does: a ticket for every socket, a new socket after
 * a loss, ICE servers that are not older than the dial.
 */
export class Signalling {
  readonly #options: SignallingOptions;
  readonly #events: SignallingEvents;
  #state: Hub['signalling'] = 'connecting';
  #peer: Peer | undefined;
  #suspended = false;
  #busy = false;
  #tries = 0;
  #at = 0; // ms; no new socket before
  #openBy = 0; // ms; the socket must have opened by then
  #refreshed = 0;
  #ice: { servers: RTCIceServer[]; at: number } | undefined;
  #askingIce: Promise<void> | undefined;
  #iceDue = 0; // ms

  constructor(options: SignallingOptions, events: SignallingEvents) {
    this.#options = options;
    this.#events = events;
  }

  get state(): Hub['signalling'] {
    return this.#state;
  }

  tick(now: number): void {
    if (this.#suspended || this.#state === 'replaced' || this.#state === 'closed') return;
    // Before they are too old, so that no dial waits for them.
    if (now >= this.#iceDue) void this.#askIce();
    const idle = !this.#peer || this.#peer.destroyed || this.#peer.disconnected;
    if (idle && !this.#busy && now >= this.#at) void this.#register();
    else if (!idle && this.#state === 'connecting' && now > this.#openBy) this.#peer?.disconnect();
  }

  /** Begins a dial; `false` when there is no socket. `then` gets the wire, or nothing when the socket went meanwhile. */
  dial(peer: string, session: string, then: (wire: Wire | undefined) => void): boolean {
    if (this.#state !== 'open') return false;
    void this.#iceServers().then(() => {
      // `undefined` when disconnected, whatever its type says
      const connection: DataConnection | undefined =
        this.#state === 'open'
          ? this.#peer?.connect(peer, { label: session, reliable: true, serialization: 'raw' })
          : undefined;
      then(connection && new PeerWire(connection, true));
    });
    return true;
  }

  /** The socket may be dead without knowing it (sleep, another network, a dial without answer): take a new one. */
  refresh(now: number): void {
    if (this.#state !== 'open' || now - this.#refreshed < TIMES.socketRefresh) return;
    this.#refreshed = now;
    this.#peer?.disconnect();
  }

  /** The page is hidden for good, or comes back from the back/forward cache. */
  suspend(suspended: boolean): void {
    this.#suspended = suspended;
    if (suspended) this.#peer?.disconnect();
    else this.#at = 0;
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#say('closed');
    this.#peer?.destroy();
  }

  #say(state: Hub['signalling']): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.state(state);
  }

  /** The relay let us in: it may give a participant servers that it gives nobody else. These, or those it says now. */
  letIn(servers?: RTCIceServer[]): void {
    this.#ice = undefined;
    this.#askingIce = undefined;
    if (servers) this.#takeIce(servers);
    else void this.#iceServers();
  }

  /** Fetched before each dial; one fetched lately counts. Without an answer the last known serve. */
  async #iceServers(): Promise<void> {
    if (!this.#ice || Date.now() - this.#ice.at > TIMES.iceFresh) await this.#askIce();
  }

  #askIce(): Promise<void> {
    if (this.#askingIce) return this.#askingIce;
    this.#iceDue = Date.now() + TIMES.iceFresh / 2;
    const asking: Promise<void> = inTime(this.#options.ice())
      .then((servers) => {
        if (this.#askingIce === asking) this.#takeIce(servers);
      })
      .catch(() => undefined)
      .then(() => {
        if (this.#askingIce === asking) this.#askingIce = undefined;
      });
    this.#askingIce = asking;
    return asking;
  }

  #takeIce(servers: RTCIceServer[]): void {
    this.#ice = { servers, at: Date.now() };
    // For dials and, at once, for whoever dials us.
    if (this.#peer) this.#peer.options.config = this.configuration;
  }

  /** Of every connection. Always given: PeerJS's own default names public servers. */
  get configuration(): RTCConfiguration {
    return { iceServers: this.#ice?.servers ?? [], certificates: [this.#options.certificate] };
  }

  async #register(): Promise<void> {
    this.#busy = true;
    try {
      const [token] = await Promise.all([inTime(this.#options.ticket()), this.#askIce()]);
      if (this.#suspended || this.#state === 'closed') return;
      this.#openBy = Date.now() + TIMES.socketOpen;
      if (!this.#peer || this.#peer.destroyed) this.#make(token);
      else if (this.#peer.disconnected) {
        this.#peer.options.token = token; // PeerJS would send the old one again
        this.#peer.reconnect();
      }
    } catch {
      this.#later();
    } finally {
      this.#busy = false;
    }
  }

  #later(): void {
    this.#tries += 1;
    this.#at = Date.now() + backOff(TIMES.socketBackOff, this.#tries);
  }

  #make(token: string): void {
    const { relay, id } = this.#options;
    const secure = relay.protocol === 'https:';
    const peer = new Peer(id, {
      host: relay.hostname,
      port: Number(relay.port) || (secure ? 443 : 80),
      path: '/',
      secure,
      token,
      config: this.configuration,
      debug: 0,
    });
    this.#peer = peer;
    peer.on('open', () => {
      this.#tries = 0;
      this.#say('open');
      this.#events.open();
    });
    peer.on('disconnected', () => {
      if (this.#state === 'closed') return;
      // At once the first time, then ever slower: `#tries` starts again with `open`.
      if (this.#tries > 0) this.#later();
      else {
        this.#tries = 1;
        this.#at = Date.now() + backOff(TIMES.socketBackOff, 1) / 2;
      }
      if (this.#state !== 'replaced') this.#say('connecting');
      this.#events.lost();
    });
    peer.on('error', (error) => {
      // The loser of "newest wins" must not come back, or two pages push each other out for ever.
      if (error.type === PeerErrorType.ServerError && error.message === 'replaced') this.#say('replaced');
      const absent = error.type === PeerErrorType.PeerUnavailable ? ABSENT.exec(error.message)?.[1] : undefined;
      if (absent) this.#events.absent(absent);
    });
    peer.on('connection', (connection) => {
      // The dialler picks the serialisation; PeerJS's others are dangerous (README.md).
      const fits = connection.serialization === 'raw' && connection.reliable;
      if (fits && this.#state !== 'closed') this.#events.incoming(new PeerWire(connection, false));
      else connection.close();
    });
    peer.on('call', (call) => call.close());
  }
}
