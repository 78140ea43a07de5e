import type { Page } from 'puppeteer';
import { z } from '../../shared/protocol/schema.ts';

/**
 * Put into a page before its own scripts: what it does on the way from **Join** to the first message, with the time.
 * For whoever looks where the time goes (`BENCH_ALL=marks`); a measuring run has none of it.
 */
export const MARKS = `
window.marks = [];
window.mark = (what) => marks.push([performance.timeOrigin + performance.now(), what]);
const short = (data) => String(data).slice(0, 24).replace(/\\s+/g, ' ');
const told = (thing, name, label) => {
  const own = thing[name];
  thing[name] = function (...given) {
    const what = label(given);
    mark(what);
    const answer = own.apply(this, given);
    if (answer?.then) answer.then(() => mark('  done ' + what), () => mark('  failed ' + what));
    return answer;
  };
};
const watch = (channel) => {
  channel.addEventListener('open', () => mark('channel open'));
  channel.addEventListener('message', ({ data }) => mark('gets ' + short(data)));
  told(channel, 'send', ([data]) => 'says ' + short(data));
};
RTCPeerConnection = class extends RTCPeerConnection {
  constructor(options) {
    mark('connection made');
    super(options);
    mark('  done connection made');
    this.addEventListener('datachannel', ({ channel }) => { mark('datachannel'); watch(channel); });
    this.addEventListener('connectionstatechange', () => mark(this.connectionState));
    this.addEventListener('iceconnectionstatechange', () => mark('ice ' + this.iceConnectionState));
    this.addEventListener('icecandidate', ({ candidate }) => mark('candidate ' + (candidate?.candidate.split(' ').slice(4, 8).join(' ') ?? 'end')));
  }
  createDataChannel(...given) {
    const channel = super.createDataChannel(...given);
    watch(channel);
    return channel;
  }
};
for (const name of ['createOffer', 'createAnswer', 'setLocalDescription', 'setRemoteDescription', 'addIceCandidate']) {
  told(RTCPeerConnection.prototype, name, () => name);
}
for (const name of ['sign', 'verify', 'importKey', 'deriveKey', 'digest']) told(SubtleCrypto.prototype, name, () => 'crypto ' + name);
WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => mark('socket ' + short(data)));
  }
  send(data) { mark('signals ' + short(data)); super.send(data); }
};
told(window, 'fetch', ([url]) => 'fetch ' + new URL(url, location).pathname);
const read = ReadableStreamDefaultReader.prototype.read;
ReadableStreamDefaultReader.prototype.read = function () {
  const answer = read.call(this);
  answer.then(({ value }) => value?.event && mark('event ' + value.event), () => {});
  return answer;
};
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (tables, ...given) {
  const what = 'idb ' + this.name.slice(0, 13) + ' ' + tables + ' ' + (given[0] ?? 'readonly');
  mark(what);
  const tx = begin.call(this, tables, ...given);
  tx.addEventListener('complete', () => mark('  done ' + what));
  return tx;
};
let last = performance.now();
const beat = new MessageChannel();
beat.port1.onmessage = () => {
  const now = performance.now();
  if (now - last > 8) mark('-- busy for ' + (now - last).toFixed(0) + ' ms');
  last = now;
  setTimeout(() => { last = performance.now(); beat.port2.postMessage(0); }, 4);
};
beat.port2.postMessage(0);
`;

const Marks = z.array(z.tuple([z.number(), z.string()]));

/** Everything the pages marked since `from` (ms since the epoch), one a line, by time. */
export async function timeline(pages: Record<string, Page>, from: number): Promise<string> {
  const all: { at: number; who: string; what: string }[] = [];
  for (const [who, page] of Object.entries(pages)) {
    const marks = z.parse(Marks, await page.evaluate('window.marks ?? []'));
    for (const [at, what] of marks) all.push({ at: at - from, who, what });
  }
  const lines = all.filter(({ at }) => at >= 0).sort((one, other) => one.at - other.at);
  return lines.map(({ at, who, what }) => `${at.toFixed(1).padStart(7)} ${who} ${what}`).join('\n');
}
