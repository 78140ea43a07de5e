import type { ParticipantId } from '../../shared/protocol/ids.ts';

/**
 * PeerJS's wire format (1.5.5), both ways. What two pages negotiate is passed on unread: of a frame only its type and
 * addressee are looked at, at its two ends, which is where the unmodified client writes them.
 */
export type Frame =
  | { is: 'heartbeat' }
  | { is: 'pass'; type: 'OFFER' | 'ANSWER' | 'CANDIDATE'; dst: ParticipantId; payload: string }
  | { is: 'bad'; reason: string };

const BAD: Frame = { is: 'bad', reason: 'not a frame' };
const HEARTBEAT = '{"type":"HEARTBEAT"}';
const HEAD = /^\{"type":"(OFFER|ANSWER|CANDIDATE)","payload":\{/;
const TAIL = /\},"dst":"([0-9a-f]{32})"\}$/;
const TAIL_LENGTH = '},"dst":""}'.length + 32;

/**
 * `bytes` are UTF-8. What is passed on is never decoded: `text` and `payload` have a character for each byte (latin1), and
 * all that is looked for is ASCII, which no other character's bytes are.
 */
export function readFrame(bytes: Buffer): Frame {
  const text = bytes.toString('latin1');
  if (text === HEARTBEAT) return { is: 'heartbeat' };
  const head = HEAD.exec(text.slice(0, 40));
  const tail = TAIL.exec(text.slice(-TAIL_LENGTH));
  const type = head?.[1];
  const dst = tail?.[1];
  if (!head || !dst || (type !== 'OFFER' && type !== 'ANSWER' && type !== 'CANDIDATE')) return BAD;
  const payload = text.slice(head[0].length - 1, text.length - TAIL_LENGTH + 1);
  return isOneObject(payload) ? { is: 'pass', type, dst, payload } : BAD;
}

/** The frame as its addressee gets it. `payload` has been read by `readFrame`, so it cannot say who it is from. */
export function passedOn(frame: Extract<Frame, { is: 'pass' }>, src: ParticipantId): string {
  return `{"type":"${frame.type}","src":"${src}","dst":"${frame.dst}","payload":${frame.payload}}`;
}

/** A text of this file, or of a relay's like this one, as it goes onto the wire. */
export function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

export const OPEN = '{"type":"OPEN"}';

/** `peer` is not there. */
export function expire(peer: ParticipantId, dst: ParticipantId): string {
  return `{"type":"EXPIRE","src":"${peer}","dst":"${dst}"}`;
}

/** Final for this socket. PeerJS hides close codes, so the reason is a frame too. */
export function refused(reason: string): string {
  return JSON.stringify({ type: 'ERROR', payload: { msg: reason } });
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const DEPTH = 32;

/**
 * Whether the first brace is closed by the last character and not before: so nothing in it stands beside what the relay
 * writes. Strings, which are nearly all of a frame, are skipped by `indexOf`; whether it is JSON at all, the page that
 * gets it finds out.
 */
function isOneObject(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) return false;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > DEPTH) return false;
    } else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --depth === 0) {
      return at === text.length - 1;
    }
  }
  return false;
}

/** Index of the quote that closes the string opened at `start`; -1 if none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at < 0) return -1;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}
