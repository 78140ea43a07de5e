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
  close(): void;
}

export interface WireEvents {
  open(): void;
  data(data: unknown): void;
  /** Also when it never opened. At most once, and not after one's own `close`. */
  close(why: string): void;
  /** ICE says `disconnected`: it may come back by itself. */
  shaky(): void;
}
