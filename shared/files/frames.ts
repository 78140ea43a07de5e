/**
 * The codec of the bulk channels, its only one. A frame is one binary message: kind (1 byte), three zero bytes, the
 * number of the transfer (4 bytes), then what its kind says, all big-endian. Each direction has numbers of its own:
 * `ask`, `data`, `end` and `stop` go from a file's sender to its receiver, the others back.
 */

/** Bytes of a file that one message carries at most; every one but a block's last carries exactly so many. */
export const CHUNK = 64 * 1024;
/** Bytes of a block: what is hashed, verified, credited and resumed as one. A file's last one may be shorter. */
export const BLOCK = 16 * CHUNK;
/** Blocks are numbered in four bytes. */
export const FILE_BYTES = 2 ** 32 * BLOCK;
const HASH_BYTES = 32;

/** Why somebody ended a transfer: on the wire as its place in this list, so only ever added to. */
export const WHY = [
  'cancelled', // by a person, or by the end of the activity
  'size', // the file is not of the size that was agreed to
  'hash', // what arrived is not what its hash says
  'credit', // more was sent than the receiver had room for
  'malformed', // not our frames
  'unreadable', // the sender's file is gone or was changed
  'storage', // the receiver's disk is full or refused
] as const;
export type Why = (typeof WHY)[number];

type Bytes = Uint8Array<ArrayBuffer>;
export type ToReceiver =
  /** The sender is here: say where you stand. */
  | { is: 'ask'; transfer: number; size: number }
  /** `sha256` is that of the whole block. */
  | { is: 'data'; transfer: number; block: number; offset: number; sha256: Bytes; bytes: Bytes }
  /** All has been sent and acknowledged; `sha256` is the whole file's. */
  | { is: 'end'; transfer: number; sha256: Bytes }
  | { is: 'stop'; transfer: number; why: Why };
export type ToSender =
  /**
   * The first `blocks` are verified and stored, and there is room for `window` more. `life` names the receiver's memory:
   * under another one than before nothing is known of what was sent.
   */
  | { is: 'have'; transfer: number; life: number; blocks: number; window: number }
  /** The whole file is there and its hash is this. */
  | { is: 'got'; transfer: number; sha256: Bytes }
  | { is: 'refuse'; transfer: number; why: Why };
export type Frame = ToReceiver | ToSender;

const KINDS = ['ask', 'data', 'end', 'stop', 'have', 'got', 'refuse'] as const;
const HEAD = 8;
const DATA_HEAD = HEAD + 8 + HASH_BYTES;
/** Bytes of the largest frame. */
export const FRAME_BYTES = DATA_HEAD + CHUNK;

export function encode(frame: Frame): Bytes {
  const length = { ask: 8, data: 8 + HASH_BYTES, end: HASH_BYTES, stop: 1, have: 12, got: HASH_BYTES, refuse: 1 };
  const payload = frame.is === 'data' ? frame.bytes.length : 0;
  const bytes = new Uint8Array(HEAD + length[frame.is] + payload);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, KINDS.indexOf(frame.is));
  view.setUint32(4, frame.transfer);
  switch (frame.is) {
    case 'ask':
      view.setBigUint64(HEAD, BigInt(frame.size));
      break;
    case 'data':
      view.setUint32(HEAD, frame.block);
      view.setUint32(HEAD + 4, frame.offset);
      bytes.set(frame.sha256, HEAD + 8);
      bytes.set(frame.bytes, DATA_HEAD);
      break;
    case 'end':
    case 'got':
      bytes.set(frame.sha256, HEAD);
      break;
    case 'have':
      view.setUint32(HEAD, frame.life);
      view.setUint32(HEAD + 4, frame.blocks);
      view.setUint32(HEAD + 8, frame.window);
      break;
    case 'stop':
    case 'refuse':
      view.setUint8(HEAD, WHY.indexOf(frame.why));
      break;
    default:
      frame satisfies never;
  }
  return bytes;
}

/** `undefined` for anything that is not exactly one frame. Never throws. `data` bytes are a view of what arrived. */
export function decode(message: unknown): Frame | undefined {
  if (!(message instanceof ArrayBuffer) || message.byteLength < HEAD || message.byteLength > FRAME_BYTES)
    return undefined;
  const view = new DataView(message);
  const is = KINDS[view.getUint8(0)];
  const transfer = view.getUint32(4);
  const rest = message.byteLength - HEAD;
  if (!is || view.getUint32(0) % 2 ** 24 !== 0) return undefined;
  switch (is) {
    case 'ask': {
      if (rest !== 8) return undefined;
      const size = Number(view.getBigUint64(HEAD));
      return size <= FILE_BYTES ? { is, transfer, size } : undefined;
    }
    case 'data': {
      if (message.byteLength <= DATA_HEAD) return undefined;
      const [block, offset] = [view.getUint32(HEAD), view.getUint32(HEAD + 4)];
      const sha256 = new Uint8Array(message, HEAD + 8, HASH_BYTES);
      return { is, transfer, block, offset, sha256, bytes: new Uint8Array(message, DATA_HEAD) };
    }
    case 'end':
    case 'got':
      return rest === HASH_BYTES ? { is, transfer, sha256: new Uint8Array(message, HEAD) } : undefined;
    case 'have': {
      if (rest !== 12) return undefined;
      const [life, blocks, window] = [view.getUint32(HEAD), view.getUint32(HEAD + 4), view.getUint32(HEAD + 8)];
      return { is, transfer, life, blocks, window };
    }
    case 'stop':
    case 'refuse': {
      const why = rest === 1 ? WHY[view.getUint8(HEAD)] : undefined;
      return why && { is, transfer, why };
    }
    default:
      return is satisfies never;
  }
}
