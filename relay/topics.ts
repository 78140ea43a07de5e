import type { ParticipantId, SessionId } from '../shared/protocol/ids.ts';

/** Topics of the store's publish/subscribe. */
export const topics = {
  /** A session's record changed: read it. */
  session: (id: SessionId) => `session:${id}`,
  /** What that agent is offered, their switch or their queues changed. */
  agent: (id: string) => `agent:${id}`,
  /** That participant is in, or waits at, one more session: the message is its id. */
  member: (id: ParticipantId) => `member:${id}`,
  /** To the event streams of a participant: `replaced <by stream>`, `gone <page>`, `close`. */
  stream: (id: ParticipantId) => `stream:${id}`,
  /** To the signalling sockets of a participant: a frame, or `!replaced <by socket>`, `!close`. */
  peer: (id: ParticipantId) => `peer:${id}`,
};
