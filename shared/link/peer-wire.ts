import type { DataConnection } from 'peerjs';
import { Early } from './early.ts';
import { fingerprintOfDer, fingerprintsOf } from './fingerprints.ts';
import { Slots } from './slots.ts';
import type { Wire, WireEvents } from './wire.ts';

/** Of the channel for bulk data, made on both sides. PeerJS's own, the only one made in-band, has 0 or 1 (RFC 8832). */
const BULK = 2;

/** A PeerJS connection as a `Wire`. Its `label` is the session's id. */
export class PeerWire implements Wire {
  readonly dialled: boolean;
  readonly media: Slots;
  readonly #connection: DataConnection;
  /** PeerJS drops its own reference on close. */
  readonly #pc: RTCPeerConnection;
  readonly #early = new Early(() => this.close());
  #bulk: RTCDataChannel | undefined;
  #over = false;

  constructor(connection: DataConnection, dialled: boolean) {
    this.#connection = connection;
    this.#pc = connection.peerConnection;
    this.dialled = dialled;
    this.media = new Slots(this.#pc, dialled);
    this.#hear(this.#early);
  }

  get peer(): string {
    return this.#connection.peer;
  }
  get session(): string {
    return this.#connection.label;
  }

  get bulk(): RTCDataChannel | undefined {
    return this.#bulk;
  }

  get alive(): boolean {
    return !this.#over && this.#pc.signalingState !== 'closed';
  }

  listen(events: WireEvents): void {
    this.#early.listen(events);
  }

  #hear(events: WireEvents): void {
    const over = (why: string) => {
      if (this.#over) return;
      this.close();
      events.close(why);
    };
    this.#connection.on('open', () => {
      // A channel of the other side's making would replace ours inside PeerJS. We agree on channels (`negotiated`).
      this.#pc.ondatachannel = (event) => event.channel.close();
      this.#pc.ontrack = null; // PeerJS's looks for a call that is not there
      this.#deafen();
      if (this.#over) return;
      this.#bulk = this.#pc.createDataChannel('bulk', { negotiated: true, id: BULK });
      this.#bulk.binaryType = 'arraybuffer';
      events.open();
    });
    this.#connection.on('data', (data) => {
      if (!this.#over) events.data(data);
    });
    this.#connection.on('close', () => over('closed'));
    // A connection that never opened says no `close`, only this.
    this.#connection.on('error', (error) => over(`error: ${error.type}`));
    this.#connection.on('iceStateChanged', (state) => {
      if (state === 'disconnected' && !this.#over) events.shaky();
    });
  }

  /**
   * PeerJS would apply an answer of the relay's at any time. While our own media offer is out (slots.ts) one would fit,
   * and could take the connection to another certificate after the proof.
   */
  #deafen(): void {
    const handle = this.#connection.handleMessage.bind(this.#connection);
    this.#connection.handleMessage = async (message) => {
      if (`${message.type}` === 'CANDIDATE') await handle(message);
    };
  }

  send(text: string): void {
    // PeerJS emits an error for a connection that is not open, and drops what is sent on a closed one.
    if (!this.#over && this.#connection.open) this.#connection.send(text);
  }

  async fingerprints(): Promise<{ own: string[]; theirs: string[] }> {
    const own = fingerprintsOf(this.#pc.localDescription?.sdp ?? '');
    const theirs = fingerprintsOf(this.#pc.remoteDescription?.sdp ?? '');
    if (!own || !theirs) throw new Error('fingerprints missing, or not sha-256');
    // What DTLS has really seen, where the browser tells: one of what was announced.
    const [certificate] = this.#pc.sctp?.transport.getRemoteCertificates?.() ?? [];
    if (certificate && !theirs.includes(await fingerprintOfDer(certificate))) throw new Error('another certificate');
    return { own, theirs };
  }

  takeOverCandidates(send: (candidate: RTCIceCandidateInit) => void): void {
    this.#pc.onicecandidate = null; // PeerJS's: would go through the relay
    this.#pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate && !this.#over) send(candidate.toJSON());
    });
  }

  addCandidate(candidate: RTCIceCandidateInit): void {
    // One that does not parse helps nobody and harms nothing.
    if (!this.#over) this.#pc.addIceCandidate(candidate).catch(() => undefined);
  }

  stats(): Promise<RTCStatsReport> {
    return this.#pc.getStats();
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection.close();
    if (this.#pc.signalingState !== 'closed') this.#pc.close();
  }
}
