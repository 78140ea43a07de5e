/**
 * One end of the files' bench: our transfers of a picked file over the connections of the tests' page, and beside them
 * what else one could do with the same file and the same kind of connection.
 */
import { Peer } from 'peerjs';
import { receiveFile, sendFile } from '../../../shared/files/files.ts';
import { forgetPrivate } from '../../../shared/files/private-sink.ts';
import { connections, pool } from '../../support/files-page/page.ts';

const MESSAGE = 64 * 1024;
const HIGH = 1024 * 1024;
const LOW = 256 * 1024;
const CHUNK = 64_000;

let raw: RTCDataChannel | undefined;
let peer: Peer | undefined;
/** Of what one of the other ways has been told to receive. */
let arrived: Promise<void> | undefined;
const tasks: number[] = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
  entryTypes: ['longtask'],
});
let stopped = new AbortController();

function picked(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file');
  return file;
}
const channel = (): RTCDataChannel => {
  if (!raw) throw new Error('no channel');
  return raw;
};
const options = () => {
  stopped = new AbortController();
  const onprogress = (bytes: number) => {
    bench.through = bytes;
  };
  bench.through = 0;
  return { channels: pool, signal: stopped.signal, onprogress };
};

const bench = {
  through: 0,
  arrived: () => arrived,
  longest: () => Math.max(0, ...tasks.splice(0)),
  stop: () => stopped.abort(),

  // Ours, to the private disk.
  send: (id: number) => sendFile({ ...options(), id, file: picked() }),
  async receive(id: number, size: number) {
    await receiveFile({ ...options(), id, size, sink: { kind: 'private', name: `bench-${id}` } });
    await forgetPrivate(`bench-${id}`);
  },

  /** A channel beside ours on the same connection, for the other ways. */
  async open() {
    raw = connections.at(-1)?.createDataChannel('other ways', { negotiated: true, id: 9 });
    channel().binaryType = 'arraybuffer';
    while (channel().readyState !== 'open') await new Promise((resolve) => setTimeout(resolve, 10));
  },

  // A raw channel as fast as it goes, from memory to nowhere.
  async rawSend(size: number) {
    const bytes = crypto.getRandomValues(new Uint8Array(MESSAGE));
    channel().bufferedAmountLowThreshold = LOW;
    for (let sent = 0; sent < size; sent += MESSAGE) {
      if (channel().bufferedAmount >= HIGH) {
        await new Promise((resolve) => channel().addEventListener('bufferedamountlow', resolve, { once: true }));
      }
      channel().send(bytes);
    }
  },
  rawReceive(size: number) {
    arrived = new Promise((resolve) => {
      let got = 0;
      channel().onmessage = ({ data }) => {
        got += data.byteLength;
        if (got >= size) resolve();
      };
    });
  },

  // One chunk at a time, each waiting for an answer; the whole in memory at the end.
  async waitSend() {
    const file = picked();
    for (let at = 0; at < file.size; at += CHUNK) {
      const answer = new Promise((resolve) => {
        channel().onmessage = resolve;
      });
      channel().send(await file.slice(at, at + CHUNK).arrayBuffer());
      await answer;
    }
  },
  waitReceive(size: number) {
    arrived = new Promise((resolve) => {
      const parts: ArrayBuffer[] = [];
      let got = 0;
      channel().onmessage = ({ data }) => {
        parts.push(data);
        got += data.byteLength;
        channel().send('next');
        if (got >= size) resolve(void new Blob(parts));
      };
    });
  },

  // PeerJS as it comes.
  peer: (id: string, port: number) =>
    new Promise((resolve, reject) => {
      peer = new Peer(id, { host: '127.0.0.1', port, path: '/', config: { iceServers: [] } });
      peer.on('open', resolve);
      peer.on('error', reject);
    }),
  peerSend: (to: string) =>
    new Promise<void>((resolve, reject) => {
      const connection = peer?.connect(to, { reliable: true });
      connection?.on('open', () => connection.send(picked()));
      connection?.on('data', () => {
        connection.close();
        resolve();
      });
      connection?.on('error', reject);
    }),
  peerReceive() {
    arrived = new Promise((resolve) => {
      peer?.once('connection', (connection) => {
        connection.on('data', () => {
          connection.send('got');
          resolve();
        });
      });
    });
  },
};

declare global {
  interface Window {
    bench: typeof bench | undefined;
  }
}
window.bench = bench;
