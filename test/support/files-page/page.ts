/**
 * One end of the files' tests: connections to the other page, whose descriptions the test carries, and transfers over
 * them. `window.files` is what the test drives it by.
 */
import workerUrl from '../../../shared/files/file.worker.ts?worker&url';
import { ChannelPool, receiveFile, sendFile, TransferError } from '../../../shared/files/files.ts';
import { decode, encode, type Frame } from '../../../shared/files/frames.ts';
import { forgetPrivate, hasPrivateDisk, keptPrivate } from '../../../shared/files/private-sink.ts';
import type { SinkChoice } from '../../../shared/files/sink.ts';
import { StripeWord } from '../../../shared/files/stripe-words.ts';
import { Stripes } from '../../../shared/files/stripes.ts';
import { fingerprintsOf } from '../../../shared/link/fingerprints.ts';
import { parseJson } from '../../../shared/protocol/schema.ts';

const BULK = { negotiated: true, id: 1 };
const ALGORITHM: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
const LINE = { negotiated: true, id: 2 };

interface ScriptUrls {
  createScriptURL(url: string): string;
}
const types: { createPolicy(name: string, rules: ScriptUrls): ScriptUrls } | undefined = Reflect.get(
  window,
  'trustedTypes',
);
const policy = types?.createPolicy('hulplijn', { createScriptURL: (url) => url });
export const worker = new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module' });
if (location.search === '?unmoved') {
  // A browser in which channels must stay where they were made.
  const post = worker.postMessage.bind(worker);
  worker.postMessage = (message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) => {
    const moved = Array.isArray(transfer) ? transfer : [];
    if (moved.some((it) => it instanceof RTCDataChannel)) throw new DOMException('', 'DataCloneError');
    post(message, moved);
  };
}
export const pool = new ChannelPool(worker);

/** Bytes that look like chance, the same for the same size. */
export function sample(size: number): Blob {
  const bytes = new Uint32Array(Math.ceil(size / 4));
  let state = size + 1;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state ^ (state >>> 13);
  }
  return new Blob([bytes.buffer.slice(0, size)]);
}

async function sha256(blob: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** How a transfer ended: what the engine says, and what the file itself says. */
export type Result = { sha256: string; own: string | undefined } | { why: string; by: string };
interface Job {
  progress: number[];
  abort: AbortController;
  result: Result | undefined;
}
const jobs: Record<string, Job> = {};

function run(name: string, start: (job: Job) => Promise<{ sha256: string; own: string | undefined }>): void {
  const job: Job = { progress: [], abort: new AbortController(), result: undefined };
  jobs[name] = job;
  start(job).then(
    (result) => {
      job.result = result;
    },
    (error: unknown) => {
      job.result = error instanceof TransferError ? { why: error.why, by: error.by } : { why: String(error), by: '' };
    },
  );
}

/** All there ever were, stripes too, so that a test can break them as a network would. */
const made: RTCPeerConnection[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    made.push(this);
  }
};
const certificate = await RTCPeerConnection.generateCertificate(ALGORITHM);
const configuration = { certificates: [certificate] };
export const connections: RTCPeerConnection[] = [];
let breaking = Number.POSITIVE_INFINITY;
let impostor: string[] | undefined;
let stripes: Stripes | undefined;
let renew = () => {};
/** What was said of stripes, and has been dealt with. */
const heard: string[] = [];
/** A channel that no pool has, to lie by. */
let raw: RTCDataChannel | undefined;
const waiting: number[] = [];
function connection(lying: boolean): RTCPeerConnection {
  const pc = new RTCPeerConnection(configuration);
  connections.push(pc);
  const channel = pc.createDataChannel('files', BULK);
  if (lying) {
    raw = channel;
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => {
      const frame = decode(data);
      if (frame?.is === 'have') waiting.push(frame.transfer);
    };
  } else pool.add(channel);
  // Stands for the proven link.
  const line = pc.createDataChannel('line', LINE);
  renew = () => {
    stripes?.close();
    const peer = impostor ?? fingerprintsOf(pc.remoteDescription?.sdp ?? '') ?? [];
    stripes = new Stripes({
      pool,
      configuration: () => configuration,
      peer,
      send: (word) => line.send(JSON.stringify(word)),
    });
  };
  line.onopen = renew;
  line.onmessage = async ({ data }) => {
    const word = parseJson(StripeWord, String(data));
    if (word) await stripes?.receive(word);
    heard.push(String(data));
  };
  return pc;
}

async function described(pc: RTCPeerConnection): Promise<string> {
  await pc.setLocalDescription();
  while (pc.iceGatheringState !== 'complete') {
    await new Promise((resolve) => pc.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return pc.localDescription?.sdp ?? '';
}

const files = {
  async offer(lying = false): Promise<string> {
    return described(connection(lying));
  },
  async answer(sdp: string): Promise<string> {
    const pc = connection(false);
    await pc.setRemoteDescription({ type: 'offer', sdp });
    return described(pc);
  },
  async accept(sdp: string): Promise<void> {
    await connections.at(-1)?.setRemoteDescription({ type: 'answer', sdp });
  },
  cut(): void {
    for (const pc of connections.splice(0)) pc.close();
  },
  /** As soon as so much of what is received is through, however fast that is. */
  cutAt(bytes: number): void {
    breaking = bytes;
  },
  ready: () => stripes !== undefined,
  stripes: (count: number) => stripes?.open(count),
  /** Connections that stand, the first and stripes. */
  standing: () => made.filter((pc) => pc.connectionState === 'connected').length,
  /** Those of them that are stripes, not all. */
  cutStripes(count: number): void {
    const standing = made.filter((pc) => pc.connectionState === 'connected' && !connections.includes(pc));
    for (const pc of standing.slice(0, count)) pc.close();
  },
  /** From the next connection on its other end's certificate must be this one, whatever it is. */
  mistrust(fingerprint: string): void {
    impostor = [fingerprint];
  },
  closeStripes: () => renew(),
  heard: (type: string) => heard.filter((text) => text.includes(`"t":"${type}"`)).length,
  open: () => made.filter((pc) => pc.signalingState !== 'closed').length,
  send(id: number, size: number): void {
    run(`send ${id}`, async (job) => {
      const file = sample(size);
      const options = { signal: job.abort.signal, onprogress: (bytes: number) => void job.progress.push(bytes) };
      const done = await sendFile({ ...options, channels: pool, id, file });
      return { ...done, own: await sha256(file) };
    });
  },
  receive(id: number, size: number, sink: SinkChoice): void {
    run(`receive ${id}`, async (job) => {
      const onprogress = (bytes: number) => {
        job.progress.push(bytes);
        if (bytes < breaking) return;
        breaking = Number.POSITIVE_INFINITY;
        files.cut();
      };
      const options = { signal: job.abort.signal, onprogress };
      const done = await receiveFile({ ...options, channels: pool, id, size, sink });
      return { sha256: done.sha256, own: done.file && (await sha256(done.file)) };
    });
  },
  job: (name: string) => ({ progress: jobs[name]?.progress ?? [], result: jobs[name]?.result }),
  cancel: (name: string) => jobs[name]?.abort.abort(),
  hasDisk: () => hasPrivateDisk(),
  kept: () => keptPrivate(''),
  forget: (name: string) => forgetPrivate(name),
  /** Whether somebody there waits for that file. */
  waiting: (id: number) => waiting.includes(id),
  /** Says one frame, of which `fill` stands for bytes. */
  lie(
    frame:
      | Extract<Frame, { is: 'ask' }>
      | { is: 'data'; transfer: number; block: number; offset: number; fill: number },
  ) {
    const sha = new Uint8Array(32);
    raw?.send(encode('fill' in frame ? { ...frame, sha256: sha, bytes: new Uint8Array(frame.fill) } : frame));
  },
};

declare global {
  interface Window {
    files: typeof files | undefined;
  }
}
window.files = files;
