import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { ParticipantId } from '../../shared/protocol/ids.ts';
import type { Agents } from '../agents.ts';
import { newId } from '../secrets.ts';
import type { SessionBook } from '../session-book.ts';
import type { Store, Unsubscribe } from '../store/store.ts';
import { topics } from '../topics.ts';
import { Neighbours } from './neighbours.ts';
import { bytesOf, expire, type Frame, OPEN, passedOn, readFrame, refused } from './peer-wire.ts';
import type { TicketOf, Tickets } from './tickets.ts';

const PATH = '/peerjs';
const TEXT = { binary: false };
const FRAME = 64 * 1024; // bytes
/** What may wait for a socket that takes nothing, in bytes: some large offers. */
const QUEUE = 1024 * 1024;
/** Frames of one socket that may wait to be passed on before it is read no further. */
const WAITING = 32;
const PING = 15_000;
/** How long the other end has to answer a close. */
const GOODBYE = 5000;

// RFC 6455 leaves 4000–4999 to applications. PeerJS's client does not show them; they are for whoever looks.
const CLOSE = { bad: 4000, replaced: 4001, ticket: 4003, revoked: 4004, slow: 4008, stopping: 1001 } as const;

interface Parts {
  store: Store;
  book: SessionBook;
  tickets: Tickets;
  agents: Agents;
  log: Logger;
}

/**
 * Signalling in PeerJS's wire format (LINK.md's "The relay"). A ticket opens one socket; the newest socket of an id has
 * it; frames pass only inside a roster, over the store's publish/subscribe, so it does not matter which relay holds whom.
 */
export class PeerServer {
  readonly #parts: Parts;
  readonly #wss = new WebSocketServer({
    ...{ noServer: true, maxPayload: FRAME, perMessageDeflate: false, closeTimeout: GOODBYE },
    clientTracking: false, // it would keep each socket's request
  });
  readonly #sockets = new Set<PeerSocket>();
  readonly #timer: NodeJS.Timeout;
  #stopping = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timer = setInterval(() => {
      for (const socket of this.#sockets) {
        socket.ping();
        void socket.check();
      }
    }, PING);
    this.#timer.unref();
  }

  /** For the HTTP server's `upgrade`. */
  async upgrade(request: IncomingMessage, raw: Socket, head: Buffer): Promise<void> {
    raw.on('error', ignore); // `close` follows
    const url = URL.parse(request.url ?? '/', 'ws://relay');
    if (url?.pathname !== PATH || this.#stopping) {
      raw.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const asked = url.searchParams.get('id') ?? '';
    const ticket = await this.#parts.tickets.use(url.searchParams.get('token') ?? '');
    if (raw.destroyed) return;
    this.#wss.handleUpgrade(request, raw, head, (ws) => {
      // An accepted socket and a frame: a refused upgrade looks to PeerJS like a dead network.
      raw.resume();
      if (!ticket || ticket.id !== asked) {
        close(ws, CLOSE.ticket, 'ticket');
        return;
      }
      const socket: PeerSocket = new PeerSocket(this.#parts, ticket, ws, () => this.#sockets.delete(socket));
      this.#sockets.add(socket);
    });
  }

  /** Closes every socket: they are gone when the HTTP server is. May be called twice. */
  close(): void {
    this.#stopping = true;
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.close(CLOSE.stopping, 'stopping', false);
  }
}

function ignore(): void {}

/** Says why and closes; whoever does not answer the closing handshake is cut off by `ws`. */
function close(ws: WebSocket, code: number, reason: string, say = true): void {
  ws.on('error', () => ws.terminate());
  if (say) ws.send(refused(reason));
  ws.close(code, reason);
}

/** One page's signalling socket. */
class PeerSocket {
  readonly #parts: Parts;
  readonly #id: ParticipantId;
  readonly #token: string;
  readonly #ws: WebSocket;
  readonly #neighbours: Neighbours;
  readonly #name = newId();
  readonly #closed: () => void;
  #unsubscribe: Unsubscribe = () => {};
  #queue: Promise<void> = Promise.resolve();
  #queued = 0; // acts that wait for those before them
  #waiting = 0; // those, and frames that were handed on and not yet taken
  #alive = true;
  #open = true;

  constructor(parts: Parts, { id, token }: TicketOf, ws: WebSocket, closed: () => void) {
    this.#parts = parts;
    this.#id = id;
    this.#token = token;
    this.#ws = ws;
    this.#closed = closed;
    this.#neighbours = new Neighbours(parts.store, parts.book, id);
    ws.on('error', () => ws.terminate()); // too large, not UTF-8: `ws` has closed it with the reason
    ws.on('close', () => this.#let());
    ws.on('pong', () => {
      this.#alive = true;
    });
    ws.on('message', (data, binary) => this.#receive(data, binary));
    this.#enqueue(() => this.#begin());
  }

  /** A socket that did not answer the last one is dead, and so is its page's connection to us. */
  ping(): void {
    if (this.#alive) {
      this.#alive = false;
      this.#ws.ping();
      return;
    }
    this.#ws.terminate();
    void this.#parts.store.publish(topics.stream(this.#id), 'close');
  }

  /** Whoever was signed out has no socket, whichever program signed them out. */
  async check(): Promise<void> {
    try {
      if (this.#open && !(await this.#parts.agents.stands(this.#token))) this.close(CLOSE.revoked, 'revoked');
    } catch (err) {
      this.#parts.log.error({ err }, 'a token could not be looked at');
    }
  }

  close(code: number, reason: string, say = true): void {
    this.#let();
    close(this.#ws, code, reason, say);
  }

  async #begin(): Promise<void> {
    const { store } = this.#parts;
    await this.check(); // a ticket may be older than that
    if (!this.#open) return;
    const unsubscribe = await store.subscribe(topics.peer(this.#id), (message) => this.#hear(message));
    if (!this.#open) return unsubscribe();
    this.#unsubscribe = unsubscribe;
    await store.publish(topics.peer(this.#id), `!replaced ${this.#name}`);
    this.#send(OPEN);
  }

  /** From the other sockets, wherever they are. */
  #hear(message: string): void {
    if (!message.startsWith('!')) {
      this.#send(message);
      return;
    }
    const [what, which] = message.slice(1).split(' ');
    if (what === 'replaced' && which !== this.#name) this.close(CLOSE.replaced, 'replaced');
    if (what === 'close') this.close(CLOSE.revoked, 'revoked');
  }

  #receive(data: RawData, binary: boolean): void {
    this.#alive = true;
    if (!this.#open) return;
    const frame: Frame = binary || !Buffer.isBuffer(data) ? { is: 'bad', reason: 'not text' } : readFrame(data);
    if (frame.is === 'bad') this.close(CLOSE.bad, frame.reason);
    if (frame.is !== 'pass') return;
    const known = this.#queued === 0 ? this.#neighbours.has(frame.dst) : undefined;
    if (typeof known === 'boolean') this.#settle(this.#pass(frame, known));
    else this.#enqueue(async () => this.#pass(frame, await this.#neighbours.has(frame.dst)));
  }

  /** Handed on before it returns, if it is at all. */
  async #pass(frame: Extract<Frame, { is: 'pass' }>, known: boolean): Promise<void> {
    const { store } = this.#parts;
    // Somebody one does not share a session with is as absent as somebody who is not there.
    const there = known && (await store.publish(topics.peer(frame.dst), passedOn(frame, this.#id))) > 0;
    if (!there && frame.type === 'OFFER') this.#send(expire(frame.dst, this.#id));
  }

  /** After what waits already, so that no candidate overtakes its offer. */
  #enqueue(act: () => Promise<void>): void {
    this.#queued++;
    this.#queue = this.#settle(this.#queue.then(() => (this.#open ? act() : undefined))).then(() => {
      this.#queued--;
    });
  }

  /** A bounded number at once, so that no socket fills us. Never rejects. */
  #settle(passed: Promise<void>): Promise<void> {
    if (++this.#waiting === WAITING) this.#ws.pause();
    const settled = () => {
      if (this.#waiting-- === WAITING) this.#ws.resume();
    };
    return passed.then(settled, (err: unknown) => {
      this.#parts.log.error({ err }, 'a frame could not be passed on');
      this.close(CLOSE.stopping, 'server-error');
      settled();
    });
  }

  #send(text: string): void {
    if (!this.#open) return;
    this.#ws.send(bytesOf(text), TEXT);
    if (this.#ws.bufferedAmount <= QUEUE) return;
    this.#let();
    this.#ws.terminate();
  }

  #let(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#closed();
    this.#unsubscribe();
    this.#neighbours.close();
  }
}
