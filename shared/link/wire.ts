import type { SendOptions, Slot } from './link.ts';

/**
 * One connection as the link sees it, whatever carries it: peer-link.ts makes them of PeerJS connections, tests of
 * queues. It opens once, closes once and is never revived.
 */
export interface Wire {
  readonly peer: string;
  readonly session: string;
  readonly dialled: boolean;
  /** `false` once it can carry nothing any more, said by an event or not. */
  readonly alive: boolean;
  /** Once. What has happened before is told then. */
  listen(events: WireEvents): void;
  /** Nothing happens on a closed one. */
  send(text: string): void;
  /**
   * The certificates it stands on. Rejects when they cannot be told, or are not what the connection's descriptions
   * announced. Only once open.
   */
  fingerprints(): Promise<{ own: string[]; theirs: string[] }>;
  /** After the proof: further ICE candidates go over the line itself and no more through the relay. */
  takeOverCandidates(send: (candidate: RTCIceCandidateInit) => void): void;
  addCandidate(candidate: RTCIceCandidateInit): void;
  /** Media and bulk data, where it carries them: only on a proven connection. `bulk` is there once it is open. */
  readonly media?: WireMedia | undefined;
  readonly bulk?: RTCDataChannel | undefined;
  /** W3C webrtc-stats. */
  stats?(): Promise<RTCStatsReport>;
  close(): void;
}

/** What the two ends say to agree on media, over the line. `text`: SDP, none for `refused`: then there are no media. */
export interface MediaWord {
  is: 'offer' | 'answer' | 'refused';
  text: string;
}
/** What one slot sends. */
export interface Sent {
  track: MediaStreamTrack;
  options: SendOptions;
}
export type SlotTracks = Readonly<Record<Slot, MediaStreamTrack>>;

/** The slots of one connection. Nothing of it throws: what fails ends its media. */
export interface WireMedia {
  /** What the other's slots carry; `undefined` until both have agreed, and when they could not. */
  readonly tracks: SlotTracks | undefined;
  /** `tracks` is another. */
  onchange: (() => void) | undefined;
  /** Agrees on media with the other end. May be called again; nothing is said twice. */
  begin(say: (word: MediaWord) => void): void;
  /** What the other end says. */
  take(word: MediaWord, say: (word: MediaWord) => void): void;
  /** What a slot sends from now on, at the latest when the two have agreed. */
  put(slot: Slot, sent: Sent | undefined): void;
}

export interface WireEvents {
  open(): void;
  data(data: unknown): void;
  /** Also when it never opened. At most once, and not after one's own `close`. */
  close(why: string): void;
  /** ICE says `disconnected`: it may come back by itself. */
  shaky(): void;
}
