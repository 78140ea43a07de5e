/**
 * The link's contract: what the rest of the product knows of it. One `Hub` for a page, one `Link` for each pair of
 * participants in a session. How it is kept: README.md beside this file.
 */

/** What a participant is, for the others: bound together by the proof, kept for the seat. */
export interface PeerIdentity {
  signingKey: string; // protocol/ids.ts SigningKey
  fingerprints: readonly string[]; // sha-256 of the DTLS certificate(s), protocol/ids.ts Fingerprint
}

/** What a link is proven against. */
export type Trust = HeldAgainst & {
  /** The signing key that the relay names: with another one there is no link; with this one nothing is proven by it. */
  named?: string;
};
type HeldAgainst =
  /**
   * Both hold the invitation's key (`importInvitationKey`). `required`: without showing it nothing passes. Otherwise who
   * says that they have none is let in as "not compared", but never again once they have shown it in this session.
   */
  | { kind: 'invitation'; key: CryptoKey; required: boolean }
  /** The primary has vouched for exactly this identity; `proven` when both its own legs are. */
  | { kind: 'introduced'; identity: PeerIdentity; proven: boolean }
  /** Nothing to hold against: "not compared". */
  | { kind: 'none' };

/** `pending`: no proof yet. `mismatch`: the proof failed; stays until a later proof succeeds. */
export type LinkAssurance = 'pending' | 'proven' | 'not compared' | 'mismatch';
export type LinkState = 'connecting' | 'live' | 'lost';

export interface LinkStatus {
  state: LinkState;
  since: number; // ms, when it entered that state
  assurance: LinkAssurance;
  them: PeerIdentity | undefined; // as seen on the last proven connection
}

/** What a connection can carry beside text, in the order of its transceivers. */
export const SLOTS = ['voice', 'camera', 'screen', 'screen sound'] as const;
export type Slot = (typeof SLOTS)[number];

/** How a track is sent (W3C webrtc, mst-content-hint). What is not given is the browser's to choose. */
export interface SendOptions {
  /** What gives way when the path or the machine cannot carry it all. */
  degradationPreference?: RTCDegradationPreference;
  maxBitrate?: number; // bits per second
  maxFramerate?: number; // frames per second
  scaleResolutionDownBy?: number; // at least 1
}

/** One entry of a session's journal: everything kept, own and received, in the order this side stored it. */
export interface JournalEntry {
  seq: number; // this side's order
  from: string; // participant id of the peer whose link brought it, or one's own
  text: string;
  at: number; // ms, when it was stored here
}

export interface SessionLinksEvents {
  /** A kept message of that peer, exactly once and in order, after it was stored. */
  received(entry: JournalEntry): void;
  /** Something of this connection only. */
  passed(peer: string, text: string): void;
  /** Before the first, a link is `connecting` and `pending`. */
  status(peer: string, status: LinkStatus): void;
  /** The peer has stored our journal entry `seq`. */
  acknowledged(peer: string, seq: number): void;
  /** The peer has lost its store: it needs the transcript. */
  lostStore(peer: string): void;
  /**
   * The tracks that the peer's slots carry now: those of the connection in use, `undefined` while there is none with
   * media. A track is there before anything is sent in it (then it is `muted`), and another one after a re-dial.
   */
  media(peer: string, tracks: Readonly<Record<Slot, MediaStreamTrack>> | undefined): void;
  /**
   * The channel for bulk data of the connection in use (ordered, `binaryType` arraybuffer), `undefined` while there is
   * none. The two sides are told at two moments, and what comes before anybody listens is lost: who receives speaks
   * first.
   */
  bulk(peer: string, channel: RTCDataChannel | undefined): void;
}

export interface Beside {
  configuration: RTCConfiguration;
  fingerprints: readonly string[];
}

/** All links of one session in this page. */
export interface SessionLinks {
  /**
   * Everything kept so far, from the store: what the session's state is rebuilt from after a reload. Asked before the
   * first `want` it overlaps with no `received`; later, go by `seq`.
   */
  journal(): Promise<{ entries: JournalEntry[]; unacknowledged: { peer: string; seq: number }[] }>;
  /**
   * There should be a link to `peer`, held against `trust`; says so again whenever the trust changes. `theyDial`: it
   * knows of us already, so its first dial is given a moment's start; or both would connect twice.
   */
  want(peer: string, trust: Trust, options?: { theyDial?: boolean }): void;
  /** The roster says that `peer` has (re)appeared: if not live, dial now. */
  wake(peer: string): void;
  /** No link to `peer` any more; closes it at once. May be called twice. */
  drop(peer: string): void;
  /**
   * Stores one own journal entry and, in the same transaction, its way to each of `to` (linked or not yet), then sends.
   * Resolves with the entry once it is stored. Texts over `KEPT_BYTES` in UTF-8 throw a RangeError.
   */
  post(text: string, to: readonly string[]): Promise<JournalEntry>;
  /** Sends on the live connection or not at all. */
  pass(peer: string, text: string): void;
  /**
   * What this side sends to `peer` in `slot` from now on, over re-dials too, until it is `undefined` or the peer is
   * dropped. The content hint is the track's own. Throws a TypeError for a track of the wrong kind.
   */
  send(peer: string, slot: Slot, track: MediaStreamTrack | undefined, options?: SendOptions): void;
  /**
   * What further connections to `peer`, beside the one in use, are made with: our certificate and servers, and the
   * fingerprints theirs must have, because these have been proven. `undefined` without a connection in use.
   */
  beside(peer: string): Beside | undefined;
  /** Statistics of the connection in use (W3C webrtc-stats), `undefined` without one. */
  stats(peer: string): Promise<RTCStatsReport | undefined>;
  /** Closes all links of the session; `forget` also deletes what is stored. May be called twice. */
  close(options?: { forget?: boolean }): Promise<void>;
}

export interface Hub {
  /** The state of the signalling socket. */
  readonly signalling: 'connecting' | 'open' | 'replaced' | 'closed';
  session(session: string, events: SessionLinksEvents): SessionLinks;
  /**
   * The person asked to be let in: from now on a connection may come before its session is known here, and waits a
   * moment for that. Before, and with no session, every one is closed.
   */
  expect(): void;
  /** The relay let us in, and gives these servers now; left out, they are asked for. */
  letIn(iceServers?: RTCIceServer[]): void;
  /** Says "gone" on every link by closing every connection (`pagehide`). */
  close(): void;
}

/** UTF-8 bytes of one kept message: a 10,000-character line (SH3) with its envelope fits in any script. */
export const KEPT_BYTES = 96 * 1024;
